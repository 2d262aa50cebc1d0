"""Words for publishing: platforms and lengths."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.publishing import Platform
from arboris_desktop.text.counts import PublishedLength
from arboris_desktop.ui.numbers import number


def platform_name(platform: Platform) -> str:
    """Returns the name of a platform as its authors know it."""
    names = {
        Platform.QIDIAN: QCoreApplication.translate("Publishing", "Qidian (起点)"),
        Platform.FANQIE: QCoreApplication.translate("Publishing", "Fanqie (番茄)"),
        Platform.JINJIANG: QCoreApplication.translate("Publishing", "Jinjiang (晋江)"),
        Platform.PLAIN: QCoreApplication.translate("Publishing", "Plain"),
    }
    return names[platform]


def published_words(chapter: ChapterOverview) -> str:
    """Returns when a chapter was published and changed since; empty if it is not published."""
    if chapter.published_at is None:
        return ""
    day = _day(chapter.published_at)
    if not chapter.is_changed_since_published or chapter.changed_at is None:
        return QCoreApplication.translate("Publishing", "Published {day}").format(day=day)
    text = QCoreApplication.translate("Publishing", "Published {day}, changed since ({change})")
    return text.format(day=day, change=_day(chapter.changed_at))


def _day(time: datetime) -> str:
    return QLocale().toString(
        QDate(*time.astimezone().timetuple()[:3]), QLocale.FormatType.ShortFormat
    )


def length_words(length: PublishedLength) -> str:
    """Returns a length in the three ways of counting."""
    text = QCoreApplication.translate(
        "Publishing",
        "{words} as word processors count · {marks} with punctuation · {letters} without",
    )
    return text.format(
        words=number(length.word_processor),
        marks=number(length.with_marks),
        letters=number(length.without_marks),
    )
