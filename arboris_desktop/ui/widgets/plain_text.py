"""Displaying texts of authors and models literally: ``<b>`` stays ``<b>``."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Returns a wrapping label that never interprets its text as markup."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def plain_line(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Returns a one-line label that never interprets its text as markup."""
    label = plain_label(text, parent)
    label.setWordWrap(False)
    return label


def plain_title(text: str) -> str:
    """Returns the text for a window title, in which Qt replaces ``[*]``."""
    return text.replace("[*]", "[*][*]")


def selectable_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Returns a plain label whose text can be selected and copied, by mouse and keyboard."""
    label = plain_label(text, parent)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def plain_tooltip(text: str) -> str:
    """Returns a tooltip with the text; Qt would guess from its first tag whether it is markup."""
    return f"<p>{escape(text)}</p>" if text else ""
