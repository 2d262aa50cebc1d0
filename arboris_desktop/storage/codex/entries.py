"""The codex: entries, and the facts that were found about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, NewFact, Origin
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.codex.rows import facts_query, to_entry, to_fact
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.codex import codex_alerts, codex_entries, codex_facts
from arboris_desktop.storage.tables.novels import chapters
from arboris_desktop.text.quotations import locate


class CodexRepository(Repository):
    """Reads and writes the codex within the caller's transaction.

    It writes no journal: whoever changes an entry or a fact notes that there.
    """

    def entries(
        self, project_id: str, kinds: Iterable[EntryKind] | None = None
    ) -> list[CodexEntry]:
        """The entries of a novel by first appearance, each with its facts.

        Those that turned out to be another one are left out.
        """
        query = select(codex_entries).where(
            codex_entries.c.project_id == project_id, codex_entries.c.merged_into.is_(None)
        )
        if kinds is not None:
            query = query.where(codex_entries.c.kind.in_([kind.value for kind in kinds]))
        rows = self._connection.execute(query.order_by(codex_entries.c.id)).mappings().all()
        facts = self._by_entry(facts_query().where(chapters.c.project_id == project_id))
        return [to_entry(row, tuple(facts[row["id"]])) for row in rows]

    def entry(self, entry_id: int) -> CodexEntry:
        """One entry with its facts; raises ``NotFoundError``."""
        query = select(codex_entries).where(codex_entries.c.id == entry_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None or row["merged_into"] is not None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no codex entry {entry_id}")
        facts = self._by_entry(facts_query().where(codex_facts.c.entry_id == entry_id))
        return to_entry(row, tuple(facts[entry_id]))

    def _by_entry(self, query: Any) -> dict[int, list[CodexFact]]:
        facts: dict[int, list[CodexFact]] = defaultdict(list)
        labels = ChapterLabels(self._connection)
        for row in self._connection.execute(query).mappings().all():
            facts[row["entry_id"]].append(to_fact(row, labels))
        return facts

    def fact(self, fact_id: int) -> CodexFact:
        """One fact; raises ``NotFoundError``."""
        return self._one_fact(fact_id)[0]

    def project_of_fact(self, fact_id: int) -> str:
        """The novel that a fact belongs to; raises ``NotFoundError``."""
        return self._one_fact(fact_id)[1]

    def _one_fact(self, fact_id: int) -> tuple[CodexFact, str]:
        query = facts_query().where(codex_facts.c.id == fact_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no codex fact {fact_id}")
        return to_fact(row, ChapterLabels(self._connection)), row["project_id"]

    def add_entry(
        self,
        project_id: str,
        kind: EntryKind,
        name: str,
        aliases: tuple[str, ...] = (),
        attributes: dict[str, str] | None = None,
        *,
        origin: Origin = Origin.ANALYSIS,
        description: str = "",
    ) -> int:
        """Stores a new entry and returns its id."""
        now = self._clock()
        statement = insert(codex_entries).values(
            project_id=project_id,
            kind=kind.value,
            name=name,
            aliases=list(aliases),
            attributes=attributes or {},
            origin=origin.value,
            description=description,
            created_at=now,
            updated_at=now,
        )
        return self._insert_row(statement)

    def change_entry(self, entry_id: int, **values: Any) -> None:
        """Sets columns of an entry."""
        self._connection.execute(
            update(codex_entries)
            .where(codex_entries.c.id == entry_id)
            .values(updated_at=self._clock(), **values)
        )

    def remove_entry_without_trace(self, entry_id: int) -> bool:
        """Removes an entry of the analysis to which nothing belongs any more; says whether."""
        merged = exists().where(codex_entries.c.merged_into == entry_id)
        if self._connection.execute(select(merged)).scalar_one():
            return False
        refers = or_(
            exists().where(codex_facts.c.entry_id == codex_entries.c.id),
            exists().where(codex_facts.c.other_entry_id == codex_entries.c.id),
            exists().where(codex_alerts.c.entry_id == codex_entries.c.id),
        )
        removed = self._connection.execute(
            delete(codex_entries).where(
                codex_entries.c.id == entry_id,
                codex_entries.c.origin == Origin.ANALYSIS.value,
                codex_entries.c.description == "",
                codex_entries.c.due_chapter.is_(None),
                ~refers,
            )
        )
        return bool(removed.rowcount)

    def anchor_facts(self, chapter_id: int, text: str) -> bool:
        """Points a chapter's facts at where their quotations stand in its present text.

        True if any stood elsewhere, or is stale or fresh again.
        One whose quotation is gone is stale, and fresh again when the quotation is back. A fact
        that never had a place in the text (an unsupported one) has nothing to lose.
        """
        query = select(codex_facts).where(
            codex_facts.c.chapter_id == chapter_id,
            or_(codex_facts.c.start.is_not(None), codex_facts.c.is_stale == 1),
        )
        moved = False
        for fact in self._connection.execute(query).all():
            span = locate(fact.quotation, text, fact.start or 0)
            if span is None:
                found = {"start": None, "end": None, "is_stale": 1}
            else:
                found = {"start": span.start, "end": span.end, "is_stale": 0}
            if any(getattr(fact, name) != value for name, value in found.items()):
                self.change_fact(fact.id, **found)
                moved = True
        return moved

    def add_fact(
        self, entry_id: int, task: AnalysisTask, fact: NewFact, other_entry_id: int | None = None
    ) -> int:
        """Stores a fact found by a task and returns its id."""
        statement = insert(codex_facts).values(
            entry_id=entry_id,
            chapter_id=task.chapter_id,
            created_at=self._clock(),
            other_entry_id=other_entry_id,
            **_found(task, fact),
        )
        return self._insert_row(statement)

    def renew_fact(
        self, fact_id: int, task: AnalysisTask, fact: NewFact, other_entry_id: int | None
    ) -> None:
        """Puts what a later analysis found in the place of what an earlier one had."""
        self.change_fact(fact_id, other_entry_id=other_entry_id, **_found(task, fact))

    def change_fact(self, fact_id: int, **values: Any) -> None:
        """Sets columns of a fact."""
        self._connection.execute(
            update(codex_facts).where(codex_facts.c.id == fact_id).values(**values)
        )

    def move_facts(self, from_entry_id: int, to_entry_id: int) -> None:
        """Gives all facts of an entry, and its part in relationships, to another one."""
        for column in (codex_facts.c.entry_id, codex_facts.c.other_entry_id):
            self._connection.execute(
                update(codex_facts)
                .where(column == from_entry_id)
                .values({column.name: to_entry_id})
            )

    def facts_that_mention(self, entry_id: int) -> list[int]:
        """The facts of an entry, and the relationships with it."""
        query = select(codex_facts.c.id).where(
            or_(codex_facts.c.entry_id == entry_id, codex_facts.c.other_entry_id == entry_id)
        )
        return list(self._connection.execute(query.order_by(codex_facts.c.id)).scalars())

    def remove_fact(self, fact_id: int) -> None:
        """Removes a fact."""
        self._connection.execute(delete(codex_facts).where(codex_facts.c.id == fact_id))


def _found(task: AnalysisTask, fact: NewFact) -> dict[str, Any]:
    return {
        "pending_analysis_id": task.id,
        "version_id": task.chapter_version_id,
        "version_revision": task.version_revision,
        "statement": fact.statement,
        "reason": fact.reason,
        "quotation": fact.quotation,
        "start": fact.start,
        "end": fact.end,
        "confidence": fact.confidence,
        "status": fact.status.value,
        "step": fact.step,
        "effect": fact.effect.value if fact.effect else None,
        "attribute": fact.attribute,
        "value": fact.value,
        "aliases": list(fact.aliases),
        "is_stale": 0,
    }
