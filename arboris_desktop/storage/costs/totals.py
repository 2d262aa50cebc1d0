"""The ledger of model calls, added up by the database: it may hold a hundred thousand calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from arboris_desktop.domain.costs import CostGrouping, CostRow, add_up
from arboris_desktop.domain.spent import Spent, all_spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.costs import call_totals, model_calls
from arboris_desktop.storage.tables.novels import chapters, novel_projects
from arboris_desktop.storage.tables.planning import chapter_outlines

_CALL = model_calls.c


class _LocalDay(FunctionElement[str]):
    """The day on which a time in UTC falls here."""

    type = String()
    inherit_cache = True


@compiles(_LocalDay)
def _local_day(element: _LocalDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, 'localtime')"


@compiles(_LocalDay, "postgresql")
def _server_day(element: _LocalDay, compiler: SQLCompiler, **options: Any) -> str:
    """The day by the zone of the server."""
    time = compiler.process(element.clauses, **options)
    return f"CAST(CAST(({time} AT TIME ZONE 'UTC') AS date) AS text)"


@compiles(_LocalDay, "mysql")
def _session_day(element: _LocalDay, compiler: SQLCompiler, **options: Any) -> str:
    """The same, which is that of its sessions."""
    time = compiler.process(element.clauses, **options)
    return f"CAST(DATE(CONVERT_TZ({time}, '+00:00', @@session.time_zone)) AS CHAR)"


_KEYS: dict[CostGrouping, ColumnElement[Any]] = {
    CostGrouping.TASK: _CALL.task,
    CostGrouping.CHAPTER: _CALL.chapter_id,
    CostGrouping.DAY: _LocalDay(_CALL.started_at),
    CostGrouping.NOVEL: _CALL.project_id,
    CostGrouping.MODEL: _CALL.provider + "/" + _CALL.model,
}


class CallCostRepository(Repository):
    """Adds up what calls took, within the caller's transaction."""

    def rows(
        self,
        grouping: CostGrouping,
        *,
        since: datetime | None = None,
        project_id: str | None = None,
        chapter_id: int | None = None,
    ) -> list[CostRow]:
        """A row for each value of the grouping, of all calls or those of a time or novel or
        chapter.

        Calls that came with a file count only where their novel or chapter is looked at by itself,
        and all of its time: nothing of them was paid here, today or ever.
        """
        conditions = []
        if since is not None or (project_id is None and chapter_id is None):
            conditions.append(_CALL.came_with_file == 0)
        if since is not None:
            conditions.append(_CALL.started_at >= since)
        if project_id is not None:
            conditions.append(_CALL.project_id == project_id)
        if chapter_id is not None:
            conditions.append(_CALL.chapter_id == chapter_id)
        found = self._connection.execute(_sums(_KEYS[grouping], and_(True, *conditions)))
        parts = [_part(row, grouping) for row in found]
        rows = [_joined(key, list(rows)) for key, rows in groupby(parts, lambda row: row.key)]
        return self._named(grouping, rows)

    def of_models(self) -> list[CostRow]:
        """A row for each model, of all calls that were made here: read from what is counted along,
        however many there are. MySQL has no trigger for what a cascade does, and counts now."""
        if self._connection.dialect.name == "mysql":
            return self.rows(CostGrouping.MODEL)
        found = map(_total, self._connection.execute(_TOTALS))
        by_model = groupby(sorted(found, key=lambda row: row.key), lambda row: row.key)
        return [add_up(key, list(rows)) for key, rows in by_model]

    def _named(self, grouping: CostGrouping, rows: list[CostRow]) -> list[CostRow]:
        if grouping is CostGrouping.CHAPTER:
            names = {str(row.id): row for row in self._connection.execute(_CHAPTER_NAMES)}
            labels = ChapterLabels(self._connection)
            return [_with_chapter(row, names.get(row.key), labels) for row in rows]
        if grouping is CostGrouping.NOVEL:
            query = select(novel_projects.c.id, novel_projects.c.title)
            titles = {row.id: row.title for row in self._connection.execute(query)}
            return [replace(row, title=titles.get(row.key, "")) for row in rows]
        return rows


_CHAPTER_NAMES = (
    select(
        chapters.c.id,
        chapters.c.project_id,
        chapters.c.chapter_number,
        chapter_outlines.c.title,
        novel_projects.c.title.label("novel"),
    )
    .join(novel_projects, novel_projects.c.id == chapters.c.project_id)
    .outerjoin(
        chapter_outlines,
        and_(
            chapter_outlines.c.project_id == chapters.c.project_id,
            chapter_outlines.c.chapter_number == chapters.c.chapter_number,
        ),
    )
)


_UNPRICED = case(
    (and_(_CALL.cost.is_(None), _CALL.prompt_tokens + _CALL.completion_tokens > 0), 1), else_=0
)
_SPENT: tuple[ColumnElement[Any], ...] = (
    _CALL.currency,
    func.sum(_CALL.prompt_tokens).label("read"),
    func.sum(_CALL.completion_tokens).label("written"),
    func.sum(_CALL.cached_tokens).label("cached"),
    func.max(_CALL.estimated).label("estimated"),
    func.sum(_CALL.cost).label("cost"),
    func.sum(_UNPRICED).label("unpriced"),
)
"""Sums of the calls in one currency; to be grouped by it."""


def spent_on(connection: Connection, condition: ColumnElement[bool]) -> Spent:
    """The sum of the calls for which the condition holds."""
    query = select(*_SPENT).where(condition).group_by(_CALL.currency)
    return all_spent(_spent(row) for row in connection.execute(query))


def _spent(row: Row[Any]) -> Spent:
    money = {row.currency: row.cost} if row.currency and row.cost else {}
    usage = TokenUsage(row.read, row.written, bool(row.estimated), row.cached)
    return Spent(usage, money, row.unpriced)


def _sums(key: ColumnElement[Any], condition: ColumnElement[bool]) -> Any:
    """One row for each key and currency, those of a key side by side."""
    profile = func.max(_CALL.profile).label("profile")
    return (
        select(key.label("key"), func.count().label("calls"), profile, *_SPENT)
        .where(condition)
        .group_by(key, _CALL.currency)
        .order_by(key)
    )


def _part(row: Row[Any], grouping: CostGrouping) -> CostRow:
    return CostRow(
        key="" if row.key is None else str(row.key),
        title=row.profile if grouping is CostGrouping.MODEL else "",
        calls=row.calls,
        spent=_spent(row),
    )


_TOTAL = call_totals.c
_TOTALS = select(
    _TOTAL.provider,
    _TOTAL.model,
    _TOTAL.currency,
    *(
        func.sum(_TOTAL[name]).label(name)
        for name in ("calls", "prompt_tokens", "completion_tokens", "cost")
    ),
).group_by(_TOTAL.provider, _TOTAL.model, _TOTAL.currency)


def _total(row: Row[Any]) -> CostRow:
    usage = TokenUsage(int(row.prompt_tokens), int(row.completion_tokens))
    money = {row.currency: row.cost} if row.currency and row.cost else {}
    return CostRow(f"{row.provider}/{row.model}", calls=int(row.calls), spent=Spent(usage, money))


def _joined(key: str, parts: list[CostRow]) -> CostRow:
    return replace(add_up(key, parts), title=parts[0].title)


def _with_chapter(
    row: CostRow, name: Row[Any, Any, Any, Any, Any] | None, labels: ChapterLabels
) -> CostRow:
    if name is None:
        return row
    label = labels.of(name.project_id, name.chapter_number)
    title = name.title or ""
    return replace(row, title=title, number=name.chapter_number, novel=name.novel, label=label)
