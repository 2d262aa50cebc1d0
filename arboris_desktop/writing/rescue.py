"""Text that could not be saved: put aside at once, and offered until it is stored or unwanted."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import ChapterOverview, ChapterVersion
from arboris_desktop.domain.rescue import RescuedText
from arboris_desktop.storage.backups.rescue import RescueFiles
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.errors import file_errors
from arboris_desktop.writing.editing import Editing


class Rescue:
    """Keeps such text beside the database."""

    def __init__(self, database: Database, editing: Editing) -> None:
        self._database = database
        self._editing = editing
        self._files = RescueFiles(database.paths.rescue)

    @property
    def folder(self) -> Path:
        """Where the texts are."""
        return self._files.folder

    def keep(self, rescued: RescuedText) -> None:
        """Puts a text aside; raises ``StorageError`` when not even that can be done."""
        self._files.keep(rescued)

    def forget(self, chapter_id: int) -> None:
        """The chapter's text is stored, or the author does not want it; raises ``StorageError``."""
        self._files.forget(chapter_id)

    def found(self) -> list[RescuedText]:
        """What an earlier run put aside and nobody stored since; raises ``StorageError``."""
        left = []
        for rescued in self._files.found():
            chapter = self._chapter(rescued)
            if chapter is not None and self._is_stored(chapter.id, rescued.text):
                self._files.forget(rescued.chapter_id)
            else:
                left.append(rescued)
        return left

    def put_back(self, rescued: RescuedText) -> ChapterVersion:
        """Makes it the chapter's newest version; the others stay.

        Raises ``NotFoundError`` when the chapter is gone, ``StorageError`` when it still cannot be
        stored; the text then stays aside.
        """
        if self._chapter(rescued) is None:
            raise NotFoundError(
                ErrorKind.CHAPTER_GONE, f"chapter {rescued.number} of {rescued.novel} is gone"
            )
        version = self._editing.save(rescued.chapter_id, rescued.text, None)
        self._files.forget(rescued.chapter_id)
        return version

    def _chapter(self, rescued: RescuedText) -> ChapterOverview | None:
        """The chapter it was written in: after a backup was restored, its number in the database
        may be another one's."""
        try:
            with self._database.read() as transaction:
                found = transaction.chapters.overview(rescued.chapter_id)
        except NotFoundError:
            return None
        same = (found.project_id, found.number) == (rescued.project_id, rescued.number)
        return found if same else None

    def _is_stored(self, chapter_id: int, text: str) -> bool:
        with self._database.read() as transaction:
            versions = transaction.chapters.versions(chapter_id)
        return any(version.content == text for version in versions)


def write_copy(path: Path, texts: list[RescuedText]) -> None:
    """Writes texts to a file of the author's choice; raises ``StorageError``."""
    parts = [f"{each.novel}\n{each.number}. {each.title}\n\n{each.text}\n" for each in texts]
    with file_errors():
        path.write_text("\n\n".join(parts), encoding="utf-8")
