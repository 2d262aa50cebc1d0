"""Copies of a text as it is: without the fonts and colours in which it happens to be shown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

_LINE_ENDS = str.maketrans("\u2029\u2028", "\n\n")


def plain_copy(data: QMimeData, cursor: QTextCursor) -> QMimeData:
    """The selection for the clipboard or a drag, to the letter and as plain text alone.

    It stands in what Qt made of the selection: an object of ours, which the clipboard keeps, would
    outlive the interpreter and end the app by a crash.
    """
    data.text()  # Qt fills it in when it is first asked, and would do so after the clearing
    data.clear()
    data.setText(cursor.selectedText().translate(_LINE_ENDS))
    return data
