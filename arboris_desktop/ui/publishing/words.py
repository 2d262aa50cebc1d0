"""Words for publishing: platforms and lengths."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.publishing import Platform
from arboris_desktop.text.counts import PublishedLength


def platform_name(platform: Platform) -> str:
    """Name a platform as its authors do."""
    names = {
        Platform.QIDIAN: QCoreApplication.translate("Publishing", "Qidian (起点)"),
        Platform.FANQIE: QCoreApplication.translate("Publishing", "Fanqie (番茄)"),
        Platform.JINJIANG: QCoreApplication.translate("Publishing", "Jinjiang (晋江)"),
        Platform.PLAIN: QCoreApplication.translate("Publishing", "Plain"),
    }
    return names[platform]


def length_words(length: PublishedLength) -> str:
    """Tell a length in the three ways of counting."""
    text = QCoreApplication.translate(
        "Publishing",
        "{words} as word processors count · {marks} with punctuation · {letters} without",
    )
    return text.format(
        words=length.word_processor, marks=length.with_marks, letters=length.without_marks
    )
