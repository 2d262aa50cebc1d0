"""Drags, as the system tells a window of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(target: QWidget, *paths: Path) -> bool:
    """Drops files; true if they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return drop_data(target, data, target.rect().center(), Qt.DropAction.CopyAction)


def drop_data(target: QWidget, data: QMimeData, at: QPoint, action: Qt.DropAction) -> bool:
    """Drops anything at a place of a widget; true if it was taken."""
    window = target.window()
    place = target.mapTo(window, at)
    handle = window.windowHandle()
    enter = QDragEnterEvent(place, action, data, _LEFT, _NO_KEY)
    QApplication.sendEvent(handle, enter)
    move = QDragMoveEvent(place, action, data, _LEFT, _NO_KEY)
    QApplication.sendEvent(handle, move)
    if not enter.isAccepted() or not move.isAccepted():
        return False
    event = QDropEvent(QPointF(place), action, data, _LEFT, _NO_KEY)
    QApplication.sendEvent(handle, event)
    return event.isAccepted()
