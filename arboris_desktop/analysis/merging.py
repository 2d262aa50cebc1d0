"""Bringing a chapter's facts into the codex."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from arboris_desktop.domain.codex import CodexEntry, EntryKind, FactStatus, NewFact
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Transaction

_WORLD = (EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM, EntryKind.RULE)


@dataclass(slots=True)
class MergeCounts:
    """What the codex gained from a chapter. ``unsupported`` facts were left out of it."""

    characters: int = 0
    changes: int = 0
    world: int = 0
    seeds: int = 0
    low_confidence: int = 0
    unsupported: int = 0

    def to_json(self) -> dict[str, object]:
        """The stored form, in notifications and results."""
        return asdict(self)

    def count(self, fact: NewFact, *, is_new_entry: bool) -> None:
        """Counts a fact where it belongs."""
        if fact.status is FactStatus.UNSUPPORTED:
            self.unsupported += 1
        elif fact.status is FactStatus.LOW_CONFIDENCE:
            self.low_confidence += 1
        elif fact.kind is EntryKind.FORESHADOWING:
            self.seeds += 1
        elif fact.kind in _WORLD:
            self.world += 1
        elif is_new_entry:
            self.characters += 1
        else:
            self.changes += 1


def merge_facts(transaction: Transaction, task: AnalysisTask, facts: list[NewFact]) -> MergeCounts:
    """Replaces what was known from the task's chapter by these facts.

    An entry is recognised by its name or one of its aliases, letter case aside. Runs within the
    caller's transaction, which also completes the task.
    """
    transaction.codex.forget_chapter(task.chapter_id)
    index = _EntryIndex(transaction.codex.entries(task.project_id))
    counts = MergeCounts()
    # Proven facts first, so that a person known only from doubtful ones still counts as new.
    for fact in sorted(facts, key=lambda fact: fact.status is not FactStatus.ACCEPTED):
        entry_id = index.find(fact)
        counts.count(fact, is_new_entry=entry_id is None)
        if entry_id is None:
            entry_id = transaction.codex.add_entry(
                task.project_id, fact.kind, fact.entry_name, fact.aliases, fact.attributes
            )
            index.add(entry_id, fact.kind, (fact.entry_name, *fact.aliases))
        elif new_aliases := index.missing_aliases(entry_id, fact):
            transaction.codex.add_aliases(entry_id, new_aliases)
        transaction.codex.add_fact(entry_id, task, fact)
    return counts


class _EntryIndex:
    """Finds entries by name, within characters, the world, or foreshadowing."""

    def __init__(self, entries: list[CodexEntry]) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._names: dict[int, list[str]] = {}
        for entry in entries:
            self.add(entry.id, entry.kind, (entry.name, *entry.aliases))

    def add(self, entry_id: int, kind: EntryKind, names: tuple[str, ...]) -> None:
        self._names.setdefault(entry_id, []).extend(names)
        for name in names:
            self._ids.setdefault((_group(kind), name.casefold()), entry_id)

    def find(self, fact: NewFact) -> int | None:
        names = (fact.entry_name, *fact.aliases)
        found = (self._ids.get((_group(fact.kind), name.casefold())) for name in names)
        return next((entry_id for entry_id in found if entry_id is not None), None)

    def missing_aliases(self, entry_id: int, fact: NewFact) -> list[str]:
        """All aliases the entry should have, or none when the fact brings no new one."""
        known = self._names[entry_id]
        folded = {name.casefold() for name in known}
        new = [
            name
            for name in (fact.entry_name, *fact.aliases)
            if name.casefold() not in folded and fact.status is FactStatus.ACCEPTED
        ]
        if not new:
            return []
        self.add(entry_id, fact.kind, tuple(new))
        return self._names[entry_id][1:]


def _group(kind: EntryKind) -> str:
    return "world" if kind in _WORLD else kind.value
