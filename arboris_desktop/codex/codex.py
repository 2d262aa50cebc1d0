"""The codex as the author reads and corrects it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from arboris_desktop.codex.contradictions import COMPARED, refresh_alerts
from arboris_desktop.codex.journal import JournaledCodex, entries_of, undo
from arboris_desktop.domain.codex import (
    CodexEntry,
    CodexFact,
    EntryKind,
    FactStatus,
    Origin,
    SeedEffect,
)
from arboris_desktop.domain.codex_journal import JournalAction, JournalEntry
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.domain.contradictions import AlertStatus, Contradiction
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN, Seed, ledger
from arboris_desktop.domain.settings import CodexSettings
from arboris_desktop.storage.database import Database, Transaction


class Unchanged:
    """The type of ``UNCHANGED``."""


UNCHANGED: Final = Unchanged()
"""A value that stands for *as it is*, where ``None`` means *none*."""


class Codex:
    """The findings of the analyses of a novel, and the author's decisions on them.

    Every change is one transaction with its note in the journal. Unknown numbers raise
    ``NotFoundError``, changes that make no sense ``RuleError``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, project_id: str) -> list[CodexEntry]:
        """All entries of a novel with all their facts, whatever their status."""
        with self._database.read() as transaction:
            return transaction.codex.entries(project_id)

    def overview(self, project_id: str) -> CodexOverview:
        """Everything that the window shows of the codex, as it is at one moment."""
        with self._database.read() as transaction:
            entries = transaction.codex.entries(project_id)
            return CodexOverview(
                project_id,
                tuple(entries),
                tuple(_ledger(transaction, project_id, entries)),
                tuple(transaction.alerts.of_project(project_id, open_only=True)),
            )

    # Facts

    def accept(self, fact_id: int) -> None:
        """The author agrees: the fact counts, whatever the analysis thought of it.

        It then also counts without words that prove it, if those are no longer in the chapter.
        """
        with self._database.write() as transaction:
            _accept(transaction, transaction.codex.fact(fact_id))

    def reject(self, fact_id: int) -> None:
        """The author disagrees: the fact does not count, and no analysis brings it back."""
        with self._database.write() as transaction:
            _author_of_fact(transaction, fact_id).change_fact(
                fact_id,
                JournalAction.FACT_REJECTED,
                status=FactStatus.REJECTED.value,
                decided_by=Origin.AUTHOR.value,
            )
            refresh_alerts(transaction, [transaction.codex.fact(fact_id).entry_id])

    def edit(self, fact_id: int, statement: str) -> None:
        """Puts the author's words in the place of the fact's, and accepts it.

        The value that the analysis had compared may no longer be what they say, so it is dropped.
        """
        statement = _required(statement, "a fact")
        with self._database.write() as transaction:
            fact = transaction.codex.fact(fact_id)
            values = _accepted(fact) | {"statement": statement}
            if fact.attribute in COMPARED and statement != fact.statement:
                values["value"] = ""
            _author_of_fact(transaction, fact_id).change_fact(
                fact_id, JournalAction.FACT_EDITED, **values
            )
            refresh_alerts(transaction, [fact.entry_id])

    def accept_all(self, project_id: str, seen: Iterable[CodexFact]) -> int:
        """Accepts the proposed facts that the author has seen; returns how many.

        What has been decided, what reads otherwise and what lost its proof since then still waits.
        """
        words = {fact.id: fact.statement for fact in seen}
        with self._database.write() as transaction:
            proposed = [
                fact
                for entry in transaction.codex.entries(project_id)
                for fact in entry.facts
                if fact.is_proposed and words.get(fact.id) == fact.statement
            ]
            for fact in proposed:
                _accept(transaction, fact)
        return len(proposed)

    # Entries

    def add_entry(self, project_id: str, kind: EntryKind, name: str, description: str = "") -> int:
        """Stores an entry of the author's and returns its id."""
        name = _required(name, "an entry")
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            author = JournaledCodex(transaction, project_id, Origin.AUTHOR)
            return author.add_entry(kind, name, description=description.strip())

    def edit_entry(
        self,
        entry_id: int,
        *,
        name: str | None = None,
        aliases: tuple[str, ...] | None = None,
        aliases_seen: tuple[str, ...] | None = None,
        description: str | None = None,
        attributes: dict[str, str] | None = None,
        due_chapter: int | Unchanged | None = UNCHANGED,
    ) -> None:
        """Changes what is given; it is then the author's, and no analysis overwrites it.

        A name that is taken out of ``aliases`` is not brought back either; one that an analysis has
        added since the author saw ``aliases_seen`` stays. ``attributes`` are
        changed one by one; an empty value removes one.
        """
        with self._database.write() as transaction:
            entry = transaction.codex.entry(entry_id)
            values: dict[str, object] = {"origin": Origin.AUTHOR.value}
            if name is not None:
                values["name"] = _required(name, "an entry")
            if aliases is not None:
                seen = entry.aliases if aliases_seen is None else aliases_seen
                came = (each for each in entry.aliases if each not in seen)
                values |= _aliases(entry, tuple(dict.fromkeys((*aliases, *came))))
            if description is not None:
                values["description"] = description.strip()
            if attributes is not None:
                values["attributes"] = _attributes(entry, attributes)
            if not isinstance(due_chapter, Unchanged):
                values["due_chapter"] = due_chapter
            _author(transaction, entry).change_entry(entry_id, JournalAction.ENTRY_EDITED, **values)

    def merge_entries(self, keep_id: int, other_id: int) -> None:
        """Says that two entries are one and the same."""
        with self._database.write() as transaction:
            keep, other = transaction.codex.entry(keep_id), transaction.codex.entry(other_id)
            if keep.id == other.id or keep.project_id != other.project_id:
                raise RuleError(
                    ErrorKind.CANNOT_MERGE, "two different entries of one novel are needed"
                )
            if (keep.kind is EntryKind.CHARACTER) != (other.kind is EntryKind.CHARACTER):
                raise RuleError(ErrorKind.CANNOT_MERGE, "a person and a thing cannot be one")
            _author(transaction, keep).merge_entries(keep, other)
            refresh_alerts(transaction, [keep.id])

    # Journal

    def journal(self, project_id: str, limit: int = 200) -> list[JournalEntry]:
        """The newest changes to the codex, the newest first."""
        with self._database.read() as transaction:
            return transaction.journal.newest(project_id, limit)

    def undo(self, journal_id: int) -> None:
        """Takes a change back; raises ``RuleError`` naming a later one that builds on it."""
        with self._database.write() as transaction:
            entry = transaction.journal.get(journal_id)
            undo(transaction, entry)
            refresh_alerts(transaction, entries_of(entry))

    # Foreshadowing

    def ledger(self, project_id: str) -> list[Seed]:
        """The seeds in the order of their planting."""
        with self._database.read() as transaction:
            entries = transaction.codex.entries(project_id)
            return _ledger(transaction, project_id, entries)

    def set_due_chapter(self, entry_id: int, number: int | None) -> None:
        """Sets by which chapter a seed shall be paid off."""
        with self._database.write() as transaction:
            entry = _seed(transaction, entry_id)
            _author(transaction, entry).change_entry(
                entry_id, JournalAction.ENTRY_EDITED, due_chapter=number
            )

    def mark_paid_off(self, entry_id: int, chapter_id: int | None = None) -> None:
        """Says that a seed is paid off, in that chapter if one is given."""
        with self._database.write() as transaction:
            entry = _seed(transaction, entry_id)
            where = "?"
            if chapter_id is not None:
                where = str(transaction.chapters.overview(chapter_id).number)
            _author(transaction, entry).change_entry(
                entry_id,
                JournalAction.ENTRY_EDITED,
                attributes={**entry.attributes, PAID_OFF_IN: where},
            )

    def reopen(self, entry_id: int) -> None:
        """Says that a seed is not paid off, neither by the author's mark nor by a chapter."""
        rejected = {"status": FactStatus.REJECTED.value, "decided_by": Origin.AUTHOR.value}
        with self._database.write() as transaction:
            entry = _seed(transaction, entry_id)
            payoffs = [
                fact.id
                for fact in entry.facts
                if fact.effect is SeedEffect.PAID_OFF and fact.status is not FactStatus.REJECTED
            ]
            _author(transaction, entry).change_entry_and_facts(
                entry_id,
                JournalAction.ENTRY_EDITED,
                dict.fromkeys(payoffs, rejected),
                attributes=_attributes(entry, {PAID_OFF_IN: ""}),
            )

    # Contradictions

    def alerts(self, project_id: str, *, open_only: bool = True) -> list[Contradiction]:
        """The contradictions in the book, in its order."""
        with self._database.read() as transaction:
            return transaction.alerts.of_project(project_id, open_only=open_only)

    def dismiss_alert(self, alert_id: int) -> None:
        """Says that it is no contradiction; it does not come back."""
        self._set_alert(alert_id, AlertStatus.DISMISSED)

    def resolve_alert(self, alert_id: int) -> None:
        """Says that the contradiction is dealt with; it does not come back."""
        self._set_alert(alert_id, AlertStatus.RESOLVED)

    def reopen_alert(self, alert_id: int) -> None:
        """Lists an alert among the open ones again."""
        self._set_alert(alert_id, AlertStatus.OPEN)

    def _set_alert(self, alert_id: int, status: AlertStatus) -> None:
        with self._database.write() as transaction:
            transaction.alerts.set_status(alert_id, status)


def _author(transaction: Transaction, entry: CodexEntry) -> JournaledCodex:
    return JournaledCodex(transaction, entry.project_id, Origin.AUTHOR)


def _author_of_fact(transaction: Transaction, fact_id: int) -> JournaledCodex:
    project_id = transaction.codex.project_of_fact(fact_id)
    return JournaledCodex(transaction, project_id, Origin.AUTHOR)


def _accept(transaction: Transaction, fact: CodexFact) -> None:
    """Accepts a fact, and with it the other names that its passage gives."""
    author = _author_of_fact(transaction, fact.id)
    author.change_fact(fact.id, JournalAction.FACT_ACCEPTED, **_accepted(fact))
    entry = transaction.codex.entry(fact.entry_id)
    known = {*entry.names, *entry.refused_aliases}
    if new := [alias for alias in fact.aliases if alias not in known]:
        author.change_entry(entry.id, JournalAction.ALIASES_ADDED, aliases=[*entry.aliases, *new])
    refresh_alerts(transaction, [entry.id])


def _accepted(fact: CodexFact) -> dict[str, object]:
    values: dict[str, object] = {
        "status": FactStatus.ACCEPTED.value,
        "decided_by": Origin.AUTHOR.value,
    }
    if fact.is_stale:
        # The author vouches for it: without a place in the text, it has none to lose again.
        values |= {"is_stale": 0, "start": None, "end": None}
    return values


def _seed(transaction: Transaction, entry_id: int) -> CodexEntry:
    entry = transaction.codex.entry(entry_id)
    if entry.kind is not EntryKind.FORESHADOWING:
        raise RuleError(ErrorKind.NOT_A_SEED, f"{entry.name!r} is not a seed")
    return entry


def _ledger(transaction: Transaction, project_id: str, entries: list[CodexEntry]) -> list[Seed]:
    after = transaction.settings.get(CodexSettings).overdue_after_chapters
    chapters = transaction.chapters
    written, analysed = chapters.last_written(project_id), chapters.last_analysed(project_id)
    return ledger(entries, written, after, min(written, analysed))


def _required(text: str, what: str) -> str:
    if not (text := text.strip()):
        raise RuleError(ErrorKind.WORDS_MISSING, f"{what} needs words")
    return text


def _aliases(entry: CodexEntry, aliases: tuple[str, ...]) -> dict[str, object]:
    kept = [alias for a in dict.fromkeys(aliases) if (alias := a.strip())]
    refused = dict.fromkeys(
        (*entry.refused_aliases, *(alias for alias in entry.aliases if alias not in kept))
    )
    return {"aliases": kept, "refused_aliases": [name for name in refused if name not in kept]}


def _attributes(entry: CodexEntry, changes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**entry.attributes, **changes}.items() if value}
