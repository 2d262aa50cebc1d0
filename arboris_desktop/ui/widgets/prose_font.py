"""The letters of the novel: a serif font, with Chinese from a font made for it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from arboris_desktop.domain.novel import Language

_LATIN = (
    "Source Serif 4",
    "Charter",
    "Noto Serif",
    "Georgia",
    "Cambria",
    "Liberation Serif",
    "DejaVu Serif",
)
_CHINESE = (
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    "Microsoft YaHei",
)


def prose_font(language: Language, points: int) -> QFont:
    """A font for reading and writing prose, ``points`` large.

    The language decides whose quotation marks and dashes are used where both fonts have them:
    in Chinese they are as wide as a character.
    """
    families = _CHINESE + _LATIN if language is Language.CHINESE else _LATIN + _CHINESE
    font = QFont()
    font.setFamilies([family for family in families if family in _installed()])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSize(points)
    return font


@cache
def _installed() -> frozenset[str]:
    # Asked for once: a family that is missing makes some platforms search all of them again.
    return frozenset(QFontDatabase.families())
