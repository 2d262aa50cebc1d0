"""Files that the author opened outside: on the command line, in another process, on the desktop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

LONGEST_PATH_BYTES = 32 * 1024
"""More than any system allows."""


def usable_path(text: str) -> Path | None:
    """Returns the path if it is valid: absolute, not too long, without control characters."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:
        return None
    if not text or len(encoded) > LONGEST_PATH_BYTES or any(ord(one) < 32 for one in text):
        return None
    path = Path(text)
    return path if path.is_absolute() else None


class OpenedFiles(QObject):
    """Queues them until they are taken: they may arrive before there is a window."""

    arrived = Signal()
    """There are files to take."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []

    @Slot(object)
    def add(self, path: Path) -> None:
        """Queues a file."""
        self._waiting.append(path)
        self.arrived.emit()

    def take(self) -> list[Path]:
        """Returns the files queued since the last call."""
        taken, self._waiting = self._waiting, []
        return taken


class StudioApplication(QApplication):
    """The Qt application, which macOS notifies of opened files."""

    file_opened = Signal(object)
    """The absolute path of an opened file."""

    def event(self, event: QEvent) -> bool:
        """Handles file events, which come to the application itself."""
        if isinstance(event, QFileOpenEvent):
            if (path := usable_path(event.file())) is not None:
                self.file_opened.emit(path)
            return True
        return super().event(event)
