"""The author's own words, quoted."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label

_OPENING_MARKS = ("“", "‘", '"', "'", "「", "『")
"""Speech brings its own marks; a second pair around it would read as a mistake."""


def quotation_label(quotation: str) -> QLabel:
    """Quiet words in quotation marks, in italics where the script has them."""
    text = quotation
    if not text.startswith(_OPENING_MARKS):
        text = Wording.tr("“{quotation}”").format(quotation=quotation)
    label = muted(plain_label(text))
    font = label.font()
    font.setItalic(not _is_chinese(quotation))
    label.setFont(font)
    return label


def _is_chinese(text: str) -> bool:
    """Chinese characters have no italics; slanted by the computer they are hard to read."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
