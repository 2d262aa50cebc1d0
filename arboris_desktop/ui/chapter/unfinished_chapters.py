"""Chapters that are being written, and those whose writing ended before its end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import ChapterDraft, Language
from arboris_desktop.domain.record import record
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer


@record
class WritingFailure:
    """The reason why the writing of a chapter failed; ``has_draft`` if some text of it is
    stored."""

    kind: ErrorKind
    detail: str
    has_draft: bool
    raw: str = ""


@record
class _Stream:
    text: LiveText
    buffer: StreamBuffer


class UnfinishedChapters(QObject):
    """Keeps growing texts, drafts and notices by chapter, whichever chapter is shown."""

    grew = Signal(int, str)
    """A chapter has this much more text than ``live`` had before."""

    changed = Signal(int)
    """A chapter begins or ends to be written, or what is unfinished of it is another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._streams: dict[int, _Stream] = {}
        self._drafts: dict[int, str] = {}
        self._notices: dict[int, ChapterDraft | WritingFailure] = {}

    def live(self, chapter_id: int) -> LiveText | None:
        """The text of a chapter that is being written."""
        stream = self._streams.get(chapter_id)
        return None if stream is None else stream.text

    def draft(self, chapter_id: int) -> str | None:
        """The text of a chapter whose writing ended early."""
        return self._drafts.get(chapter_id)

    def notice(self, chapter_id: int) -> ChapterDraft | WritingFailure | None:
        """The notice or the question that the author is to see about a chapter."""
        return self._notices.get(chapter_id)

    def begin(self, chapter_id: int, initial_text: str, language: Language) -> None:
        """Begins to collect a chapter's text; what was unfinished of it before is settled."""
        self._forget(chapter_id)
        buffer = StreamBuffer(self)
        buffer.flushed.connect(partial(self._grow, chapter_id))
        self._streams[chapter_id] = _Stream(LiveText(initial_text, language), buffer)
        self.changed.emit(chapter_id)

    def append(self, chapter_id: int, text: str) -> None:
        """Adds text to a chapter that is being written; for others it does nothing."""
        stream = self._streams.get(chapter_id)
        if stream is not None:
            stream.buffer.add(text)

    def replace(self, chapter_id: int, text: str) -> bool:
        """Puts another text in the place of what came; false if it is not being written."""
        stream = self._streams.get(chapter_id)
        if stream is not None:
            stream.buffer.finish()
            stream.text.replace(text)
            self.changed.emit(chapter_id)
        return stream is not None

    def stop(self, chapter_id: int) -> None:
        """The writing ended early: what came becomes a draft."""
        text = self._end(chapter_id)
        if text:
            self._drafts[chapter_id] = text
        self.changed.emit(chapter_id)

    def offer(self, draft: ChapterDraft) -> None:
        """A stored draft waits for a decision."""
        self._end(draft.chapter_id)
        self._drafts[draft.chapter_id] = draft.content
        self._notices[draft.chapter_id] = draft
        self.changed.emit(draft.chapter_id)

    def fail(self, chapter_id: int, failure: WritingFailure) -> None:
        """The writing failed. What came stays in view even if no draft of it could be stored."""
        self.stop(chapter_id)
        self._notices[chapter_id] = failure

    def forget(self, chapter_id: int) -> None:
        """The chapter is complete, or its draft was discarded."""
        self._forget(chapter_id)
        self.changed.emit(chapter_id)

    def _forget(self, chapter_id: int) -> None:
        self._end(chapter_id)
        self._drafts.pop(chapter_id, None)
        self._notices.pop(chapter_id, None)

    def _end(self, chapter_id: int) -> str:
        stream = self._streams.get(chapter_id)
        if stream is None:
            return ""
        stream.buffer.finish()
        del self._streams[chapter_id]
        stream.buffer.deleteLater()
        return stream.text.text

    def _grow(self, chapter_id: int, text: str) -> None:
        self._streams[chapter_id].text.append(text)
        self.grew.emit(chapter_id, text)
