"""A book whose chapters are told what was found in them, without a model."""

from __future__ import annotations

from dataclasses import dataclass, field

from arboris_desktop.codex.merging import merge_facts
from arboris_desktop.domain.codex import (
    CodexEntry,
    EntryKind,
    FactStatus,
    NewFact,
    SeedEffect,
)
from arboris_desktop.domain.merge_counts import MergeCounts
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.text.quotations import locate
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a step; the quotation has to be in the chapter for it to count."""

    name: str
    quotation: str
    statement: str = "is different"
    attribute: str = ""
    value: str = ""
    other: str = ""
    kind: EntryKind = EntryKind.CHARACTER
    effect: SeedEffect | None = None
    aliases: tuple[str, ...] = ()
    is_introduction: bool = False

    def in_text(self, text: str) -> NewFact:
        """The fact as the checking would make it."""
        span = locate(self.quotation, text)
        return NewFact(
            kind=self.kind,
            entry_name=self.name,
            statement=self.statement,
            quotation=self.quotation,
            start=span.start if span else None,
            end=span.end if span else None,
            confidence=0.9,
            status=FactStatus.ACCEPTED if span else FactStatus.UNSUPPORTED,
            aliases=self.aliases,
            attributes={"role": "main"} if self.is_introduction else {},
            effect=self.effect,
            attribute=self.attribute,
            value=self.value,
            other_name=self.other,
            step="new_characters" if self.is_introduction else "character_tracking",
        )


@dataclass(slots=True)
class Book:
    """A novel and its codex."""

    database: Database
    instance: Instance
    project_id: str
    texts: dict[int, str] = field(default_factory=dict)

    def chapter_id(self, number: int) -> int:
        """The id of a chapter, which is planned if it is the next one."""
        return Novels(self.database).ensure_chapter(self.project_id, number).id

    def chapter(self, number: int, text: str, *findings: Finding) -> MergeCounts:
        """Writes a chapter and merges what its analysis found."""
        self.texts[number] = text
        store_chapter(self.database, self.chapter_id(number), text, provider="nobody")
        return self._merge(number, *findings)

    def again(self, number: int, *findings: Finding) -> MergeCounts:
        """Analyses a written chapter once more."""
        AnalysisQueue(self.database, self.instance).add_chapter(self.chapter_id(number))
        return self._merge(number, *findings)

    def _merge(self, number: int, *findings: Finding) -> MergeCounts:
        task = AnalysisQueue(self.database, self.instance).claim_next()
        assert task is not None
        facts = [finding.in_text(self.texts[number]) for finding in findings]
        with self.database.write() as transaction:
            counts = merge_facts(transaction, task, facts)
            transaction.attempts.complete(
                task,
                result={},
                spent=Spent(),
                duration_seconds=0.0,
            )
        return counts

    def entry(self, name: str) -> CodexEntry:
        """The one entry of that name."""
        (found,) = [entry for entry in self.entries() if entry.name == name]
        return found

    def entries(self) -> list[CodexEntry]:
        """The whole codex."""
        with self.database.read() as transaction:
            return transaction.codex.entries(self.project_id)

    def names(self) -> list[str]:
        """The names of the entries."""
        return [entry.name for entry in self.entries()]
