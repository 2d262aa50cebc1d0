"""The letters of the novel: a serif font, with Chinese from a font made for it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.page_look import ChineseFace
from arboris_desktop.resources import resource_path

_LATIN = ("Source Serif 4", "Source Serif Pro", "Noto Serif", "DejaVu Serif")
"""The second one ships with the program; the others have letters that it lacks."""

_CHINESE = {
    ChineseFace.SONG: (
        *("Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "STSong"),
        *("SimSun", "AR PL UMing CN"),
    ),
    ChineseFace.KAI: (
        *("Kaiti SC", "STKaiti", "KaiTi", "KaiTi_GB2312", "LXGW WenKai", "LXGW WenKai GB"),
        *("FandolKai", "AR PL UKai CN", "TW-Kai"),
    ),
    ChineseFace.HEI: (
        *("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Heiti SC"),
        *("Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    ),
}


def chinese_faces() -> list[ChineseFace]:
    """The kinds of letters for Chinese that this computer has; the first of all in any case."""
    found = [face for face in ChineseFace if _installed().intersection(_CHINESE[face])]
    return found if ChineseFace.SONG in found else [ChineseFace.SONG, *found]


def prose_font(language: Language, points: int, face: ChineseFace = ChineseFace.SONG) -> QFont:
    """A font for reading and writing prose, ``points`` large.

    The language decides whose quotation marks and dashes are used where both fonts have them:
    in Chinese they are as wide as a character.
    """
    chinese = (*_CHINESE[face], *_CHINESE[ChineseFace.SONG], *_CHINESE[ChineseFace.HEI])
    families = chinese + _LATIN if language is Language.CHINESE else _LATIN + chinese
    font = QFont()
    font.setFamilies([family for family in families if family in _installed()])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSize(points)
    return font


@cache
def _installed() -> frozenset[str]:
    for file in resource_path("fonts").glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    # Asked for once: a family that is missing makes some platforms search all of them again.
    return frozenset(QFontDatabase.families())
