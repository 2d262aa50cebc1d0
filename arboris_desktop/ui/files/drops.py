"""Files and folders that are dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent, QWindow
from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.files.opened_files import usable_path

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
_BECOMES_WINDOW = (QEvent.Type.WinIdChange, QEvent.Type.Show)


class FileDrops(QObject):
    """Takes files wherever in the window they are dropped, also on a text, a field or a list.

    A drag is seen as the system tells the window of it, before any widget below the mouse: what a
    text would take are the names of files. All else that is dragged goes its way.
    """

    dropped = Signal(object)
    """The absolute paths of files and folders that were dropped together."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handle: QWindow | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._watch_handle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes drags and drops of files, once the widget is a window of the system."""
        if event.type() in _DRAGS and isinstance(event, QDropEvent):
            if watched is self._handle and _has_files(event):
                self._answer(event)
                return True
        elif event.type() in _BECOMES_WINDOW and watched is self._window:
            self._watch_handle()
        return super().eventFilter(watched, event)

    def _answer(self, event: QDropEvent) -> None:
        """Refuses files that are not there: a text would take their names."""
        paths = _paths(event)
        if not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)

    def _watch_handle(self) -> None:
        # Without an id there is no window of the system yet.
        if self._window.internalWinId() and self._window.windowHandle() is not self._handle:
            self._handle = self._window.windowHandle()
            self._handle.installEventFilter(self)


def _has_files(event: QDropEvent) -> bool:
    return event.mimeData().hasUrls() and any(u.isLocalFile() for u in event.mimeData().urls())


def _paths(event: QDropEvent) -> list[Path]:
    found = [usable_path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
    return [path for path in found if path is not None and (path.is_file() or path.is_dir())]
