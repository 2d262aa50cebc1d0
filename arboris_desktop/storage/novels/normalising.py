"""Normalising the texts of a library, or of one novel, together with all places in them.

It works on any schema since comments were stored, so that the migration uses it as well as what
brings in files: it knows only the columns that it needs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    TableClause,
    bindparam,
    column,
    delete,
    select,
    table,
    update,
)
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.novel import Language, VersionOrigin
from arboris_desktop.domain.record import record
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.text.position_mapping import PositionMap
from arboris_desktop.text.quotations import Span

log = logging.getLogger(__name__)

FORMED_SINCE = "0018"
"""The schema since which texts are stored in form."""

_AT_ONCE = 100
_AROUND = 2000
"""Characters on both sides of the cursor that are kept with a continuation."""

_NOVELS = table("novel_projects", column("id"), column("language"))
_CHAPTERS = table(
    "chapters",
    *map(column, ("id", "project_id", "selected_version_id", "word_count")),
)
_VERSIONS = table("chapter_versions", *map(column, ("id", "chapter_id", "origin", "content")))
_SNAPSHOTS = table("chapter_snapshots", *map(column, ("id", "chapter_id", "content")))
_PLACED = tuple(
    table(name, *map(column, ("id", "chapter_id", "start", "end")))
    for name in ("codex_facts", "codex_alerts")
)
_COMMENTS = table(
    "chapter_comments", *map(column, ("id", "chapter_id", "start", "end", "is_stale", "quotation"))
)
_REVISIONS = table(
    "passage_revisions",
    *map(column, ("id", "chapter_id", "status", "start", "original", "proposal")),
)
_EVALUATIONS = table(
    "chapter_evaluations", column("id"), column("version_id"), column("details", JSON)
)
_ANSWERS = table(
    "kept_answers", column("id"), column("chapter_id"), column("kind"), column("content", JSON)
)
_PASSAGES = table("passages", column("chapter_id"))

Rows = list[dict[str, Any]]


@record
class _Change:
    """A text that was brought into form."""

    old: str
    new: str
    positions: PositionMap

    def span(self, start: int, end: int) -> Span:
        return self.positions.span(Span(start, end))


def normalise_texts(
    connection: Connection, project_id: str | None = None, *, lines_unknown: bool = True
) -> None:
    """Brings every version and snapshot into form, of one novel or of all; a text that would lose a
    word by it stays as it is.

    With ``lines_unknown`` the lines of what models and authors wrote are read as those of a text
    that arrives: they come from a version to which a line end was a line end. Places in the texts
    keep their words; the index of the search is rebuilt for what was changed.
    """
    query = select(_NOVELS.c.id, _NOVELS.c.language)
    if project_id is not None:
        query = query.where(_NOVELS.c.id == project_id)
    for novel, language in connection.execute(query).all():
        known = Language.CHINESE if language == Language.CHINESE.value else Language.ENGLISH
        _Forming(connection, novel, known, lines_unknown).run()


class _Forming:
    def __init__(
        self, connection: Connection, novel: str, language: Language, lines_unknown: bool
    ) -> None:
        self._connection = connection
        self._novel, self._language = novel, language
        self._lines_unknown = lines_unknown

    def run(self) -> None:
        """Brings the texts of the novel into form."""
        for rows in self._some_at_once(_SNAPSHOTS):
            self._store(_SNAPSHOTS, self._changes(rows))
        for rows in self._some_at_once(_VERSIONS):
            changes = self._changes(rows)
            self._store(_VERSIONS, changes)
            self._move_in_evaluations(changes)
            self._move_places(self._of_chapters(rows, changes))

    def _some_at_once(self, texts: TableClause) -> Iterator[Sequence[RowMapping]]:
        own = select(_CHAPTERS.c.id).where(_CHAPTERS.c.project_id == self._novel)
        ids = select(texts.c.id).where(texts.c.chapter_id.in_(own)).order_by(texts.c.id)
        found = list(self._connection.execute(ids).scalars())
        for start in range(0, len(found), _AT_ONCE):
            some = select(texts).where(texts.c.id.in_(found[start : start + _AT_ONCE]))
            yield self._connection.execute(some).mappings().all()

    def _changes(self, rows: Sequence[RowMapping]) -> dict[int, _Change]:
        """New forms of the texts that are not in form, by row."""
        changes = {}
        for row in rows:
            origin = row.get("origin", VersionOrigin.AUTHOR.value)
            change = self._change(row["content"], origin)
            if change is not None and change.positions.is_whole:
                changes[row["id"]] = change
            elif change is not None:
                log.warning("a text of chapter %d is left as it is", row["chapter_id"])
        return changes

    def _change(self, old: str, origin: str) -> _Change | None:
        change = None
        is_unknown = self._is_unknown(origin)
        for way in (normalised_input, normalised_text) if is_unknown else (normalised_text,):
            if (new := way(old, self._language)) == old:
                return None
            change = _Change(old, new, PositionMap(old, new))
            if change.positions.is_whole:
                break
        return change

    def _is_unknown(self, origin: str) -> bool:
        """True for text whose lines may be broken; those of imported text were joined then."""
        written = (VersionOrigin.MODEL.value, VersionOrigin.AUTHOR.value)
        return self._lines_unknown and origin in written

    def _store(self, texts: TableClause, changes: Mapping[int, _Change]) -> None:
        rows = [{"id": row, "content": change.new} for row, change in changes.items()]
        self._update(texts, rows)

    def _update(self, rows_of: TableClause, rows: Rows) -> None:
        if rows:
            values: dict[str, Any] = {
                name: bindparam(f"new_{name}") for name in rows[0] if name != "id"
            }
            statement = update(rows_of).where(rows_of.c.id == bindparam("own")).values(values)
            named = [
                {("own" if name == "id" else f"new_{name}"): row[name] for name in row}
                for row in rows
            ]
            self._connection.execute(statement, named)

    def _of_chapters(
        self, rows: Sequence[RowMapping], changes: Mapping[int, _Change]
    ) -> dict[int, _Change]:
        """The changes of those texts that are their chapters', by chapter."""
        chosen = select(_CHAPTERS.c.id, _CHAPTERS.c.selected_version_id).where(
            _CHAPTERS.c.id.in_({row["chapter_id"] for row in rows if row["id"] in changes})
        )
        selected = self._connection.execute(chosen).all()
        return {chapter: changes[one] for chapter, one in selected if one in changes}

    def _move_places(self, changes: Mapping[int, _Change]) -> None:
        if not changes:
            return
        for placed in _PLACED:
            self._move(placed, changes)
        self._move_comments(changes)
        self._move_proposals(changes)
        self._move_continuations(changes)
        words = [
            {"id": chapter, "word_count": count_words(change.new, self._language)}
            for chapter, change in changes.items()
        ]
        self._update(_CHAPTERS, words)
        self._connection.execute(delete(_PASSAGES).where(_PASSAGES.c.chapter_id.in_(changes)))

    def _of(self, rows_of: TableClause, changes: Mapping[int, _Change]) -> Any:
        query = select(rows_of).where(rows_of.c.chapter_id.in_(changes))
        return self._connection.execute(query).all()

    def _move(self, placed: TableClause, changes: Mapping[int, _Change]) -> None:
        self._update(
            placed,
            [
                {"id": row.id, "start": span.start, "end": span.end}
                for row in self._of(placed, changes)
                if row.start is not None and row.end is not None
                for span in (changes[row.chapter_id].span(row.start, row.end),)
            ],
        )

    def _move_comments(self, changes: Mapping[int, _Change]) -> None:
        rows: Rows = []
        for row in self._of(_COMMENTS, changes):
            change = changes[row.chapter_id]
            if not row.is_stale and row.quotation == change.old[row.start : row.end]:
                span = change.span(row.start, row.end)
                words = change.new[span.start : span.end]
                rows.append(
                    {"id": row.id, "start": span.start, "end": span.end, "quotation": words}
                )
        self._update(_COMMENTS, rows)

    def _move_proposals(self, changes: Mapping[int, _Change]) -> None:
        rows: Rows = []
        for row in self._of(_REVISIONS, changes):
            change = changes[row.chapter_id]
            if row.original and change.old.startswith(row.original, row.start):
                span = change.span(row.start, row.start + len(row.original))
                words = change.new[span.start : span.end]
                rows.append(
                    {
                        "id": row.id,
                        "start": span.start,
                        "original": words,
                        # With the white space around it that its passage had.
                        "proposal": row.proposal if words == row.original else row.proposal.strip(),
                    }
                )
        self._update(_REVISIONS, rows)

    def _move_continuations(self, changes: Mapping[int, _Change]) -> None:
        rows: Rows = []
        for row in self._of(_ANSWERS, changes):
            change, kept = changes[row.chapter_id], row.content
            if row.kind != "continuation" or not isinstance(kept.get("offset"), int):
                continue
            if change.old[: kept["offset"]].endswith(str(kept.get("before", ""))):
                place = change.positions.place(kept["offset"])
                moved = {
                    "before": change.new[:place][-_AROUND:],
                    "offset": place,
                    "after": change.new[place : place + _AROUND],
                }
                rows.append({"id": row.id, "content": kept | moved})
        self._update(_ANSWERS, rows)

    def _move_in_evaluations(self, changes: Mapping[int, _Change]) -> None:
        if not changes:
            return
        query = select(_EVALUATIONS).where(_EVALUATIONS.c.version_id.in_(changes))
        rows: Rows = []
        for row in self._connection.execute(query).all():
            details, change = row.details or {}, changes[row.version_id]
            moved = {
                name: [_moved(one, change) for one in details[name]]
                for name in ("notes", "beats")
                if isinstance(details.get(name), list)
            }
            if moved:
                rows.append({"id": row.id, "details": details | moved})
        self._update(_EVALUATIONS, rows)


def _moved(placed: dict[str, Any], change: _Change) -> dict[str, Any]:
    start, end = placed.get("start"), placed.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return placed
    span = change.span(start, end)
    return placed | {"start": span.start, "end": span.end}
