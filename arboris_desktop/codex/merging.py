"""Bringing a chapter's facts into the codex."""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.codex.contradictions import refresh_alerts
from arboris_desktop.codex.journal import JournaledCodex
from arboris_desktop.codex.naming import Person, is_of_a_family, whom_it_means
from arboris_desktop.domain.codex import (
    WORLD_KINDS,
    CodexEntry,
    CodexFact,
    EntryKind,
    FactStatus,
    NewFact,
    Origin,
)
from arboris_desktop.domain.codex_journal import JournalAction
from arboris_desktop.domain.merge_counts import MergeCounts
from arboris_desktop.domain.settings import CodexSettings, Merging
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.storage.database import Transaction


def merge_facts(transaction: Transaction, task: AnalysisTask, facts: list[NewFact]) -> MergeCounts:
    """Replaces what the analysis knew from the task's chapter by these facts.

    What the author decided on stays, and is not found again. A fact that was known already keeps
    its row. An entry is recognised by its name or one of its aliases, letter case aside. Every
    change is in the journal. Runs within the caller's transaction, which also completes the task.
    """
    return _Merge(transaction, task).run(facts)


class _Merge:
    """The merging of one chapter."""

    def __init__(self, transaction: Transaction, task: AnalysisTask) -> None:
        self._transaction = transaction
        self._task = task
        self._codex = JournaledCodex(transaction, task.project_id, Origin.ANALYSIS, task.id)
        self._reviewed = transaction.settings.get(CodexSettings).merging is Merging.REVIEWED
        entries = transaction.codex.entries(task.project_id)
        self._index = _EntryIndex(entries)
        of_chapter = [f for e in entries for f in e.facts if f.chapter_id == task.chapter_id]
        self._decided = [fact for fact in of_chapter if fact.decided_by is Origin.AUTHOR]
        self._undecided = [fact for fact in of_chapter if fact.decided_by is not Origin.AUTHOR]
        self._touched = {fact.entry_id for fact in of_chapter}
        self._counts = MergeCounts()

    def run(self, facts: list[NewFact]) -> MergeCounts:
        for fact in sorted(facts, key=_order):
            self._merge(self._for_review(fact))
        for gone in self._undecided:
            self._codex.remove_fact(gone.id, gone.entry_id)
        self._follow_edits()
        refresh_alerts(self._transaction, self._touched)
        return self._counts

    def _follow_edits(self) -> None:
        """The author may have changed the chapter while it was analysed."""
        chapter_id = self._task.chapter_id
        version = self._transaction.chapters.selected_version(chapter_id)
        analysed = (self._task.chapter_version_id, self._task.version_revision)
        if version is not None and (version.id, version.revision) != analysed:
            self._transaction.codex.anchor_facts(chapter_id, version.content)

    def _for_review(self, fact: NewFact) -> NewFact:
        if self._reviewed and fact.status is FactStatus.ACCEPTED:
            return replace(fact, status=FactStatus.PROPOSED)
        return fact

    def _merge(self, fact: NewFact) -> None:
        entry_id = self._index.find(fact)
        if any(_is_same(fact, entry_id, decided) for decided in self._decided):
            self._counts.kept += 1
            return
        self._counts.count(fact, is_new_entry=entry_id is None)
        if entry_id is None:
            entry_id = self._new_entry(fact)
        elif new_aliases := self._index.missing_aliases(entry_id, fact):
            self._codex.change_entry(
                entry_id, JournalAction.ALIASES_ADDED, aliases=list(new_aliases)
            )
        self._touched.add(entry_id)
        other_id = self._other(fact, entry_id)
        same = next((old for old in self._undecided if _is_same(fact, entry_id, old)), None)
        if same is None:
            self._codex.add_fact(entry_id, self._task, fact, other_id)
        else:
            self._undecided.remove(same)
            self._codex.renew_fact(same.id, self._task, fact, other_id)

    def _other(self, fact: NewFact, entry_id: int) -> int | None:
        """The second person of a relationship; a name that the codex does not know makes none."""
        other_id = self._index.find_character(fact.other_name) if fact.other_name else None
        return None if other_id == entry_id else other_id

    def _new_entry(self, fact: NewFact) -> int:
        # What is not proven must not decide which names later findings are known by.
        is_sound = fact.status in (FactStatus.ACCEPTED, FactStatus.PROPOSED)
        aliases = fact.aliases if is_sound else ()
        entry_id = self._codex.add_entry(fact.kind, fact.entry_name, aliases, fact.attributes)
        self._index.add(entry_id, fact.kind, (fact.entry_name, *aliases))
        return entry_id


def _order(fact: NewFact) -> tuple[bool, bool]:
    """Proven facts first, so that a person known only from doubtful ones still counts as new; and
    of these relationships last, when both persons are there."""
    return fact.status is not FactStatus.ACCEPTED, bool(fact.other_name)


def _is_same(fact: NewFact, entry_id: int | None, known: CodexFact) -> bool:
    """True if a fact says what a known one says, or what the same words had been taken to say."""
    if known.entry_id != entry_id:
        return False
    same_words = (fact.start, fact.end) == (known.start, known.end) and fact.start is not None
    return same_words or _normalised(fact.statement) == _normalised(known.statement)


def _normalised(statement: str) -> str:
    return "".join(filter(str.isalnum, statement.casefold()))


class _EntryIndex:
    """Finds entries by name, within characters, the world, or foreshadowing."""

    def __init__(self, entries: list[CodexEntry]) -> None:
        self._ids: dict[tuple[str, str], list[int]] = {}
        self._names: dict[int, list[str]] = {}
        self._statements: dict[int, list[str]] = {}
        self._refused = {entry.id: set(entry.refused_aliases) for entry in entries}
        for entry in entries:
            self.add(entry.id, entry.kind, entry.names)
            if entry.kind is EntryKind.CHARACTER:
                said = (fact.statement for fact in entry.facts if fact.counts)
                self._statements[entry.id] = [entry.description, *said]

    def add(self, entry_id: int, kind: EntryKind, names: tuple[str, ...]) -> None:
        self._names.setdefault(entry_id, []).extend(names)
        if kind is EntryKind.CHARACTER:
            self._statements.setdefault(entry_id, [])
        for name in names:
            self._ids.setdefault((_group(kind), name.casefold()), []).append(entry_id)

    def find(self, fact: NewFact) -> int | None:
        """The entry the fact is about: the one that the model named by its number, if it is still
        there, else the first one known by a name of the fact's."""
        if fact.entry_id in self._names:
            return fact.entry_id
        aliases = (one for one in fact.aliases if not is_of_a_family(one, fact.entry_name))
        found = (self._known_by(_group(fact.kind), name) for name in (fact.entry_name, *aliases))
        entry_id = next((entry_id for entry_id in found if entry_id is not None), None)
        if entry_id is None and fact.kind is EntryKind.CHARACTER:
            is_new = fact.step == AnalysisStep.NEW_CHARACTERS
            return whom_it_means(fact.entry_name, self._people(), by_surname=not is_new)
        return entry_id

    def find_character(self, name: str) -> int | None:
        """The character with that name, or the one that the name refers to."""
        entry_id = self._known_by(EntryKind.CHARACTER.value, name)
        return whom_it_means(name, self._people()) if entry_id is None else entry_id

    def _known_by(self, group: str, name: str) -> int | None:
        """The entry of that very name; else the only one of which it is another name."""
        found = self._ids.get((group, name.casefold()), [])
        called = [one for one in found if self._names[one][0].casefold() == name.casefold()]
        if called:
            return called[0]
        return found[0] if len(set(found)) == 1 else None

    def _people(self) -> list[Person]:
        return [
            Person(entry_id, tuple(self._names[entry_id]), tuple(said))
            for entry_id, said in self._statements.items()
        ]

    def missing_aliases(self, entry_id: int, fact: NewFact) -> list[str]:
        """All aliases the entry should have, or none when the fact brings no new one.

        A surname with a title is not learnt from its use: the next one of the family has it too.
        """
        known = self._names[entry_id]
        folded = {name.casefold() for name in known}
        used = () if any(is_of_a_family(fact.entry_name, n) for n in known) else (fact.entry_name,)
        new = [
            name
            for name in (*used, *fact.aliases)
            if name.casefold() not in folded
            and name not in self._refused.get(entry_id, ())
            and fact.status is FactStatus.ACCEPTED
        ]
        if not new:
            return []
        self.add(entry_id, fact.kind, tuple(new))
        return self._names[entry_id][1:]


def _group(kind: EntryKind) -> str:
    return "world" if kind in WORLD_KINDS else kind.value
