"""Lean reads of a story: what a chapter's context is made of, however long the book is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    union_all,
)

from arboris_desktop.domain.codex import EntryKind, FactStatus, Origin, SeedEffect
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN
from arboris_desktop.domain.story import ChapterNote, EntryGlance
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.codex import codex_entries, codex_facts
from arboris_desktop.storage.tables.novels import chapter_versions, chapters
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines
from arboris_desktop.storage.tables.tasks import pending_analysis

_UNFINISHED = (TaskStatus.PENDING.value, TaskStatus.PROCESSING.value)


class StoryRepository(Repository):
    """Reads within the caller's transaction; writes nothing.

    SQLAlchemy takes longer to put these statements together than SQLite to answer most of them,
    and so they are made once.
    """

    def notes(self, project_id: str) -> list[ChapterNote]:
        """The chapters by number."""
        values = {"project": project_id}
        # All at once and by place: there may be thousands.
        labels = ChapterLabels(self._connection).of_novel(project_id)
        return [
            ChapterNote(
                number,
                title or "",
                plan or "",
                summary,
                volume_id,
                is_written=version_id is not None,
                is_waiting=bool(waits),
                label=labels.get(number),
            )
            for number, summary, version_id, title, plan, volume_id, waits in (
                self._connection.execute(_notes(), values).all()
            )
        ]

    def text_before(self, project_id: str, number: int) -> tuple[int, str]:
        """The number and the text of the last written chapter before one; 0 and none without."""
        values = {"project": project_id, "before": number}
        row = self._connection.execute(_text_before(), values).one_or_none()
        return (0, "") if row is None else (row.chapter_number, row.content)

    def glances(self, project_id: str, before: int) -> list[EntryGlance]:
        """The codex as it stands before a chapter: the author's entries, and those met by then."""
        values = {"project": project_id, "before": before}
        return [_to_glance(row) for row in self._connection.execute(_glances(), values).all()]

    def statements(self, entry_ids: list[int], before: int, newest: int) -> dict[int, list[str]]:
        """The statements that count of some entries before a chapter, by entry and in book order:
        the first statement and the ``newest`` ones. Somebody may have thousands."""
        values = {"entries": entry_ids, "before": before, "newest": newest}
        found: dict[int, list[str]] = {entry_id: [] for entry_id in entry_ids}
        query = _statements(correlates_limits=self._connection.dialect.name == "sqlite")
        for entry_id, statement in self._connection.execute(query, values):
            found[entry_id].append(statement)
        return found


_PROJECT: BindParameter[str] = bindparam("project")
_BEFORE: BindParameter[int] = bindparam("before")
_BOOK_ORDER = (chapters.c.chapter_number, codex_facts.c.start, codex_facts.c.id)
_COUNTS_BEFORE = (
    chapters.c.chapter_number < _BEFORE,
    codex_facts.c.status == FactStatus.ACCEPTED.value,
    codex_facts.c.is_stale == 0,
)
"""Facts that count, of chapters before one; see ``CodexFact.counts``."""


@cache
def _notes() -> Select[Any]:
    number = chapters.c.chapter_number
    waits = exists().where(
        pending_analysis.c.chapter_id == chapters.c.id,
        pending_analysis.c.status.in_(_UNFINISHED),
    )
    return (
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
        .where(chapters.c.project_id == _PROJECT)
        .order_by(number)
    )


@cache
def _text_before() -> Select[Any]:
    return (
        select(chapters.c.chapter_number, chapter_versions.c.content)
        .join(chapter_versions, chapter_versions.c.id == chapters.c.selected_version_id)
        .where(chapters.c.project_id == _PROJECT, chapters.c.chapter_number < _BEFORE)
        .order_by(chapters.c.chapter_number.desc())
        .limit(1)
    )


@cache
def _glances() -> Select[Any]:
    known = _known_before().subquery()
    return (
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
        .where(codex_entries.c.project_id == _PROJECT, codex_entries.c.merged_into.is_(None))
        .where((codex_entries.c.origin == Origin.AUTHOR.value) | known.c.seen_in.is_not(None))
        .order_by(codex_entries.c.id)
    )


def _known_before() -> Select[Any]:
    paid_off = case((codex_facts.c.effect == SeedEffect.PAID_OFF.value, 1), else_=0)
    return (
        select(
            codex_facts.c.entry_id,
            func.min(chapters.c.chapter_number).label("since"),
            func.max(chapters.c.chapter_number).label("seen_in"),
            func.max(paid_off).label("paid_off"),
        )
        .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
        .where(chapters.c.project_id == _PROJECT, *_COUNTS_BEFORE)
        .group_by(codex_facts.c.entry_id)
    )


@cache
def _statements(*, correlates_limits: bool) -> Select[Any]:
    end_of_each = _end_of_each if correlates_limits else _end_by_window
    newest = end_of_each([column.desc() for column in _BOOK_ORDER], bindparam("newest"))
    told = union_all(end_of_each(_BOOK_ORDER, literal(1)), newest)
    return (
        select(codex_facts.c.entry_id, codex_facts.c.statement)
        .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
        .where(codex_facts.c.id.in_(told))
        .order_by(codex_facts.c.entry_id, *_BOOK_ORDER)
    )


def _end_of_each(order: Sequence[Any], how_many: ColumnElement[int]) -> Select[Any]:
    """Some facts of each entry. A window over all of them takes twice as long: their statements
    would be sorted along."""
    fact = codex_facts.alias()
    of_entry = (
        select(codex_facts.c.id)
        .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
        .where(codex_facts.c.entry_id == codex_entries.c.id, *_COUNTS_BEFORE)
        .order_by(*order)
        .limit(how_many)
        .correlate(codex_entries)
    )
    return (
        select(fact.c.id)
        .join_from(codex_entries, fact, fact.c.id.in_(of_entry))
        .where(codex_entries.c.id.in_(bindparam("entries", expanding=True)))
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


def _end_by_window(order: Sequence[Any], how_many: ColumnElement[int]) -> Select[Any]:
    """The same for a database that takes no LIMIT there, or runs it again for each fact of all."""
    number = func.row_number().over(partition_by=codex_facts.c.entry_id, order_by=order)
    ranked = (
        select(codex_facts.c.id, number.label("number"))
        .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
        .where(codex_facts.c.entry_id.in_(bindparam("entries", expanding=True)), *_COUNTS_BEFORE)
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.number <= how_many)
