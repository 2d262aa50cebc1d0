"""Chapters that are being written, and those whose writing ended early."""

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
    """A chapter's text was extended."""

    changed = Signal(int)
    """The writing of a chapter began or ended, or its unfinished state has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._streams: dict[int, _Stream] = {}
        self._drafts: dict[int, str] = {}
        self._notices: dict[int, ChapterDraft | WritingFailure] = {}

    def live(self, chapter_id: int) -> LiveText | None:
        """Returns the text of a chapter that is being written."""
        stream = self._streams.get(chapter_id)
        return None if stream is None else stream.text

    def draft(self, chapter_id: int) -> str | None:
        """Returns the text of a chapter whose writing ended early."""
        return self._drafts.get(chapter_id)

    def notice(self, chapter_id: int) -> ChapterDraft | WritingFailure | None:
        """Returns the notice or the question about a chapter."""
        return self._notices.get(chapter_id)

    def begin(self, chapter_id: int, initial_text: str, language: Language) -> None:
        """Starts collecting a chapter's text; earlier unfinished work on it is settled."""
        self._forget(chapter_id)
        buffer = StreamBuffer(self)
        buffer.flushed.connect(partial(self._grow, chapter_id))
        self._streams[chapter_id] = _Stream(LiveText(initial_text, language), buffer)
        self.changed.emit(chapter_id)

    def append(self, chapter_id: int, text: str) -> None:
        """Appends to a chapter that is being written; ignores others."""
        stream = self._streams.get(chapter_id)
        if stream is not None:
            stream.buffer.add(text)

    def replace(self, chapter_id: int, text: str) -> bool:
        """Replaces the text; returns false if the chapter is not being written."""
        stream = self._streams.get(chapter_id)
        if stream is not None:
            stream.buffer.finish()
            stream.text.replace(text)
            self.changed.emit(chapter_id)
        return stream is not None

    def stop(self, chapter_id: int) -> None:
        """Turns the text into a draft after the writing ended early."""
        text = self._end(chapter_id)
        if text:
            self._drafts[chapter_id] = text
        self.changed.emit(chapter_id)

    def offer(self, draft: ChapterDraft) -> None:
        """Records a stored draft that waits for a decision."""
        self._end(draft.chapter_id)
        self._drafts[draft.chapter_id] = draft.content
        self._notices[draft.chapter_id] = draft
        self.changed.emit(draft.chapter_id)

    def fail(self, chapter_id: int, failure: WritingFailure) -> None:
        """Records that the writing failed.

        The text stays in view even if it could not be stored.
        """
        self.stop(chapter_id)
        self._notices[chapter_id] = failure

    def forget(self, chapter_id: int) -> None:
        """Records that the chapter is complete, or its draft was discarded."""
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
