"""Formatting numbers: with separators, or rounded in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.i18n import window_language

_MILLION = 1_000_000
_TEN_THOUSAND = 10_000


def number(count: int) -> str:
    """Formats all digits, with separators: ``24,950``."""
    return f"{count:,}"


def round_number(count: int) -> str:
    """Formats a large number as it is spoken: ``1.6 million``, ``162 万``; a smaller one with all
    digits.

    For approximate values, such as tokens.
    """
    translate = QCoreApplication.translate
    if window_language() is Language.CHINESE:
        for unit, words in ((10**8, "{count} 亿"), (_TEN_THOUSAND, "{count} 万")):
            if count >= unit:
                return words.format(count=_rounded(count / unit))
        return number(count)
    if count >= 1_000 * _MILLION:
        words = translate("Numbers", "{count} billion")
        return words.format(count=_rounded(count / (1_000 * _MILLION)))
    if count >= _MILLION:
        return translate("Numbers", "{count} million").format(count=_rounded(count / _MILLION))
    return number(count)


def _rounded(amount: float) -> str:
    """Formats about three digits, without trailing zeros."""
    places = 2 if amount < 1 else 1 if amount < 100 else 0
    text = QLocale.c().toString(amount, "f", places)
    whole, _point, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}.{rest}" if rest else f"{int(whole):,}"
