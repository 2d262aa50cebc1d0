"""Copying text without the fonts and colours in which it is shown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

_LINE_ENDS = str.maketrans("\u2029\u2028", "\n\n")


def plain_copy(data: QMimeData, cursor: QTextCursor) -> QMimeData:
    """Returns the selection for the clipboard or a drag, as exact plain text only.

    It reuses Qt's object: one of ours, which the clipboard keeps, would outlive the interpreter and
    crash at exit.
    """
    data.text()  # Qt fills it in lazily, which would happen after it is cleared.
    data.clear()
    data.setText(cursor.selectedText().translate(_LINE_ENDS))
    return data
