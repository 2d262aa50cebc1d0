"""Marks that stand between scenes, in whatever way they are written."""

from __future__ import annotations

import re

SCENE_BREAK = "* * *"
"""The one way in which a break between scenes stands in the program's texts."""

_BREAK = re.compile(
    r"[*＊#＃⁂❖※§◆◇★☆●○■□▲△✦✧❀✽~～•]|[*＊]{2}|([*＊#＃~～=＝_•·●○◆◇★☆※■□▲△▼▽❖✦✧✽❀⁂§+＋×\-－—–])(?:[ \t\u3000]*\1){2,}"
)


def is_scene_break(line: str) -> bool:
    """Whether a line is nothing but marks between scenes."""
    plain = line.strip()
    return len(plain) < 100 and _BREAK.fullmatch(plain) is not None
