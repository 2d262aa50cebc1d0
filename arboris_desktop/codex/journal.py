"""Changes to the codex, each with its note in the journal; and undoing them."""

from __future__ import annotations

from typing import Any

from arboris_desktop.domain.codex import CodexEntry, EntryKind, NewFact, Origin
from arboris_desktop.domain.codex_journal import JournalAction, JournalEntry
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Transaction


@record
class JournaledCodex:
    """Writes to the codex of one novel in the name of ``actor``, noting every change."""

    transaction: Transaction
    project_id: str
    actor: Origin
    task_id: int | None = None

    def add_entry(
        self,
        kind: EntryKind,
        name: str,
        aliases: tuple[str, ...] = (),
        attributes: dict[str, str] | None = None,
        description: str = "",
    ) -> int:
        """Stores a new entry and returns its id."""
        entry_id = self.transaction.codex.add_entry(
            self.project_id,
            kind,
            name,
            aliases,
            attributes,
            origin=self.actor,
            description=description,
        )
        after = self.transaction.journal.image(entry_ids=(entry_id,))
        self._note(JournalAction.ENTRY_CREATED, None, after)
        return entry_id

    def change_entry(self, entry_id: int, action: JournalAction, **values: Any) -> None:
        """Sets columns of an entry."""
        self.change_entry_and_facts(entry_id, action, {}, **values)

    def change_entry_and_facts(
        self,
        entry_id: int,
        action: JournalAction,
        facts: dict[int, dict[str, Any]],
        **values: Any,
    ) -> None:
        """Sets columns of an entry and of some of its facts, as one change."""
        journal, ids = self.transaction.journal, tuple(facts)
        before = journal.image(entry_ids=(entry_id,), fact_ids=ids)
        self.transaction.codex.change_entry(entry_id, **values)
        for fact_id, changes in facts.items():
            self.transaction.codex.change_fact(fact_id, **changes)
        after = journal.image(entry_ids=(entry_id,), fact_ids=ids)
        self._note(action, before, after)

    def change_fact(self, fact_id: int, action: JournalAction, **values: Any) -> None:
        """Sets columns of a fact."""
        before = self.transaction.journal.image(fact_ids=(fact_id,))
        self.transaction.codex.change_fact(fact_id, **values)
        self._note(action, before, self.transaction.journal.image(fact_ids=(fact_id,)))

    def add_fact(
        self, entry_id: int, task: AnalysisTask, fact: NewFact, other_entry_id: int | None
    ) -> int:
        """Stores a fact and returns its id."""
        fact_id = self.transaction.codex.add_fact(entry_id, task, fact, other_entry_id)
        after = self.transaction.journal.image(fact_ids=(fact_id,))
        self._note(JournalAction.FACT_ADDED, None, after)
        return fact_id

    def renew_fact(
        self, fact_id: int, task: AnalysisTask, fact: NewFact, other_entry_id: int | None
    ) -> None:
        """Puts what a later analysis found in the place of a fact; no note if it is the same."""
        before = self.transaction.journal.image(fact_ids=(fact_id,))
        self.transaction.codex.renew_fact(fact_id, task, fact, other_entry_id)
        after = self.transaction.journal.image(fact_ids=(fact_id,))
        if _meaning(before["facts"][0]) != _meaning(after["facts"][0]):
            self._note(JournalAction.FACT_REPLACED, before, after)

    def remove_fact(self, fact_id: int, entry_id: int) -> None:
        """Removes a fact, and its entry if that has nothing else."""
        before = self.transaction.journal.image(fact_ids=(fact_id,), entry_ids=(entry_id,))
        self.transaction.codex.remove_fact(fact_id)
        if not self.transaction.codex.remove_entry_without_trace(entry_id):
            del before["entries"]
        self._note(JournalAction.FACT_REPLACED, before, None)

    def merge_entries(self, keep: CodexEntry, other: CodexEntry) -> None:
        """Makes one entry of two: the names united, all facts with the first."""
        codex, journal = self.transaction.codex, self.transaction.journal
        facts = tuple(codex.facts_that_mention(other.id))
        entries = (keep.id, other.id)
        before = journal.image(entry_ids=entries, fact_ids=facts)
        united = dict.fromkeys((*keep.aliases, *other.names))
        codex.change_entry(
            keep.id,
            aliases=[name for name in united if name != keep.name],
            attributes={**other.attributes, **keep.attributes},
            description="\n".join(filter(None, (keep.description, other.description))),
            due_chapter=keep.due_chapter or other.due_chapter,
        )
        codex.move_facts(other.id, keep.id)
        codex.change_entry(other.id, merged_into=keep.id)
        after = journal.image(entry_ids=entries, fact_ids=facts)
        self._note(JournalAction.ENTRIES_MERGED, _first(keep.id, before), _first(keep.id, after))

    def _note(self, action: JournalAction, before: Any, after: Any) -> None:
        if _without_time(before) == _without_time(after):
            return  # A decision that was made twice has changed nothing that could be undone.
        self.transaction.journal.add(
            self.project_id, action, self.actor, before=before, after=after, task_id=self.task_id
        )


_NOT_MEANT = {"pending_analysis_id", "version_id", "version_revision", "start", "end", "is_stale"}


def _meaning(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row in which an author would see a change; the place in the text is none of
    them."""
    return {name: value for name, value in row.items() if name not in _NOT_MEANT}


def _without_time(image: dict[str, Any] | None) -> dict[str, Any]:
    """The rows of an image without the time of their last change."""
    return {
        name: [{key: row[key] for key in row if key != "updated_at"} for row in rows]
        for name, rows in (image or {}).items()
    }


def _first(entry_id: int, image: dict[str, Any]) -> dict[str, Any]:
    """The image with that entry before the others: the note is about it."""
    entries = sorted(image["entries"], key=lambda row: row["id"] != entry_id)
    return {**image, "entries": entries}


def undo(transaction: Transaction, entry: JournalEntry) -> None:
    """Takes a change back.

    Raises ``RuleError`` when it was undone already, or when a later change builds on it; that one
    has to be undone first.
    """
    if entry.undone_at is not None:
        raise RuleError(
            ErrorKind.UNDONE_ALREADY, f"change {entry.id} of the codex was undone already"
        )
    made = _rows(entry.after, "entries") - _rows(entry.before, "entries")
    for later in transaction.journal.later(entry):
        if _touches_same(entry, later) or made & _mentioned(later):
            raise RuleError(
                ErrorKind.UNDO_LATER_FIRST,
                f"change {later.id} ({later.action.value}, {later.entry_name}) builds on this one:"
                " undo that first",
            )
    transaction.journal.undo(entry)


def entries_of(entry: JournalEntry) -> set[int]:
    """The entries that a change touched, by themselves or by their facts."""
    rows = _rows(entry.before, "entries") | _rows(entry.after, "entries")
    return rows | _mentioned(entry)


def _touches_same(one: JournalEntry, other: JournalEntry) -> bool:
    return any(
        (_rows(one.before, name) | _rows(one.after, name))
        & (_rows(other.before, name) | _rows(other.after, name))
        for name in ("entries", "facts")
    )


def _rows(image: dict[str, Any] | None, name: str) -> set[int]:
    return {row["id"] for row in (image or {}).get(name, ())}


def _mentioned(entry: JournalEntry) -> set[int]:
    """The entries that a change's rows refer to."""
    images = (entry.before or {}, entry.after or {})
    return {
        row[column]
        for image in images
        for name, columns in (
            ("facts", ("entry_id", "other_entry_id")),
            ("entries", ("merged_into",)),
        )
        for row in image.get(name, ())
        for column in columns
        if row[column] is not None
    }
