"""The fonts: a serif one for the novel, with a matching one for Chinese, and the window's own."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.page_look import SANS_SERIF, ChineseFace, PageLook
from arboris_desktop.resources import resource_path

_LATIN = ("Source Serif 4", "Source Serif Pro", "Noto Serif", "DejaVu Serif")
"""The second one ships with the program; the others have characters that it lacks."""

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

_ALIASES = {"Monospace", "Sans Serif", "Serif"}
"""Families that Linux lists, but that are only aliases."""


def chinese_faces() -> list[ChineseFace]:
    """Returns the Chinese font styles available on this computer; always at least the first one."""
    found = [face for face in ChineseFace if _installed().intersection(_CHINESE[face])]
    return found if ChineseFace.SONG in found else [ChineseFace.SONG, *found]


def prose_families() -> list[str]:
    """Returns the font families that an author can choose."""
    latin = QFontDatabase.WritingSystem.Latin
    families = (
        _without_foundry(family)
        for family in QFontDatabase.families(latin)
        if QFontDatabase.isSmoothlyScalable(family) and not QFontDatabase.isPrivateFamily(family)
    )
    return sorted(set(families) - _ALIASES, key=str.casefold)


def prose_font(language: Language, points: int, page: PageLook | None = None) -> QFont:
    """Returns a font of ``points`` for reading and writing prose, with the choices of a page.

    The language decides which font supplies quotation marks and dashes if both have them: in
    Chinese they are as wide as a character. A missing family counts as not chosen.
    """
    look = PageLook() if page is None else page
    is_sans = look.family == SANS_SERIF
    family = QFontInfo(QFont()).family() if is_sans else look.family
    own = [family] if family in _installed() else []
    chinese = [
        *_CHINESE[look.chinese_face],
        *_CHINESE[ChineseFace.SONG],
        *_CHINESE[ChineseFace.HEI],
    ]
    if language is Language.CHINESE:
        first = [*own, *chinese] if not is_sans and _has_chinese(own) else [*chinese, *own]
        families = [*first, *_LATIN]
    else:
        families = [*own, *_LATIN, *chinese]
    font = QFont()
    font.setFamilies([each for each in dict.fromkeys(families) if each in _installed()])
    font.setStyleHint(QFont.StyleHint.SansSerif if is_sans else QFont.StyleHint.Serif)
    font.setPointSize(points)
    return font


def window_families(language: Language) -> list[str]:
    """Returns the font families for the words of a window in a language: the system's.

    In Chinese they begin with one that has Chinese characters. Where characters are taken from
    another font, Qt gives fields and rows the height of the first one, and draws them too high.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    own = system.families() or [system.family()]
    family = QFontInfo(system).family()
    # macOS hides its own family, and chooses the Chinese one that belongs to it.
    if language is not Language.CHINESE or family.startswith(".") or _has_chinese([family]):
        return own
    chosen = [each for each in _CHINESE[ChineseFace.HEI] if each in _installed()]
    return [*chosen[:1], *own]


def _has_chinese(families: list[str]) -> bool:
    simplified = QFontDatabase.WritingSystem.SimplifiedChinese
    return any(simplified in QFontDatabase.writingSystems(each) for each in families)


@cache
def _installed() -> frozenset[str]:
    for file in resource_path("fonts").glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    # Cached: a missing family makes some platforms search all of them again.
    return frozenset(map(_without_foundry, QFontDatabase.families()))


def _without_foundry(family: str) -> str:
    """Returns the name of a family without the foundry, which Qt adds if several have the name."""
    return family.partition(" [")[0]
