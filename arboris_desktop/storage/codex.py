"""The codex: entries, and the facts that were found about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from arboris_desktop.domain.clock import Clock
from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, FactStatus, NewFact
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.tables import (
    OUTLINE_OF_CHAPTER,
    chapter_outlines,
    chapters,
    codex_entries,
    codex_facts,
)


class CodexRepository:
    """Reads and writes the codex within the caller's transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def entries(
        self, project_id: str, kinds: Iterable[EntryKind] | None = None
    ) -> list[CodexEntry]:
        """The entries of a novel by kind and first appearance, each with its facts."""
        query = select(codex_entries).where(codex_entries.c.project_id == project_id)
        if kinds is not None:
            query = query.where(codex_entries.c.kind.in_([kind.value for kind in kinds]))
        rows = self._connection.execute(query.order_by(codex_entries.c.id)).all()
        facts = self._facts_of_project(project_id)
        return [
            CodexEntry(
                id=row.id,
                project_id=row.project_id,
                kind=EntryKind(row.kind),
                name=row.name,
                aliases=tuple(row.aliases),
                attributes=row.attributes,
                facts=tuple(facts[row.id]),
            )
            for row in rows
        ]

    def _facts_of_project(self, project_id: str) -> dict[int, list[CodexFact]]:
        query = (
            select(codex_facts, chapters.c.chapter_number, chapter_outlines.c.title)
            .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
            .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
            .where(chapters.c.project_id == project_id)
            .order_by(chapters.c.chapter_number, codex_facts.c.start, codex_facts.c.id)
        )
        facts: dict[int, list[CodexFact]] = defaultdict(list)
        for row in self._connection.execute(query).mappings():
            facts[row["entry_id"]].append(
                CodexFact(
                    id=row["id"],
                    entry_id=row["entry_id"],
                    chapter_id=row["chapter_id"],
                    chapter_number=row["chapter_number"],
                    chapter_title=row["title"] or "",
                    version_id=row["version_id"],
                    version_revision=row["version_revision"],
                    statement=row["statement"],
                    reason=row["reason"],
                    quotation=row["quotation"],
                    start=row["start"],
                    end=row["end"],
                    confidence=row["confidence"],
                    status=FactStatus(row["status"]),
                    created_at=row["created_at"],
                )
            )
        return facts

    def add_entry(
        self,
        project_id: str,
        kind: EntryKind,
        name: str,
        aliases: tuple[str, ...] = (),
        attributes: dict[str, str] | None = None,
    ) -> int:
        """Stores a new entry and returns its id."""
        now = self._clock()
        statement = insert(codex_entries).values(
            project_id=project_id,
            kind=kind.value,
            name=name,
            aliases=list(aliases),
            attributes=attributes or {},
            created_at=now,
            updated_at=now,
        )
        return int(self._connection.execute(statement.returning(codex_entries.c.id)).scalar_one())

    def add_aliases(self, entry_id: int, aliases: Iterable[str]) -> None:
        """Sets the other names of an entry."""
        self._change_entry(entry_id, aliases=list(aliases))

    def _change_entry(self, entry_id: int, **values: Any) -> None:
        self._connection.execute(
            update(codex_entries)
            .where(codex_entries.c.id == entry_id)
            .values(updated_at=self._clock(), **values)
        )

    def add_fact(self, entry_id: int, task: AnalysisTask, fact: NewFact) -> int:
        """Stores a fact found by a task and returns its id."""
        statement = insert(codex_facts).values(
            entry_id=entry_id,
            chapter_id=task.chapter_id,
            pending_analysis_id=task.id,
            version_id=task.chapter_version_id,
            version_revision=task.version_revision,
            statement=fact.statement,
            reason=fact.reason,
            quotation=fact.quotation,
            start=fact.start,
            end=fact.end,
            confidence=fact.confidence,
            status=fact.status.value,
            created_at=self._clock(),
        )
        return int(self._connection.execute(statement.returning(codex_facts.c.id)).scalar_one())

    def set_fact_status(self, fact_id: int, status: FactStatus) -> None:
        """Accepts or rejects a fact; raises ``NotFoundError``."""
        changed = self._connection.execute(
            update(codex_facts).where(codex_facts.c.id == fact_id).values(status=status.value)
        )
        if not changed.rowcount:
            raise NotFoundError(f"no codex fact {fact_id}")

    def forget_chapter(self, chapter_id: int) -> None:
        """Removes what earlier analyses of a chapter found, and entries left without a fact."""
        project = select(chapters.c.project_id).where(chapters.c.id == chapter_id).scalar_subquery()
        self._connection.execute(delete(codex_facts).where(codex_facts.c.chapter_id == chapter_id))
        self._connection.execute(
            delete(codex_entries).where(
                codex_entries.c.project_id == project,
                codex_entries.c.id.not_in(select(codex_facts.c.entry_id)),
            )
        )
