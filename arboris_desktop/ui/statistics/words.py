"""Words for daily writing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.writing_days import WritingDay
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.wording import words


def about_day(day: WritingDay, language: Language) -> str:
    """Returns the writing of a day, in words."""
    parts = [Wording.tr("{length} of your own").format(length=words(day.own_words, language))]
    if day.model_words:
        length = words(day.model_words, language)
        parts.append(Wording.tr("{length} by a model").format(length=length))
    return Wording.tr("{day}: {what}").format(day=day_name(day.day), what=" · ".join(parts))


def day_name(day: date) -> str:
    """Returns a day in the format of the author's language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), Wording.tr("d MMM yyyy"))
