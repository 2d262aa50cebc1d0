"""Marks that stand between scenes, in whatever way they are written."""

from __future__ import annotations

from arboris_desktop.text.patterns import lazy_pattern

SCENE_BREAK = "* * *"
"""The one way in which a break between scenes stands in the program's texts."""

_MARKS = lazy_pattern(
    r"[*＊#＃⁂❖※§◆◇★☆●○■□▲△✦✧❀✽~～•]|[*＊]{2}"
    r"|([*＊#＃~～=＝_•·●○◆◇★☆※■□▲△▼▽❖✦✧✽❀⁂§+＋×\-－—–])(?:[ \t\u3000]*\1){2,}"
)
_PARAGRAPH = lazy_pattern(r"(?<!.)(?<!.\n)[^\w\n]{1,99}(?=\n\n|\Z)")
"""A paragraph of one line without a letter."""


def is_scene_break(line: str) -> bool:
    """True if a line is nothing but marks between scenes."""
    plain = line.strip()
    return len(plain) < 100 and _MARKS.fullmatch(plain) is not None


def with_scene_breaks(text: str) -> str:
    """A text in which breaks between scenes are written in that way."""
    return _PARAGRAPH.sub(lambda found: SCENE_BREAK if is_scene_break(found[0]) else found[0], text)
