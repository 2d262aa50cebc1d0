"""Writing prose as Markdown: what would be taken for markup is escaped.

Emphasis, notes, quotations and scene breaks are marks in the program's texts as well, and are
written unchanged.
"""

from __future__ import annotations

from arboris_desktop.text.emphasis import pieces
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK, is_scene_break

_SPECIAL = lazy_pattern(
    r"\\(?P<star>\*)|(?P<note>\[\^[^\s\[\]]{1,20}\](?::(?= ))?)|[\\`*_\[<#~]|&(?=#?[A-Za-z0-9]+;)"
)
_SPECIAL_AT_START = lazy_pattern(r"[-+=>]|[0-9]{1,9}(?=[.)])")


def escape(line: str, *, alone: bool = True) -> str:
    """Returns a line of prose as Markdown that renders as just this line.

    A scene break is one only if it stands ``alone``, not among other lines of a paragraph.
    """
    if alone and is_scene_break(line):
        return SCENE_BREAK
    escaped = "".join(piece if is_mark else _escaped(piece) for piece, is_mark in pieces(line))
    start = _SPECIAL_AT_START.match(escaped)
    if start is None or (alone and line.startswith("> ")):
        return escaped
    position = start.end() if start[0].isdecimal() else 0
    return f"{escaped[:position]}\\{escaped[position:]}"


def escape_title(title: str) -> str:
    """Returns a title as Markdown, in which asterisks are literal."""
    return _SPECIAL.sub(r"\\\g<0>", title)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(
        lambda match: match[0] if match["star"] or match["note"] else f"\\{match[0]}", text
    )
