"""Novels with their volumes and outlines."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import Language, NewNovel, NovelProject, OutlineVolume, Volume
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapters, novel_projects
from arboris_desktop.storage.tables.planning import chapter_outlines, novel_blueprints, volumes


class ProjectRepository(Repository):
    """Reads and writes novels within the caller's transaction."""

    def add(self, novel: NewNovel) -> str:
        """Stores a new novel with its outline and returns its id."""
        project_id = str(uuid.uuid4())
        now = self._clock()
        self._connection.execute(
            insert(novel_projects).values(
                id=project_id,
                title=novel.title,
                initial_prompt=novel.premise,
                language=novel.language.value,
                created_at=now,
                updated_at=now,
            )
        )
        self._connection.execute(
            insert(novel_blueprints).values(
                project_id=project_id,
                title=None if novel.is_untitled else novel.title,
                style=novel.style,
                created_at=now,
                updated_at=now,
            )
        )
        self._add_volumes(project_id, novel.volumes)
        return project_id

    def _add_volumes(self, project_id: str, planned: tuple[OutlineVolume, ...]) -> None:
        number = 0
        for position, volume in enumerate(planned, start=1):
            volume_id = self.add_volume(project_id, position, volume.title)
            for chapter in volume.chapters:
                number += 1
                self.add_outline(project_id, volume_id, number, chapter.title, chapter.summary)

    def add_volume(self, project_id: str, position: int, title: str) -> int:
        """Stores a volume and returns its id."""
        statement = (
            insert(volumes)
            .values(project_id=project_id, volume_number=position, title=title)
            .returning(volumes.c.id)
        )
        return int(self._connection.execute(statement).scalar_one())

    def add_outline(
        self, project_id: str, volume_id: int | None, number: int, title: str, summary: str
    ) -> None:
        """Plans a chapter: its outline, and the chapter row that will hold its text."""
        self._connection.execute(
            insert(chapter_outlines).values(
                project_id=project_id,
                volume_id=volume_id,
                chapter_number=number,
                title=title,
                summary=summary,
            )
        )
        now = self._clock()
        self._connection.execute(
            insert(chapters).values(
                project_id=project_id, chapter_number=number, created_at=now, updated_at=now
            )
        )

    def change(self, project_id: str, *, title: str, premise: str, style: str) -> None:
        """Replaces what describes the novel as a whole."""
        self.get(project_id)
        now = self._clock()
        self._connection.execute(
            update(novel_projects)
            .where(novel_projects.c.id == project_id)
            .values(title=title, initial_prompt=premise, updated_at=now)
        )
        self._connection.execute(
            update(novel_blueprints)
            .where(novel_blueprints.c.project_id == project_id)
            .values(title=title, style=style, updated_at=now)
        )

    def remove(self, project_id: str) -> None:
        """Deletes the novel and everything that belongs to it; raises ``NotFoundError``."""
        removed = self._connection.execute(
            delete(novel_projects).where(novel_projects.c.id == project_id)
        )
        if not removed.rowcount:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")

    def get(self, project_id: str) -> NovelProject:
        """The novel; raises ``NotFoundError``."""
        row = (
            self._connection.execute(self._query().where(novel_projects.c.id == project_id))
            .mappings()
            .one_or_none()
        )
        if row is None:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")
        return _to_project(row)

    def all(self) -> list[NovelProject]:
        """Every novel, the last changed first."""
        query = self._query().order_by(novel_projects.c.updated_at.desc())
        return [_to_project(row) for row in self._connection.execute(query).mappings()]

    def volumes(self, project_id: str) -> list[Volume]:
        """The novel's volumes in order."""
        query = (
            select(volumes)
            .where(volumes.c.project_id == project_id)
            .order_by(volumes.c.volume_number)
        )
        return [
            Volume(row.id, row.project_id, row.volume_number, row.title)
            for row in self._connection.execute(query)
        ]

    def _query(self) -> Any:
        totals = (
            select(
                chapters.c.project_id,
                func.count().label("chapter_count"),
                func.count(chapters.c.selected_version_id).label("written_count"),
                func.sum(chapters.c.word_count).label("word_count"),
            )
            .group_by(chapters.c.project_id)
            .subquery()
        )
        return (
            select(
                novel_projects,
                novel_blueprints.c.style,
                totals.c.chapter_count,
                totals.c.written_count,
                totals.c.word_count,
            )
            .outerjoin(novel_blueprints, novel_blueprints.c.project_id == novel_projects.c.id)
            .outerjoin(totals, totals.c.project_id == novel_projects.c.id)
        )


def _to_project(row: RowMapping) -> NovelProject:
    return NovelProject(
        id=row["id"],
        title=row["title"],
        premise=row["initial_prompt"],
        style=row["style"] or "",
        language=Language(row["language"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        chapter_count=row["chapter_count"] or 0,
        written_count=row["written_count"] or 0,
        word_count=row["word_count"] or 0,
    )
