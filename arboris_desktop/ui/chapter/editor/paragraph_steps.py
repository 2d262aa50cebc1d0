"""Ctrl+Up and Ctrl+Down: from paragraph to paragraph, as in word processors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QTextEdit

_KEYS = QKeySequence.StandardKey
_OF_THE_SYSTEM = (
    _KEYS.MoveToStartOfDocument,
    _KEYS.MoveToEndOfDocument,
    _KEYS.SelectStartOfDocument,
    _KEYS.SelectEndOfDocument,
)
"""The same keys on macOS."""


def step_by_paragraph(editor: QTextEdit, event: QKeyEvent) -> bool:
    """Moves to the beginning of a paragraph, with Shift selecting; returns true if the key is for
    that."""
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_arrow = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
    if not is_arrow or held & ~shift != control or any(map(event.matches, _OF_THE_SYSTEM)):
        return False
    modes = QTextCursor.MoveMode
    mode = modes.KeepAnchor if held & shift else modes.MoveAnchor
    cursor = editor.textCursor()
    cursor.movePosition(_move(cursor, down=event.key() == Qt.Key.Key_Down), mode)
    editor.setTextCursor(cursor)
    return True


def _move(cursor: QTextCursor, *, down: bool) -> QTextCursor.MoveOperation:
    moves = QTextCursor.MoveOperation
    if down:
        return moves.NextBlock if cursor.block().next().isValid() else moves.End
    return moves.PreviousBlock if cursor.atBlockStart() else moves.StartOfBlock
