"""Lean reads of a story: what a chapter's context is made of, however long the book is."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    case,
    cast,
    exists,
    func,
    select,
)

from arboris_desktop.domain.codex import EntryKind, FactStatus, Origin, SeedEffect
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN
from arboris_desktop.domain.story import ChapterNote, EntryGlance
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.codex import codex_entries, codex_facts
from arboris_desktop.storage.tables.novels import chapter_versions, chapters
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines
from arboris_desktop.storage.tables.tasks import pending_analysis

_UNFINISHED = (TaskStatus.PENDING.value, TaskStatus.PROCESSING.value)


class StoryRepository(Repository):
    """Reads within the caller's transaction; writes nothing."""

    def notes(
        self, project_id: str, first: int | None = None, last: int | None = None
    ) -> list[ChapterNote]:
        """Chapters by number, from one to another, both included; all without bounds."""
        number = chapters.c.chapter_number
        waits = exists().where(
            pending_analysis.c.chapter_id == chapters.c.id,
            pending_analysis.c.status.in_(_UNFINISHED),
        )
        query = (
            select(
                number,
                chapters.c.real_summary,
                chapters.c.selected_version_id,
                chapter_outlines.c.title,
                chapter_outlines.c.summary,
                chapter_outlines.c.volume_id,
                waits.label("waits"),
            )
            .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
            .where(chapters.c.project_id == project_id)
            .order_by(number)
        )
        if first is not None:
            query = query.where(number >= first)
        if last is not None:
            query = query.where(number <= last)
        # All at once and by place: there may be thousands.
        return [
            ChapterNote(
                number,
                title or "",
                plan or "",
                summary,
                volume_id,
                is_written=version_id is not None,
                is_waiting=bool(waits),
            )
            for number, summary, version_id, title, plan, volume_id, waits in (
                self._connection.execute(query).all()
            )
        ]

    def text_before(self, project_id: str, number: int) -> tuple[int, str]:
        """The number and the text of the last written chapter before one; 0 and none without."""
        query = (
            select(chapters.c.chapter_number, chapter_versions.c.content)
            .join(chapter_versions, chapter_versions.c.id == chapters.c.selected_version_id)
            .where(chapters.c.project_id == project_id, chapters.c.chapter_number < number)
            .order_by(chapters.c.chapter_number.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return (0, "") if row is None else (row.chapter_number, row.content)

    def glances(self, project_id: str, before: int) -> list[EntryGlance]:
        """The codex as it stands before a chapter: the author's entries, and those met by then."""
        known = self._known_before(project_id, before).subquery()
        query = (
            select(
                codex_entries.c.id,
                codex_entries.c.kind,
                codex_entries.c.name,
                # Read as text: most are empty, which need not be decoded.
                cast(codex_entries.c.aliases, Text).label("aliases"),
                codex_entries.c.description,
                codex_entries.c.due_chapter,
                codex_entries.c.attributes[PAID_OFF_IN].as_string().label("marked"),
                known.c.since,
                known.c.seen_in,
                known.c.paid_off,
            )
            .outerjoin(known, known.c.entry_id == codex_entries.c.id)
            .where(codex_entries.c.project_id == project_id, codex_entries.c.merged_into.is_(None))
            .where((codex_entries.c.origin == Origin.AUTHOR.value) | known.c.seen_in.is_not(None))
            .order_by(codex_entries.c.id)
        )
        return [_to_glance(row) for row in self._connection.execute(query).all()]

    @staticmethod
    def _known_before(project_id: str, before: int) -> Any:
        paid_off = case((codex_facts.c.effect == SeedEffect.PAID_OFF.value, 1), else_=0)
        return (
            select(
                codex_facts.c.entry_id,
                func.min(chapters.c.chapter_number).label("since"),
                func.max(chapters.c.chapter_number).label("seen_in"),
                func.max(paid_off).label("paid_off"),
            )
            .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
            .where(chapters.c.project_id == project_id, *_counts_before(before))
            .group_by(codex_facts.c.entry_id)
        )

    def statements(self, entry_ids: list[int], before: int, newest: int) -> dict[int, list[str]]:
        """The statements that count of some entries before a chapter, by entry and in book order:
        the first statement and the ``newest`` ones. Somebody may have thousands."""
        order = (chapters.c.chapter_number, codex_facts.c.start, codex_facts.c.id)
        by_entry = codex_facts.c.entry_id
        known = (
            select(
                by_entry,
                codex_facts.c.statement,
                func.row_number().over(partition_by=by_entry, order_by=order).label("place"),
                func.count().over(partition_by=by_entry).label("total"),
            )
            .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
            .where(by_entry.in_(entry_ids), *_counts_before(before))
            .subquery()
        )
        query = (
            select(known.c.entry_id, known.c.statement)
            .where((known.c.place == 1) | (known.c.place > known.c.total - newest))
            .order_by(known.c.entry_id, known.c.place)
        )
        found: dict[int, list[str]] = {entry_id: [] for entry_id in entry_ids}
        for entry_id, statement in self._connection.execute(query):
            found[entry_id].append(statement)
        return found


def _counts_before(before: int) -> tuple[ColumnElement[bool], ...]:
    """Facts that count, of chapters before one; see ``CodexFact.counts``."""
    return (
        chapters.c.chapter_number < before,
        codex_facts.c.status == FactStatus.ACCEPTED.value,
        codex_facts.c.is_stale == 0,
    )


_KINDS = {kind.value: kind for kind in EntryKind}


def _to_glance(row: Any) -> EntryGlance:
    """A row of ``glances``, taken apart by place: there may be thousands."""
    id_, kind, name, aliases, description, due, marked, since, seen_in, paid_off = row
    return EntryGlance(
        id_,
        _KINDS[kind],
        name,
        () if aliases == "[]" else tuple(json.loads(aliases)),
        description,
        due,
        bool(paid_off or marked),
        since or 0,
        seen_in or 0,
    )
