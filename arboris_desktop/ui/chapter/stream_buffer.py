"""Batches the tokens of a streamed chapter, so that the document changes at display rate."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

FLUSH_MS = 25
"""Milliseconds; of the 50 from a token's arrival to its painting, this leaves 25 for layout and
paint."""


class StreamBuffer(QObject):
    """Emits text in batches, in order and at most once per interval.

    A token after a pause is passed on at once; only those that follow it closely wait. Belongs to
    the GUI thread.
    """

    flushed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = FLUSH_MS) -> None:
        super().__init__(parent)
        self._parts: list[str] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._flush)

    def add(self, text: str) -> None:
        """Takes some text; it is emitted at once, or together with what arrives within the
        interval."""
        if not text:
            return
        self._parts.append(text)
        if not self.is_waiting():
            self._flush()

    def finish(self) -> None:
        """Emits at once what is waiting."""
        self._timer.stop()
        self._emit()

    def is_waiting(self) -> bool:
        """True if text added now would wait."""
        return self._timer.isActive()

    @Slot()
    def _flush(self) -> None:
        if self._parts:
            self._timer.start()
            self._emit()

    def _emit(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        if text:
            self.flushed.emit(text)
