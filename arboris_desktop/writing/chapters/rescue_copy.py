"""The text of a running stream, stored elsewhere while the database does not accept it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.rescue import PutAside, RescuedKind, RescuedText, UnsavedTextError
from arboris_desktop.storage.backups.rescue import RescueFiles
from arboris_desktop.writing.chapters.chapter_request import ChapterJob

log = logging.getLogger(__name__)


class RescueCopy:
    """A growing text; the caller reports whether storing it succeeded. Thread-safe."""

    def __init__(
        self, files: RescueFiles, job: ChapterJob, candidate_id: int | None = None
    ) -> None:
        self._files = files
        self._file: Path | None = None
        chapter, project = job.chapter, job.project
        kind = RescuedKind.DRAFT if candidate_id is None else RescuedKind.CANDIDATE
        self._rescued = RescuedText(
            chapter.id,
            project.id,
            chapter.number,
            project.title,
            chapter.title,
            job.draft,
            utc_now(),
            kind,
            candidate_id=candidate_id,
            label=chapter.label,
        )

    def keep(self, text: str, provider: str) -> None:
        """Records that the database did not take the text, which goes into a file if there is room
        anywhere."""
        self._rescued = replace(self._rescued, text=text, provider=provider, written_at=utc_now())
        try:
            self._file = self._files.keep(self._rescued)
        except StorageError as error:
            log.warning("what cannot be stored cannot be put aside either: %s", error)
            self._file = None

    def forget(self) -> None:
        """Records that the text is stored."""
        if self._file is None:
            return
        try:
            self._files.forget(self._rescued)
        except StorageError as error:
            # The next start will notice that it is stored.
            log.warning("a text that is stored cannot be removed from %s: %s", self._file, error)
        self._file = None

    def unsaved(self, cause: StorageError) -> UnsavedTextError:
        """Returns the error that carries the unsaved text."""
        return UnsavedTextError(cause, PutAside(self._rescued, self._file))
