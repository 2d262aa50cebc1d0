"""Files and folders that are dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from arboris_desktop.ui.files.opened_files import usable_path

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrops(QObject):
    """Takes files wherever they are dropped, also on a text, which would take their names."""

    dropped = Signal(object)
    """The absolute paths of files and folders that were dropped together."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.watch(window)

    def watch(self, part: QWidget) -> None:
        """Takes what is dropped on a text within a part of the window, too."""
        for text in (*part.findChildren(QTextEdit), *part.findChildren(QPlainTextEdit)):
            text.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes drags and drops of files; what else is dragged goes its way."""
        if event.type() in _DRAGS and isinstance(event, QDropEvent):
            paths = _paths(event)
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(paths)
                return True
        return super().eventFilter(watched, event)


def _paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    found = [usable_path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in found if path is not None and (path.is_file() or path.is_dir())]
