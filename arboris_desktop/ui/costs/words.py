"""Words for rows of costs and for amounts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostRow
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.spent import Spent
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.wording import chapter_name, model_task, model_words

_PERIODS = {
    CostPeriod.TODAY: QT_TRANSLATE_NOOP("CostWords", "Today"),
    CostPeriod.WEEK: QT_TRANSLATE_NOOP("CostWords", "7 days"),
    CostPeriod.MONTH: QT_TRANSLATE_NOOP("CostWords", "30 days"),
    CostPeriod.ALL: QT_TRANSLATE_NOOP("CostWords", "All time"),
}
_GROUPINGS = {
    CostGrouping.TASK: QT_TRANSLATE_NOOP("CostWords", "Task"),
    CostGrouping.CHAPTER: QT_TRANSLATE_NOOP("CostWords", "Chapter"),
    CostGrouping.DAY: QT_TRANSLATE_NOOP("CostWords", "Day"),
    CostGrouping.NOVEL: QT_TRANSLATE_NOOP("CostWords", "Novel"),
    CostGrouping.MODEL: QT_TRANSLATE_NOOP("CostWords", "Model"),
}
_NONE = {
    CostGrouping.CHAPTER: QT_TRANSLATE_NOOP("CostWords", "For no chapter, or one that is gone"),
    CostGrouping.NOVEL: QT_TRANSLATE_NOOP("CostWords", "For no novel, or one that is gone"),
}


def period_name(period: CostPeriod) -> str:
    """Returns the name of a period."""
    return _translated(_PERIODS[period])


def grouping_name(grouping: CostGrouping) -> str:
    """Returns the name of what a row stands for, in the singular."""
    return _translated(_GROUPINGS[grouping])


def row_name(row: CostRow, grouping: CostGrouping, *, with_novel: bool = True) -> str:
    """Returns the name of a row in that grouping."""
    if grouping is CostGrouping.TASK:
        return model_task(ModelTask(row.key))
    if grouping is CostGrouping.DAY:
        return _day(row.key)
    if grouping is CostGrouping.MODEL:
        key, title = model_words(row.key), model_words(row.title)
        return key if title in ("", key) else f"{title} · {key}"
    if grouping is CostGrouping.CHAPTER and row.number is not None:
        name = chapter_name(row.number, row.title, row.label)
        return f"{row.novel} · {name}" if with_novel else name
    return row.title or _translated(_NONE[grouping])


def money(spent: Spent) -> str:
    """Returns amounts by currency, never added up, and whether there are unknown ones."""
    known = [f"{_amount(amount)} {currency}" for currency, amount in sorted(spent.money.items())]
    if spent.unpriced:
        known.append(_translated(QT_TRANSLATE_NOOP("CostWords", "not known")))
    return " + ".join(known) or "0"


def paid(spent: Spent) -> str:
    """Returns the amounts that were paid; empty if there are none, or none is known."""
    return money(spent) if spent.money else ""


def chapter_total(row: CostRow) -> str:
    """Returns the cost of a chapter, in a few words; empty if nothing was requested for it."""
    if not row.spent.tokens:
        return ""
    tokens = _translated(QT_TRANSLATE_NOOP("CostWords", "{count} tokens"))
    parts = [tokens.format(count=round_number(row.spent.tokens)), paid(row.spent)]
    return " · ".join(part for part in parts if part)


def _amount(amount: float) -> str:
    """Uses cents for amounts above one; small amounts need all their digits."""
    return QLocale().toString(amount, "f", 2 if amount >= 1 else 4)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def _translated(text: str) -> str:
    return QCoreApplication.translate("CostWords", text)
