"""Pasting from programs with styles: italic and bold are kept, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from arboris_desktop.ui.chapter.editor.document_text import read_document

_PICTURE = "\ufffc"
_MOST = 2_000_000
"""Longer documents are pasted as plain text: Qt would lay out their tables for minutes."""


def styled_text(source: QMimeData) -> str | None:
    """Returns the text with marks for italic and bold, or ``None`` without any.

    If the accompanying plain text has other words, as with tables, only that counts.
    """
    html = source.html() if source.hasHtml() else ""
    if not html or len(html) > _MOST:
        return None
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setHtml(html)
    _take_looks_from_headings(document)
    shown = read_document(document)
    if source.hasText() and _words(source.text()) != _words(shown.text):
        return None
    is_plain = all(paragraph.is_plain for paragraph in shown.paragraphs)
    return None if is_plain and source.hasText() else shown.stored.replace(_PICTURE, "")


def _take_looks_from_headings(document: QTextDocument) -> None:
    """Headings are bold by nature, without emphasis being intended."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(QTextCharFormat())
        block = block.next()


def _words(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
