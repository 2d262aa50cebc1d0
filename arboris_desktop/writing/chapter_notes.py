"""The author's own status and scratchpad of each chapter."""

from __future__ import annotations

from arboris_desktop.domain.chapter_notes import ChapterNotes, OwnStatus
from arboris_desktop.storage.database import Database


class Notebook:
    """Reads and writes notes. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_chapter(self, chapter_id: int) -> ChapterNotes:
        """Returns the notes of a chapter."""
        with self._database.read() as transaction:
            return transaction.notes.get(chapter_id)

    def set_status(self, chapter_id: int, status: OwnStatus) -> None:
        """Sets the status of a chapter. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.chapters.overview(chapter_id)
            transaction.notes.set_status(chapter_id, status)

    def set_scratchpad(self, chapter_id: int, text: str) -> None:
        """Stores the author's notes. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.chapters.overview(chapter_id)
            transaction.notes.set_scratchpad(chapter_id, text)
