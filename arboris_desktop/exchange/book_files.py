"""Novels as files: previewing, importing and exporting.

There are many readers and writers, so each function imports its own when it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.exchange.progress import Progress, silent
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance

if TYPE_CHECKING:
    from arboris_desktop.exchange.appending import Appended
    from arboris_desktop.exchange.correction import Correction
    from arboris_desktop.exchange.multi_novel_results import FoundNovels, ImportedNovels
    from arboris_desktop.exchange.preview import FilePreview
    from arboris_desktop.exchange.volume_chapters import VolumeChapters


class BookFiles:
    """Imports and exports of one library."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._noting = instance.noting

    def look_into(self, path: Path) -> FilePreview:
        """Returns what a file would be as a novel. Raises ``ArborisError``."""
        from arboris_desktop.exchange.preview import look_into

        return look_into(path)

    def import_book(
        self,
        path: Path,
        progress: Progress = silent,
        correction: Correction | None = None,
        *,
        accept_instructions: bool = False,
    ) -> str:
        """Imports a file as a new novel and returns its id. Raises ``ArborisError``."""
        from arboris_desktop.exchange.books import import_book

        return import_book(
            self._database, path, progress, correction, accept_instructions=accept_instructions
        )

    def import_as_one(
        self,
        paths: Sequence[Path],
        progress: Progress = silent,
        correction: Correction | None = None,
    ) -> str:
        """Imports several files as one new novel and returns its id. Raises ``ArborisError``."""
        from arboris_desktop.exchange.books import store_book
        from arboris_desktop.exchange.preview import BookFile

        book = BookFile(paths[0], tuple(paths[1:])).book(correction)
        return store_book(self._database, book, progress)

    def look_into_several(self, path: Path) -> FoundNovels | None:
        """Returns the novels in a file that may hold several; ``None`` for other files.

        Raises ``ArborisError`` if it is damaged, or a database of something else.
        """
        from arboris_desktop.exchange.multi_novel_files import look_into

        return look_into(path)

    def import_several(self, path: Path, progress: Progress = silent) -> ImportedNovels:
        """Imports all novels of such a file, or none. Raises ``ArborisError``."""
        from arboris_desktop.exchange.multi_novel_files import import_all

        return import_all(self._database, path, progress)

    def append_book(
        self,
        project_id: str,
        path: Path,
        progress: Progress = silent,
        correction: Correction | None = None,
    ) -> Appended:
        """Appends the chapters of a text to a novel. Raises ``ArborisError`` and ``RuleError``."""
        from arboris_desktop.exchange.appending import append_book

        return append_book(self._database, project_id, path, correction, progress)

    def volumes(self, project_id: str) -> list[VolumeChapters]:
        """The volumes of a novel, as a choice of what is exported."""
        from arboris_desktop.exchange.volume_chapters import volumes_of

        return volumes_of(self._database, project_id)

    def export_library(self, path: Path, progress: Progress = silent) -> int:
        """Writes every novel to one file; returns how many. Raises ``ArborisError``."""
        from arboris_desktop.exchange.library_file import export_library

        return export_library(self._database, path, progress, self._noting)

    def export_book(
        self,
        project_id: str,
        form: str,
        path: Path,
        *,
        overwrite: bool = False,
        options: ExportOptions | None = None,
        progress: Progress = silent,
    ) -> None:
        """Writes a novel to a file (``arboris``, ``docx``, ``epub`` …). Raises ``ArborisError``."""
        from arboris_desktop.exchange.book_export import export_book

        export_book(
            self._database,
            project_id,
            form,
            path,
            overwrite=overwrite,
            options=options,
            progress=progress,
            noting=self._noting,
        )
