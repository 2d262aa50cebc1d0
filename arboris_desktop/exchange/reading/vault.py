"""Reading the notes of an Obsidian vault: its links, marks and callouts as plain text."""

from __future__ import annotations

import re

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.markdown import read_markdown
from arboris_desktop.text.patterns import lazy_pattern

_EMBEDDED_PICTURE = lazy_pattern(
    r"!\[\[[^\[\]|\n]{1,300}\.(?:png|jpe?g|gif|webp|svg|bmp|avif)(?:\|[^\[\]\n]{0,300})?\]\]",
    re.IGNORECASE,
)
_LINK = lazy_pattern(
    r"(?<!!)\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{1,300}))?\]\]"
)
_MARKED = lazy_pattern(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_CALLOUT = lazy_pattern(r"^(?P<quote>[ \t]*>[ \t]*)\[!\w[\w-]*\][+-]?[ \t]*", re.MULTILINE)
_COMMENT = lazy_pattern(r"%%(?P<words>.*?)%%", re.DOTALL)
_BLOCK_NAME = lazy_pattern(r"(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)


def read_note(text: str) -> Manuscript:
    """Reads the paragraphs of a note; comments are put in brackets, like those of other formats."""
    for pattern, words in (
        (_EMBEDDED_PICTURE, ""),
        (_LINK, lambda found: found["shown"] or found["target"].lstrip("#^")),
        (_MARKED, r"\1"),
        (_CALLOUT, r"\g<quote>"),
        (_COMMENT, lambda found: f"[{' '.join(found['words'].split())}]"),
        (_BLOCK_NAME, ""),
    ):
        text = pattern.sub(words, text)
    return read_markdown(text)
