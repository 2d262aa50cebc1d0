"""Texts of authors and models are shown to the letter: ``<b>`` stays ``<b>``."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A wrapping label that never takes its text for markup."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def plain_line(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label on one line that never takes its text for markup."""
    label = plain_label(text, parent)
    label.setWordWrap(False)
    return label


def plain_title(text: str) -> str:
    """The text for a window's title, where Qt takes ``[*]`` for the place of a mark."""
    return text.replace("[*]", "[*][*]")


def selectable_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain label whose text can be marked and copied, by mouse and keyboard."""
    label = plain_label(text, parent)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def plain_tooltip(text: str) -> str:
    """A tooltip of the text; Qt would guess from its first tag whether it is markup."""
    return f"<p>{escape(text)}</p>" if text else ""
