"""Chapters and the versions of their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, exists, func, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.chapter_notes import own_status
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import (
    ChapterOverview,
    ChapterStatus,
    ChapterVersion,
    VersionOrigin,
)
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import label_of_one, labels_of_all
from arboris_desktop.storage.tables.codex import codex_facts
from arboris_desktop.storage.tables.novels import (
    chapter_drafts,
    chapter_notes,
    chapter_versions,
    chapters,
    novel_projects,
)
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines
from arboris_desktop.storage.tables.tasks import pending_analysis

_STATUSES = {status.value: status for status in ChapterStatus}

_AT_ONCE = 100
"""Texts of one fetch, where all of a novel are read."""


class ChapterRepository(Repository):
    """Reads and writes chapters within the caller's transaction."""

    def overview(self, chapter_id: int) -> ChapterOverview:
        """A chapter without its text; raises ``NotFoundError``."""
        return self._one(_overview_query().where(chapters.c.id == chapter_id), chapter_id)

    def by_number(self, project_id: str, number: int) -> ChapterOverview:
        """The chapter of that number; raises ``NotFoundError``."""
        query = _overview_query().where(
            chapters.c.project_id == project_id, chapters.c.chapter_number == number
        )
        return self._one(query, number)

    def _one(self, query: Any, wanted: int) -> ChapterOverview:
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {wanted}")
        overview, own = _to_overview(row), row[-1]
        return replace(overview, label=label_of_one(self._connection, overview, own))

    def of_project(self, project_id: str) -> list[ChapterOverview]:
        """All chapters of a novel in reading order."""
        query = (
            _overview_query()
            .where(chapters.c.project_id == project_id)
            .order_by(chapters.c.chapter_number)
        )
        rows = self._connection.execute(query).all()
        labels = labels_of_all(self._connection, project_id, [row[-1] for row in rows])
        return [_to_overview(row, label) for row, label in zip(rows, labels, strict=True)]

    def last_written(self, project_id: str) -> int:
        """The number of the last chapter that has a text; 0 without any."""
        query = select(func.max(chapters.c.chapter_number)).where(
            chapters.c.project_id == project_id, chapters.c.selected_version_id.is_not(None)
        )
        return self._connection.execute(query).scalar_one() or 0

    def last_analysed(self, project_id: str) -> int:
        """The number of the last chapter that something is known of, or that was analysed; 0
        without any. Tasks are forgotten after a while, and facts are not."""
        finished = select(func.max(chapters.c.chapter_number)).join(
            pending_analysis, pending_analysis.c.chapter_id == chapters.c.id
        )
        known = select(func.max(chapters.c.chapter_number)).join(
            codex_facts, codex_facts.c.chapter_id == chapters.c.id
        )
        of_novel = chapters.c.project_id == project_id
        done = pending_analysis.c.status == TaskStatus.COMPLETED.value
        numbers = (
            self._connection.execute(query).scalar_one()
            for query in (finished.where(of_novel, done), known.where(of_novel))
        )
        return max(number or 0 for number in numbers)

    def add_version(
        self,
        chapter_id: int,
        *,
        content: str,
        word_count: int,
        origin: VersionOrigin,
        provider: str = "",
        metadata: dict[str, object] | None = None,
        select_it: bool = True,
    ) -> ChapterVersion:
        """Stores a new version, selects it and sets the chapter's status and word count.

        Without ``select_it`` the chapter keeps its text: the version is one to choose from.
        """
        number = self._connection.execute(
            select(func.count())
            .select_from(chapter_versions)
            .where(chapter_versions.c.chapter_id == chapter_id)
        ).scalar_one()
        version_id = self._insert_row(
            insert(chapter_versions).values(
                chapter_id=chapter_id,
                version_label=f"v{number + 1}",
                origin=origin.value,
                provider=provider,
                content=content,
                metadata=metadata or {},
                created_at=self._clock(),
            )
        )
        version = _to_version(self._row(chapter_versions, version_id)._mapping)
        if select_it:
            self._set_text(chapter_id, word_count, selected_version_id=version.id, real_summary="")
        return version

    def save_edit(self, version_id: int, content: str, word_count: int) -> ChapterVersion:
        """Overwrites an author's version in place and raises its revision by one."""
        changed = self._connection.execute(
            update(chapter_versions)
            .where(chapter_versions.c.id == version_id)
            .values(content=content, revision=chapter_versions.c.revision + 1)
        )
        if not changed.rowcount:
            raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter version {version_id}")
        version = _to_version(self._row(chapter_versions, version_id)._mapping)
        self._set_text(version.chapter_id, word_count)
        return version

    def select_version(self, chapter_id: int, version_id: int, word_count: int) -> None:
        """Makes a stored version the chapter's text; its summary has to be made again."""
        self._set_text(chapter_id, word_count, selected_version_id=version_id, real_summary="")

    def _set_text(self, chapter_id: int, word_count: int, **more: object) -> None:
        now = self._clock()
        self._connection.execute(
            update(chapters)
            .where(chapters.c.id == chapter_id)
            .values(
                status=ChapterStatus.WRITTEN.value, word_count=word_count, updated_at=now, **more
            )
        )
        project = self._row(chapters, chapter_id).project_id
        self._connection.execute(
            update(novel_projects).where(novel_projects.c.id == project).values(updated_at=now)
        )

    def correct_count(self, chapter_id: int, word_count: int) -> None:
        """Stores how long the text is by the rule of today; nothing else of it is changed."""
        query = update(chapters).where(chapters.c.id == chapter_id)
        self._connection.execute(query.values(word_count=word_count))

    def mark_published(self, chapter_id: int, *, is_published: bool) -> None:
        """Notes that the chapter as it is now is published, or that none is; raises
        ``NotFoundError``."""
        marked = self._connection.execute(
            update(chapters)
            .where(chapters.c.id == chapter_id)
            .values(published_at=self._clock() if is_published else None)
        )
        if not marked.rowcount:
            raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {chapter_id}")

    def set_summary(self, chapter_id: int, summary: str) -> None:
        """Stores what happens in the chapter, as later chapters will be told."""
        self._connection.execute(
            update(chapters).where(chapters.c.id == chapter_id).values(real_summary=summary)
        )

    def summaries(self, project_id: str) -> dict[int, str]:
        """Summaries of the chapters, by their ids."""
        query = select(chapters.c.id, chapters.c.real_summary)
        rows = self._connection.execute(query.where(chapters.c.project_id == project_id))
        return {row[0]: row[1] for row in rows}

    def selected_version(self, chapter_id: int) -> ChapterVersion | None:
        """The text that is the chapter now, or ``None`` while it is only planned."""
        query = (
            select(chapter_versions)
            .join(chapters, chapters.c.selected_version_id == chapter_versions.c.id)
            .where(chapters.c.id == chapter_id)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _to_version(row)

    def selected_revisions(self, project_id: str) -> dict[int, tuple[int, int]]:
        """The version that is each chapter's text, with its revision, by chapter."""
        query = (
            select(chapters.c.id, chapter_versions.c.id, chapter_versions.c.revision)
            .join(chapter_versions, chapters.c.selected_version_id == chapter_versions.c.id)
            .where(chapters.c.project_id == project_id)
        )
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(query)}

    def contents(self, version_ids: Sequence[int]) -> dict[int, str]:
        """The texts of versions."""
        found: dict[int, str] = {}
        for start in range(0, len(version_ids), _AT_ONCE):
            some = version_ids[start : start + _AT_ONCE]
            query = select(chapter_versions.c.id, chapter_versions.c.content).where(
                chapter_versions.c.id.in_(some)
            )
            found |= {row[0]: row[1] for row in self._connection.execute(query)}
        return found

    def version(self, version_id: int) -> ChapterVersion:
        """One version; raises ``NotFoundError``."""
        query = select(chapter_versions).where(chapter_versions.c.id == version_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter version {version_id}")
        return _to_version(row)

    def each_version(self, project_id: str) -> Iterator[ChapterVersion]:
        """Every version of every chapter, a few at a time, in no order."""
        query = (
            select(chapter_versions)
            .join(chapters, chapters.c.id == chapter_versions.c.chapter_id)
            .where(chapters.c.project_id == project_id)
        )
        rows = self._connection.execute(query).yield_per(_AT_ONCE)
        return (_to_version(row) for row in rows.mappings())

    def versions(self, chapter_id: int) -> list[ChapterVersion]:
        """All versions of a chapter, the oldest first."""
        query = (
            select(chapter_versions)
            .where(chapter_versions.c.chapter_id == chapter_id)
            .order_by(chapter_versions.c.id)
        )
        return [_to_version(row) for row in self._connection.execute(query).mappings()]


def _overview_query() -> Any:
    newest_task = (
        select(pending_analysis.c.status)
        .where(pending_analysis.c.chapter_id == chapters.c.id)
        .order_by(pending_analysis.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(
        chapters.c.id,
        chapters.c.project_id,
        chapter_outlines.c.volume_id,
        chapters.c.chapter_number,
        chapter_outlines.c.title,
        chapter_outlines.c.summary,
        chapters.c.real_summary,
        chapters.c.status,
        chapters.c.word_count,
        chapters.c.selected_version_id,
        newest_task,
        exists(select(1).where(chapter_drafts.c.chapter_id == chapters.c.id)),
        chapters.c.published_at,
        chapters.c.updated_at,
        chapter_notes.c.status,
        chapter_outlines.c.label,
    ).select_from(
        chapters.outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER).outerjoin(
            chapter_notes, chapter_notes.c.chapter_id == chapters.c.id
        )
    )


def _to_overview(row: Row[Any], label: str | None = None) -> ChapterOverview:
    """A chapter from the columns of ``_overview_query``; there may be twenty thousand."""
    id_, project_id, volume_id, number, title, outline, summary, status, *others = tuple(row)
    word_count, version_id, analysis, has_draft, published_at, updated_at, *noted = others
    return ChapterOverview(
        id_,
        project_id,
        volume_id,
        number,
        title or "",
        outline or "",
        summary,
        _STATUSES[status],
        word_count,
        version_id,
        analysis,
        bool(has_draft),
        label,
        published_at,
        updated_at,
        own_status(noted[0]),
    )


def _to_version(row: RowMapping) -> ChapterVersion:
    return ChapterVersion(
        id=row["id"],
        chapter_id=row["chapter_id"],
        label=row["version_label"],
        origin=VersionOrigin(row["origin"]),
        provider=row["provider"],
        content=row["content"],
        revision=row["revision"],
        created_at=row["created_at"],
        metadata=row["metadata"] or {},
    )
