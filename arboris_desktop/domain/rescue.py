"""Text that could not be stored where it belongs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.record import record


class RescuedKind(StrEnum):
    """The writer of a text, which decides how it is put back."""

    TYPED = "typed"
    DRAFT = "draft"
    CANDIDATE = "candidate"


@record
class RescuedText:
    """A chapter's text, and enough to find its chapter again, also after a backup was restored.

    ``provider`` wrote it, unless the author typed it; ``candidate_id`` is the candidate it is of.
    ``label`` is the number that the author gives the chapter.
    """

    chapter_id: int
    project_id: str
    number: int
    novel: str
    title: str
    text: str
    written_at: datetime
    kind: RescuedKind = RescuedKind.TYPED
    provider: str = ""
    candidate_id: int | None = None
    label: str | None = None

    @property
    def key(self) -> str:
        """The name under which the newest text of this kind is kept in a library."""
        if self.kind is RescuedKind.CANDIDATE:
            return f"candidate-{self.candidate_id}"
        ending = "" if self.kind is RescuedKind.TYPED else f"-{self.kind.value}"
        return f"chapter-{self.chapter_id}{ending}"


@record
class PutAside:
    """A text that is not stored, and the file that has it; ``None`` if it is nowhere on a disk."""

    rescued: RescuedText
    file: Path | None


class UnsavedTextError(StorageError):
    """A model's text that could not be stored; it is in this error, and perhaps put aside.

    It must not be asked for again: it is paid for.
    """

    def __init__(self, cause: StorageError, *texts: PutAside) -> None:
        super().__init__(cause.kind, cause.message)
        self.texts = texts

    @property
    def retryable(self) -> bool:
        """See ``ArborisError``."""
        return False

    @property
    def nowhere(self) -> list[RescuedText]:
        """The texts that exist only in this error."""
        return [each.rescued for each in self.texts if each.file is None]
