"""A quotation from the author's text."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from arboris_desktop.text.quoting import quoted
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


def quotation_label(quotation: str) -> QLabel:
    """Returns a muted label in quotation marks, in italics where the script has them."""
    label: QLabel = muted(plain_label())
    show_quotation(label, quotation)
    return label


def show_quotation(label: QLabel, quotation: str) -> None:
    """Changes the text of such a label."""
    label.setText(quoted(quotation))
    font = label.font()
    font.setItalic(not _is_chinese(quotation))
    label.setFont(font)


def _is_chinese(text: str) -> bool:
    """Chinese fonts have no italics, and artificially slanted characters are hard to read."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
