"""The block before a Markdown text with title and author: YAML, TOML, pandoc's lines, or
MultiMarkdown's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arboris_desktop.text.patterns import lazy_pattern

_LINE = {
    "---": lazy_pattern(r"[\w-]+:.*|[ \t#-].*|"),
    "+++": lazy_pattern(r"[\w.-]+\s*=.*|\[.*|[ \t#\"'\]].*|"),
}
_BARE = lazy_pattern(r"[A-Za-z][\w -]{1,30}:.*")
_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
_FIELD = lazy_pattern(r"(?P<name>title|author)s?\s*[:=]\s*(?P<value>.*?)\s*", re.IGNORECASE)
_MAX_LINES = 2000
"""A block may list all scenes of a book."""

_FOLDED = ("", "|", ">", "|-", ">-", "|+", ">+")


def read_front_block(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Returns the title and author in the block, and the line after it; 0 without a block."""
    fence = lines[0].rstrip() if lines else ""
    if fence in _LINE:
        block = lines[1:_MAX_LINES]
        end = next((i for i, line in enumerate(block) if line.rstrip() in _ENDS[fence]), None)
        if not end or not all(_LINE[fence].fullmatch(line) for line in block[:end]):
            return {}, 0
        return _fields(block[:end]), end + 2
    if fence.lower().startswith("title:"):
        return _bare_lines(lines)
    return _pandoc_lines(lines) if fence.startswith("% ") else ({}, 0)


def _fields(block: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(block):
        if match := _FIELD.fullmatch(line):
            value = match["value"]
            value = _below(block[number + 1 :]) if value in _FOLDED else value
            found.setdefault(match["name"].lower(), _plain(value))
    return {name: value for name, value in found.items() if value}


def _below(lines: Sequence[str]) -> str:
    """Returns the indented lines below a name: a folded text, or a list."""
    kept = []
    for line in lines:
        if not line.startswith((" ", "\t", "-")):
            break
        kept.append(line.strip())
    items = [line.removeprefix("- ").strip() for line in kept if line.startswith("- ")]
    return ", ".join(_plain(item) for item in items) if items else " ".join(kept)


def _plain(value: str) -> str:
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(item.strip()) for item in value[1:-1].split(","))
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _bare_lines(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Title: The Ship, Author: Jane Doe, …, and a blank line: at least two names."""
    end = next((n for n, line in enumerate(lines[:_MAX_LINES]) if not line.strip()), 0)
    block = [line.strip() for line in lines[:end]]
    is_block = end > 1 and all(_BARE.fullmatch(line) for line in block)
    return (_fields(block), end) if is_block else ({}, 0)


def _pandoc_lines(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    end = next((n for n, line in enumerate(lines[:4]) if not line.startswith("%")), 4)
    if end > 3 or (end < len(lines) and lines[end].strip()):
        return {}, 0
    said = [line[1:].strip() for line in lines[:end]]
    return {n: v for n, v in zip(("title", "author"), said, strict=False) if v}, end
