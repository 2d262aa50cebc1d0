"""The author's changes of the outline, each in one transaction and undoable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database

Change = Callable[[Outline], Outline]
"""See ``domain.outline_changes``."""


@record
class OutlineChange:
    """The outline before and after a change."""

    project_id: str
    before: Outline
    after: Outline

    @property
    def moved_written(self) -> tuple[ChapterPlan, ...]:
        """The written chapters, as they are now, whose number has changed."""
        past = {chapter.id: chapter.number for chapter in self.before.chapters}
        return tuple(c for c in self.after.chapters if c.is_written and past.get(c.id) != c.number)

    @property
    def added(self) -> tuple[int, ...]:
        """The ids of new chapters."""
        return tuple(c.id for c in self.after.chapters if c.id not in self.before.by_id)


class OutlineEditing:
    """Reads and changes outlines. Every method raises ``NotFoundError`` if the novel is gone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, project_id: str) -> Outline:
        """Returns the outline of a novel."""
        with self._database.read() as transaction:
            return transaction.outlines.read(project_id)

    def open_with_language(self, project_id: str) -> tuple[Outline, Language]:
        """Returns the outline of a novel, and the language of the novel."""
        with self._database.read() as transaction:
            project = transaction.projects.get(project_id)
            return transaction.outlines.read(project_id).derived(), project.language

    def change(
        self, project_id: str, change: Change, *, may_lose_text: bool = False
    ) -> OutlineChange:
        """Makes a change. Raises ``RuleError`` if it would delete a chapter with text.

        ``may_lose_text`` means that the author was told and agrees.
        """
        with self._database.write() as transaction:
            before = transaction.outlines.read(project_id)
            wanted = change(before)
            gone = [c for c in before.chapters if c.id not in wanted.by_id]
            if not may_lose_text and any(chapter.has_text for chapter in gone):
                raise RuleError(
                    ErrorKind.TEXT_WOULD_BE_LOST, "a chapter that has text would be lost"
                )
            if wanted == before:
                return OutlineChange(project_id, before, before)
            after = transaction.outlines.change(project_id, before, wanted)
            return OutlineChange(project_id, before, after.derived())

    def undo(self, made: OutlineChange) -> Outline:
        """Undoes a change; what the author typed elsewhere since then stays.

        Raises ``RuleError`` if a later change of the outline makes that impossible.
        """
        with self._database.write() as transaction:
            now = transaction.outlines.read(made.project_id)
            wanted = _taken_back(made, now)
            if wanted == now:
                return now
            return transaction.outlines.change(made.project_id, now, wanted).derived()

    def change_chapter(self, chapter_id: int, title: str, plan: str) -> None:
        """Stores what the author typed for a chapter. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.outlines.set_text(chapter_id, title, plan)

    def rename_chapter(self, chapter_id: int, title: str) -> None:
        """Changes the title of a chapter. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.outlines.set_text(chapter_id, title)

    def rename_volume(self, volume_id: int, title: str) -> None:
        """Changes the title of a volume. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.outlines.set_volume_title(volume_id, title)

    def change_volume(self, volume: VolumePlan) -> None:
        """Stores what the author typed for a volume. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.outlines.set_volume(volume)


def _taken_back(made: OutlineChange, now: Outline) -> Outline:
    if _structure(now) != _structure(made.after):
        raise RuleError(ErrorKind.CHANGED_SINCE, "the outline was changed since")
    chapters = [_as_before(chapter, made, now) for chapter in made.before.chapters]
    for chapter in made.after.chapters:
        if chapter.id not in made.before.by_id:
            _refuse_if_edited(chapter, now.by_id[chapter.id])
    known = {volume.id: volume for volume in now.volumes}
    after = {volume.id: volume for volume in made.after.volumes}
    volumes = tuple(
        known[v.id] if v.id in known and after[v.id] == v else v for v in made.before.volumes
    )
    return Outline(volumes, tuple(chapters))


def _as_before(chapter: ChapterPlan, made: OutlineChange, now: Outline) -> ChapterPlan:
    """Returns a chapter with its present words, unless the change itself set them."""
    changed, present = made.after.by_id.get(chapter.id), now.by_id.get(chapter.id)
    if changed is None or present is None:
        return chapter
    if (changed.title, changed.plan) == (chapter.title, chapter.plan):
        return replace(chapter, title=present.title, plan=present.plan)
    _refuse_if_edited(changed, present)
    return chapter


def _refuse_if_edited(changed: ChapterPlan, present: ChapterPlan) -> None:
    same = (changed.title, changed.plan) == (present.title, present.plan)
    if not same or present.has_text != changed.has_text:
        raise RuleError(ErrorKind.CHANGED_SINCE, f"chapter {present.number} was changed since")


def _structure(outline: Outline) -> object:
    return (
        [(volume.id, volume.size) for volume in outline.volumes],
        [(chapter.id, chapter.number, chapter.volume_id) for chapter in outline.chapters],
    )
