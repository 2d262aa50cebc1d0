"""The outline of a novel: read as a whole, changed as a whole, in one transaction.

Chapter numbers are unique within a novel, and other tables note them: ``change`` moves them all
without two chapters ever having the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, bindparam, delete, exists, insert, or_, select, update

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import ChapterStatus
from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan
from arboris_desktop.domain.outline_changes import number_map
from arboris_desktop.domain.outline_runs import PlannedChapter
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import labels_of_all
from arboris_desktop.storage.planning.noted_numbers import move_noted_numbers
from arboris_desktop.storage.tables.novels import (
    chapter_drafts,
    chapter_versions,
    chapters,
    novel_projects,
)
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines, volumes
from arboris_desktop.storage.tables.writing import chapter_candidates


class OutlineRepository(Repository):
    """Reads and changes outlines within the caller's transaction."""

    def read(self, project_id: str) -> Outline:
        """The outline as it is; raises ``NotFoundError`` when there is no such novel."""
        known = select(novel_projects.c.id).where(novel_projects.c.id == project_id)
        if self._connection.execute(known).first() is None:
            raise NotFoundError(ErrorKind.NOVEL_GONE, f"no project {project_id}")
        found = (
            select(volumes)
            .where(volumes.c.project_id == project_id)
            .order_by(volumes.c.volume_number)
        )
        return Outline(
            tuple(
                VolumePlan(row.id, row.title, row.summary, row.planned_chapters)
                for row in self._connection.execute(found)
            ),
            self._chapters(project_id),
        )

    def _chapters(self, project_id: str) -> tuple[ChapterPlan, ...]:
        rows = self._connection.execute(_chapters_query(project_id)).all()
        labels = labels_of_all(self._connection, project_id, [row.label for row in rows])
        return tuple(_to_chapter(row, label) for row, label in zip(rows, labels, strict=True))

    def change(self, project_id: str, before: Outline, after: Outline) -> Outline:
        """Makes the outline ``after`` of the one that is stored, ``before``.

        Chapters missing in ``after`` are deleted with all that belongs to them; those with
        negative ids are added. Returns the outline as it is then.
        """
        volume_ids = self._change_volumes(project_id, before, after)
        # Chapters of a volume that is gone are in none now, whatever id a new one has.
        kept = volume_ids.keys() & {volume.id for volume in before.volumes}
        gone = before.by_id.keys() - after.by_id.keys()
        self._remove_chapters(project_id, [before.by_id[chapter_id] for chapter_id in gone])
        stay = [c for c in after.chapters if c.id in before.by_id]
        self._renumber(project_id, [(before.by_id[c.id].number, c.number) for c in stay])
        for chapter in after.chapters:
            home = volume_ids.get(chapter.volume_id or 0)
            old = before.by_id.get(chapter.id)
            if old is None:
                self._add_chapter(project_id, chapter, home)
                continue
            past_home = old.volume_id if old.volume_id in kept else None
            if (old.title, old.plan, past_home) != (chapter.title, chapter.plan, home):
                self._set_outline(project_id, chapter.number, chapter.title, chapter.plan, home)
        self._touch(project_id)
        if {(c.id, c.number) for c in before.chapters} != {
            (c.id, c.number) for c in after.chapters
        }:
            move_noted_numbers(self._connection, project_id, number_map(before, after))
        return self.read(project_id)

    def fill(self, project_id: str, planned: Iterable[PlannedChapter]) -> tuple[int, ...]:
        """Stores plans where there is none; returns the numbers of those that were stored.

        What has a plan or a text by now is left as it is; an author's title too.
        """
        outline = self.read(project_id)
        stored = []
        for chapter in planned:
            present = outline.by_number.get(chapter.number)
            home = outline.volume_of(chapter.number)
            if present is None:
                new = ChapterPlan(-1, chapter.number, home, chapter.title, chapter.plan)
                self._add_chapter(project_id, new, home)
            elif present.is_blank:
                title = present.title.strip() or chapter.title
                home = present.volume_id
                self._set_outline(project_id, chapter.number, title, chapter.plan, home)
            else:
                continue
            stored.append(chapter.number)
        if stored:
            self._touch(project_id)
        return tuple(stored)

    def set_text(self, chapter_id: int, title: str, plan: str | None = None) -> None:
        """Replaces title and plan of a chapter, or the title alone; raises ``NotFoundError``."""
        row = self._connection.execute(
            select(
                chapters.c.project_id,
                chapters.c.chapter_number,
                chapter_outlines.c.volume_id,
                chapter_outlines.c.summary,
            )
            .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
            .where(chapters.c.id == chapter_id)
        ).one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {chapter_id}")
        plan = row.summary or "" if plan is None else plan
        self._set_outline(row.project_id, row.chapter_number, title, plan, row.volume_id)
        self._touch(row.project_id)

    def set_volume(self, volume: VolumePlan) -> None:
        """Replaces title, summary and size of a volume; raises ``NotFoundError``."""
        values = {
            "title": volume.title,
            "summary": volume.summary,
            "planned_chapters": volume.size,
        }
        self._update_volume(volume.id, values)

    def set_volume_title(self, volume_id: int, title: str) -> None:
        """Replaces the title of a volume; raises ``NotFoundError``."""
        self._update_volume(volume_id, {"title": title})

    def _update_volume(self, volume_id: int, values: dict[str, object]) -> None:
        changed = self._connection.execute(
            update(volumes).where(volumes.c.id == volume_id).values(**values)
        )
        if not changed.rowcount:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no volume {volume_id}")

    def _change_volumes(self, project_id: str, before: Outline, after: Outline) -> dict[int, int]:
        """Brings the volumes into their order; returns their ids by those in ``after``."""
        known = {volume.id for volume in before.volumes}
        kept = [volume.id for volume in after.volumes if volume.id in known]
        self._connection.execute(delete(volumes).where(volumes.c.id.in_(known.difference(kept))))
        # Positions are unique: first out of the way.
        self._connection.execute(
            update(volumes)
            .where(volumes.c.project_id == project_id)
            .values(volume_number=-volumes.c.volume_number)
        )
        ids: dict[int, int] = {}
        for position, volume in enumerate(after.volumes, start=1):
            values = {
                "volume_number": position,
                "title": volume.title,
                "summary": volume.summary,
                "planned_chapters": volume.size,
            }
            ids[volume.id] = volume.id
            if volume.id in known:
                self._connection.execute(
                    update(volumes).where(volumes.c.id == volume.id).values(**values)
                )
            else:
                ids[volume.id] = self._insert(volumes, volume.id, project_id=project_id, **values)
        return ids

    def _insert(self, table: Table, wanted: int, **values: Any) -> int:
        """A new row; under its old id, if it had one that is free."""
        taken = select(exists().where(table.c.id == wanted))
        if wanted > 0 and not self._connection.execute(taken).scalar_one():
            values["id"] = wanted
        return self._insert_row(insert(table).values(**values))

    def _remove_chapters(self, project_id: str, gone: list[ChapterPlan]) -> None:
        if not gone:
            return
        self._connection.execute(
            delete(chapter_outlines).where(
                chapter_outlines.c.project_id == project_id,
                chapter_outlines.c.chapter_number.in_([each.number for each in gone]),
            )
        )
        self._connection.execute(
            delete(chapters).where(chapters.c.id.in_([each.id for each in gone]))
        )

    def _renumber(self, project_id: str, numbers: list[tuple[int, int]]) -> None:
        changed = [{"old": old, "new": -new} for old, new in numbers if old != new]
        if not changed:
            return
        for table in (chapters, chapter_outlines):
            mine = table.c.project_id == project_id
            self._connection.execute(
                update(table)
                .where(mine, table.c.chapter_number == bindparam("old"))
                .values(chapter_number=bindparam("new")),
                changed,
            )
            self._connection.execute(
                update(table)
                .where(mine, table.c.chapter_number < 0)
                .values(chapter_number=-table.c.chapter_number)
            )

    def _add_chapter(self, project_id: str, chapter: ChapterPlan, home: int | None) -> None:
        now = self._clock()
        self._insert(
            chapters,
            chapter.id,
            project_id=project_id,
            chapter_number=chapter.number,
            created_at=now,
            updated_at=now,
        )
        self._connection.execute(
            insert(chapter_outlines).values(
                project_id=project_id,
                volume_id=home,
                chapter_number=chapter.number,
                title=chapter.title,
                summary=chapter.plan,
            )
        )

    def _set_outline(
        self, project_id: str, number: int, title: str, plan: str, home: int | None
    ) -> None:
        values = {"title": title, "summary": plan, "volume_id": home}
        changed = self._connection.execute(
            update(chapter_outlines)
            .where(
                chapter_outlines.c.project_id == project_id,
                chapter_outlines.c.chapter_number == number,
            )
            .values(**values)
        )
        if not changed.rowcount:
            # A chapter may have come without an outline.
            self._connection.execute(
                insert(chapter_outlines).values(
                    project_id=project_id, chapter_number=number, **values
                )
            )

    def _touch(self, project_id: str) -> None:
        self._connection.execute(
            update(novel_projects)
            .where(novel_projects.c.id == project_id)
            .values(updated_at=self._clock())
        )


def _chapters_query(project_id: str) -> Any:
    texts = (
        exists(select(1).where(table.c.chapter_id == chapters.c.id))
        for table in (chapter_versions, chapter_drafts, chapter_candidates)
    )
    return (
        select(
            chapters.c.id,
            chapters.c.chapter_number,
            chapters.c.status,
            chapters.c.word_count,
            chapters.c.real_summary,
            chapter_outlines.c.volume_id,
            chapter_outlines.c.title,
            chapter_outlines.c.summary,
            chapter_outlines.c.label,
            or_(*texts).label("has_text"),
        )
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
        .where(chapters.c.project_id == project_id)
        .order_by(chapters.c.chapter_number)
    )


def _to_chapter(row: Any, label: str | None) -> ChapterPlan:
    written = row.status == ChapterStatus.WRITTEN.value
    return ChapterPlan(
        id=row.id,
        number=row.chapter_number,
        volume_id=row.volume_id,
        title=row.title or "",
        plan=row.summary or "",
        summary=row.real_summary,
        is_written=written,
        has_text=written or bool(row.has_text),
        word_count=row.word_count,
        label=label,
    )
