"""The order of scenes in the index note of a Longform project (a plugin of Obsidian)."""

from __future__ import annotations

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

HEAD_BYTES = 256 * 1024

_KEY = lazy_pattern(r"(?P<indent> *)(?P<name>\w+):\s*(?P<value>.*?)\s*")
_ITEM = lazy_pattern(r"\s*(?:-\s+)+(?P<name>\S.*?)\s*")
"""Nesting of lists: the scenes of a scene."""


@record
class LongformIndex:
    """The title of a project, and the names of its scenes in order."""

    title: str
    scenes: tuple[str, ...]


def read_index(note: bytes) -> LongformIndex | None:
    """Returns the index in the front matter of a note, if it belongs to a project."""
    if not note.startswith(b"---") or b"longform:" not in note[:HEAD_BYTES]:
        return None
    lines = note[:HEAD_BYTES].decode("utf-8", errors="replace").splitlines()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if "longform:" not in map(str.rstrip, lines[1:end]):
        return None
    title, scenes, is_scenes = "", [], False
    for line in lines[lines.index("longform:") + 1 : end]:
        if is_scenes and (item := _ITEM.fullmatch(line)):
            scenes.append(_plain(item["name"]))
        elif key := _KEY.fullmatch(line):
            if not key["indent"]:
                break
            is_scenes = key["name"] == "scenes"
            title = _plain(key["value"]) if key["name"] == "title" else title
    return LongformIndex(title, tuple(scenes)) if scenes else None


def _plain(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
