"""The writers of chapters: one at a time for each, wherever it was begun."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record


class WriterKind(StrEnum):
    """The kind of work that writes a chapter."""

    DRAFT = "draft"
    CANDIDATES = "candidates"
    CONTINUATION = "continuation"
    REVISION = "revision"
    AUTO = "auto"


class Program(StrEnum):
    """The program in which a writer was begun."""

    WINDOW = "window"
    COMMAND = "command"


@record
class ChapterWriter:
    """A chapter and who writes it: ``owner`` is the process, ``run_id`` one of the auto-writer."""

    chapter_id: int
    kind: WriterKind
    program: Program
    owner: str
    run_id: int | None = None

    @property
    def process(self) -> str:
        """The number of the process, as the system names it."""
        return self.owner.partition("-")[0]

    def joins(self, other: ChapterWriter) -> bool:
        """True if both are parts of one work: candidates of a chapter, or the steps of a run."""
        if (self.owner, self.kind) != (other.owner, other.kind):
            return False
        is_same_run = self.run_id is not None and self.run_id == other.run_id
        return is_same_run if self.kind is WriterKind.AUTO else self.kind is WriterKind.CANDIDATES


class ChapterBusyError(RuleError):
    """The chapter is being written: by this process (``is_here``) or by another one."""

    def __init__(self, writer: ChapterWriter, *, is_here: bool) -> None:
        super().__init__(ErrorKind.CHAPTER_BUSY, _in_english(writer, is_here))
        self.writer = writer
        self.is_here = is_here


_NAMES = {
    WriterKind.DRAFT: "a draft of this chapter is being written",
    WriterKind.CANDIDATES: "candidates of this chapter are being written",
    WriterKind.CONTINUATION: "a continuation of this chapter is being written",
    WriterKind.REVISION: "a passage of this chapter is being revised",
    WriterKind.AUTO: "a run of the auto-writer is writing this chapter",
}


def _in_english(writer: ChapterWriter, is_here: bool) -> str:
    place = "another window" if writer.program is Program.WINDOW else "a command"
    where = "here" if is_here else f"by {place} (process {writer.process})"
    return f"{_NAMES[writer.kind]} {where}"
