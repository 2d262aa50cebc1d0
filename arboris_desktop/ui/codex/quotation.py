"""The author's own words, quoted."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from arboris_desktop.text.quoting import quoted
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


def quotation_label(quotation: str) -> QLabel:
    """Quiet words in quotation marks, in italics where the script has them."""
    label: QLabel = muted(plain_label())
    show_quotation(label, quotation)
    return label


def show_quotation(label: QLabel, quotation: str) -> None:
    """Puts other words into such a label."""
    label.setText(quoted(quotation))
    font = label.font()
    font.setItalic(not _is_chinese(quotation))
    label.setFont(font)


def _is_chinese(text: str) -> bool:
    """Chinese characters have no italics; slanted by the computer they are hard to read."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
