"""Novels with their volumes and outlines."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import (
    Language,
    NewNovel,
    NovelProject,
    OutlineVolume,
    ParagraphStyle,
    Volume,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.removal import remove_some
from arboris_desktop.storage.tables.novels import (
    ARRIVING,
    LEAVING,
    LISTED,
    UNLISTED,
    chapters,
    novel_projects,
)
from arboris_desktop.storage.tables.planning import chapter_outlines, novel_blueprints, volumes

_PARAGRAPHS = "paragraphs"
"""Under this name the metadata of a novel holds a ``ParagraphStyle``."""


class ProjectRepository(Repository):
    """Reads and writes novels within the caller's transaction."""

    def add(self, novel: NewNovel) -> str:
        """Stores a new novel with its outline and returns its id."""
        project_id = str(uuid.uuid4())
        self._add(project_id, novel, LISTED, novel.title)
        self._add_volumes(project_id, novel.volumes)
        return project_id

    def begin(self, project_id: str, novel: NewNovel) -> None:
        """Stores a new novel that nobody sees before ``show``, yet without its outline."""
        self._add(project_id, novel, ARRIVING, "")

    def show(self, project_id: str, title: str) -> None:
        """Lists a novel that is whole now."""
        now = self._clock()
        self._connection.execute(
            update(novel_projects)
            .where(novel_projects.c.id == project_id)
            .values(status=LISTED, title=title, updated_at=now)
        )

    def _add(self, project_id: str, novel: NewNovel, status: str, title: str) -> None:
        now = self._clock()
        self._connection.execute(
            insert(novel_projects).values(
                id=project_id,
                title=title,
                status=status,
                initial_prompt=novel.premise,
                language=novel.language.value,
                author=novel.author,
                numbering=novel.numbering,
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

    def _add_volumes(self, project_id: str, planned: tuple[OutlineVolume, ...]) -> None:
        number = 0
        for position, volume in enumerate(planned, start=1):
            volume_id = self.add_volume(project_id, position, volume.title)
            for chapter in volume.chapters:
                number += 1
                self.add_outline(project_id, volume_id, number, chapter.title, chapter.summary)

    def add_volume(
        self,
        project_id: str,
        position: int,
        title: str,
        label: str | None = None,
        summary: str = "",
    ) -> int:
        """Stores a volume, with what it is to tell, and returns its id."""
        values = {"volume_number": position, "title": title, "label": label, "summary": summary}
        return self._insert_row(insert(volumes).values(project_id=project_id, **values))

    def add_outline(
        self,
        project_id: str,
        volume_id: int | None,
        number: int,
        title: str,
        summary: str,
        label: str | None = None,
    ) -> int:
        """Plans a chapter: its outline, and the chapter row that will hold its text.

        Returns the chapter's id.
        """
        self._connection.execute(
            insert(chapter_outlines).values(
                project_id=project_id,
                volume_id=volume_id,
                chapter_number=number,
                title=title,
                summary=summary,
                label=label,
            )
        )
        now = self._clock()
        values = {"chapter_number": number, "created_at": now, "updated_at": now}
        return self._insert_row(insert(chapters).values(project_id=project_id, **values))

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

    def describe(self, project_id: str, *, title: str, author: str, numbering: str) -> None:
        """Replaces what covers and headings say; raises ``NotFoundError``."""
        before, now = self.get(project_id), self._clock()
        self._connection.execute(
            update(novel_projects)
            .where(novel_projects.c.id == project_id)
            .values(title=title, author=author, numbering=numbering, updated_at=now)
        )
        if title != before.title:
            self._connection.execute(
                update(novel_blueprints)
                .where(novel_blueprints.c.project_id == project_id)
                .values(title=title, updated_at=now)
            )

    def set_paragraphs(self, project_id: str, style: ParagraphStyle) -> None:
        """Notes how its paragraphs are told apart; raises ``NotFoundError``."""
        self.get(project_id)
        own = novel_projects.c.id == project_id
        known = self._connection.execute(select(novel_projects.c.metadata).where(own)).scalar_one()
        self._connection.execute(
            update(novel_projects)
            .where(own)
            .values(metadata={**(known or {}), _PARAGRAPHS: style.value})
        )

    def remove(self, project_id: str) -> None:
        """Deletes the novel and everything that belongs to it; raises ``NotFoundError``."""
        self.take_off(project_id)
        self.remove_unlisted(project_id)

    def remove_unlisted(self, project_id: str) -> None:
        """Deletes all that there is of a novel that is off the list."""
        while self.remove_some(project_id):
            pass

    def take_off(self, project_id: str) -> None:
        """Takes a novel off the list, to be removed; raises ``NotFoundError``."""
        taken = self._connection.execute(
            update(novel_projects)
            .where(novel_projects.c.id == project_id, novel_projects.c.status.not_in(UNLISTED))
            .values(status=LEAVING)
        )
        if not taken.rowcount:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")

    def unlisted(self) -> list[str]:
        """Novels that are arriving or being removed, or were when their process was killed."""
        query = select(novel_projects.c.id).where(novel_projects.c.status.in_(UNLISTED))
        return list(self._connection.execute(query).scalars())

    def remove_some(self, project_id: str) -> bool:
        """Deletes a part of a novel that is off the list; false when nothing is left of it."""
        return remove_some(self._connection, project_id)

    def get(self, project_id: str) -> NovelProject:
        """The novel; raises ``NotFoundError``."""
        row = (
            self._connection.execute(_one_novel(), {"project": project_id}).mappings().one_or_none()
        )
        if row is None:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")
        return _to_project(row)

    def all(self) -> list[NovelProject]:
        """Every novel, the last changed first."""
        listed = novel_projects.c.status.not_in(UNLISTED)
        query = _novels().where(listed).order_by(novel_projects.c.updated_at.desc())
        return [_to_project(row) for row in self._connection.execute(query).mappings()]

    def volumes(self, project_id: str) -> list[Volume]:
        """The novel's volumes in order."""
        query = (
            select(volumes)
            .where(volumes.c.project_id == project_id)
            .order_by(volumes.c.volume_number)
        )
        return [
            Volume(row.id, row.project_id, row.volume_number, row.title, row.label)
            for row in self._connection.execute(query)
        ]


@cache
def _one_novel() -> Select[Any]:
    return _novels().where(novel_projects.c.id == bindparam("project"))


def _novels() -> Select[Any]:
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
        author=row["author"],
        numbering=row["numbering"],
        paragraphs=_paragraphs(row["metadata"] or {}),
    )


def _paragraphs(metadata: Mapping[str, object]) -> ParagraphStyle:
    known = {style.value: style for style in ParagraphStyle}
    return known.get(str(metadata.get(_PARAGRAPHS)), ParagraphStyle.INDENT)
