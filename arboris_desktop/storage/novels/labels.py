"""The labels of chapters that are not numbered in the usual way of their language.

A novel without a form of its own has none: its chapters are read without a further look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, select

from arboris_desktop.domain.novel import UNNUMBERED, ChapterOverview
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.tables.novels import chapters, novel_projects
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines


def labels_of_all(
    connection: Connection, project_id: str, own: Sequence[str | None]
) -> Sequence[str | None]:
    """The labels of all chapters in reading order, from the ``own`` ones that are stored."""
    numbering = _numbering(connection, project_id)
    return _in_order(own, numbering) if numbering else [None] * len(own)


class ChapterLabels:
    """The labels of chapters of any novels, for rows that only name them; each novel read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of_novels: dict[str, dict[int, str]] = {}

    def of(self, project_id: str, number: int | None) -> str | None:
        """The label of the chapter with that place in its novel."""
        return None if number is None else self.of_novel(project_id).get(number)

    def of_novel(self, project_id: str) -> Mapping[int, str]:
        """The labels of a novel's chapters by place, none for one that is numbered as usual."""
        if project_id not in self._of_novels:
            self._of_novels[project_id] = self._read(project_id)
        return self._of_novels[project_id]

    def _read(self, project_id: str) -> dict[int, str]:
        numbering = _numbering(self._connection, project_id)
        if not numbering:
            return {}
        query = (
            select(chapters.c.chapter_number, chapter_outlines.c.label)
            .select_from(chapters.outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER))
            .where(chapters.c.project_id == project_id)
            .order_by(chapters.c.chapter_number)
        )
        rows = self._connection.execute(query).all()
        labels = _in_order([row.label for row in rows], numbering)
        return {row.chapter_number: label for row, label in zip(rows, labels, strict=True)}


def label_of_one(connection: Connection, chapter: ChapterOverview, own: str | None) -> str | None:
    """The label of one chapter, without a look at all others."""
    numbering = _numbering(connection, chapter.project_id)
    if not numbering:
        return None
    if numbering == UNNUMBERED:
        return ""
    if own is not None:
        return own
    from arboris_desktop.text.number_labels import label_of, number_in

    upto = (chapters.c.project_id == chapter.project_id) & (
        chapters.c.chapter_number <= chapter.number
    )
    joined = chapters.outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
    written = (
        select(chapters.c.chapter_number, chapter_outlines.c.label)
        .select_from(joined)
        .where(upto, chapter_outlines.c.label != "")
        .order_by(chapters.c.chapter_number.desc())
    )
    # Nearly always the first: a label without any number counts for nothing.
    start, number = next(
        (
            (row.chapter_number, value)
            for row in connection.execute(written)
            if (value := number_in(row.label)) is not None
        ),
        (0, 0),
    )
    counted = (
        select(func.count())
        .select_from(joined)
        .where(upto, chapters.c.chapter_number > start, chapter_outlines.c.label.is_(None))
    )
    return label_of(numbering, number + connection.execute(counted).scalar_one())


def _in_order(own: Sequence[str | None], numbering: str) -> list[str]:
    # Read when a novel has numbers of its own: a start asks only whether it has.
    from arboris_desktop.text.number_labels import labels_in_order

    return list(labels_in_order(own, numbering))


_NUMBERING = Prepared(
    select(novel_projects.c.numbering).where(novel_projects.c.id == bindparam("project_id"))
)


def _numbering(connection: Connection, project_id: str) -> str:
    row = _NUMBERING.first(connection, project_id=project_id)
    return "" if row is None else str(row["numbering"])
