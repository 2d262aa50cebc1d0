"""The author's changes between the keystroke and the disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

AUTOSAVE_MS = 800
"""Saved this long after the last keystroke."""

RETRY_MS = 5000
"""A failed save is offered again after this time, or with the next change."""


class EditTracker(QObject):
    """Offers changed text for saving after a pause in typing, and keeps it until it is saved.

    ``changed`` carries the chapter and its whole text. What was offered stays available from
    ``unsaved`` until ``confirm``, so that a slow or failed save never brings old text back.
    """

    changed = Signal(int, str)

    def __init__(
        self,
        read_text: Callable[[], str],
        parent: QObject | None = None,
        *,
        autosave_ms: int = AUTOSAVE_MS,
        retry_ms: int = RETRY_MS,
    ) -> None:
        super().__init__(parent)
        self._read_text = read_text
        self._touched: int | None = None
        self._unsaved: dict[int, str] = {}
        self._failed: set[int] = set()
        self._autosave_ms, self._retry_ms = autosave_ms, retry_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def touch(self, chapter_id: int) -> None:
        """Notes that the author changed the chapter that is shown."""
        self._touched = chapter_id
        self._timer.start(self._autosave_ms)

    @Slot()
    def flush(self) -> None:
        """Offers the change that is not offered yet, and again those whose saving failed."""
        self._timer.stop()
        self.flush_touched()
        again, self._failed = self._failed, set()
        for chapter_id in again:
            self.changed.emit(chapter_id, self._unsaved[chapter_id])

    @Slot()
    def flush_touched(self) -> None:
        """Offers the change that is not offered yet."""
        chapter_id, self._touched = self._touched, None
        if chapter_id is not None:
            text = self._read_text()
            self._unsaved[chapter_id] = text
            self._failed.discard(chapter_id)
            self.changed.emit(chapter_id, text)

    def confirm(self, chapter_id: int, saved: str) -> bool:
        """Notes that a text is on the disk; returns whether that was the newest one."""
        if self._unsaved.get(chapter_id) == saved:
            del self._unsaved[chapter_id]
            self._failed.discard(chapter_id)
        return chapter_id not in self._unsaved and self._touched != chapter_id

    def fail(self, chapter_id: int) -> None:
        """Notes that a text could not be saved; it is offered again after a while."""
        if chapter_id in self._unsaved:
            self._failed.add(chapter_id)
            self._timer.start(self._retry_ms)

    def unsaved(self, chapter_id: int) -> str | None:
        """The text that was offered and not confirmed."""
        return self._unsaved.get(chapter_id)

    def all_unsaved(self) -> dict[int, str]:
        """Every text that is not known to be on the disk, by chapter, the newest typing too."""
        unsaved = dict(self._unsaved)
        if self._touched is not None:
            unsaved[self._touched] = self._read_text()
        return unsaved

    def is_pending(self) -> bool:
        """Whether any change is not known to be on the disk."""
        return self._touched is not None or bool(self._unsaved)
