"""Writing texts in the markup of novelWriter; our reader restores the same texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from arboris_desktop.exchange.writing.blocks import Block, Paragraph, SceneBreak, StyledLine
from arboris_desktop.text.emphasis import Run
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

_SPECIAL = lazy_pattern(
    r"\*"
    r"|(?<![^\W_])_"
    r"|~(?=~)|(?<=~)~|=(?==)|(?<==)="
    r"|\[(?=/?(?:b|i|s|u|m|sup|sub|br)\]|(?:footnote|field|comment):|new ?page\]|vspace)"
    r"|(?<=\\)[_~=\[\]]",
    re.IGNORECASE,
)
_ENDS_ITALIC = lazy_pattern(r"(?<=[^\W_])_(?!\w)")
"""An underscore that would end italics before their end, although it could not begin any."""

_NOTHING = "\\ "
"""A character that novelWriter removes.

It separates what would be markup from the edge of its line.
"""
_BACKSLASH_AT_SPACE = lazy_pattern(r"\\(?= )")
_MARK_AT_START = lazy_pattern(r"[%@>]|#{1,4}!? ")
_NOTE = lazy_pattern(r"\[\^(\w{1,20})\](?!:)")
_NOTE_TEXT = lazy_pattern(r"\[\^(\w{1,20})\]: (.*)")
_WORD = lazy_pattern(r"\w")


def title_of(level: int, text: str, *, is_special: bool = False) -> str:
    """Returns a heading; a special one is the title of the book, or of a chapter without a
    number."""
    return f"{'#' * level}{'!' if is_special else ''} {text}"


def comment_of(text: str, modifier: str = "") -> str:
    """Returns a one-line comment; a modifier says what it is about."""
    return f"%{modifier}: {text}" if modifier else f"% {text}"


def body_of(blocks: Sequence[Block], scene_name: Callable[[int], str]) -> Iterator[str]:
    """Yields the paragraphs of a chapter; scenes get headings of their own."""
    notes = _notes(blocks)
    scene, has_prose = 1, False
    for block, after in pairwise([*blocks, None]):
        if isinstance(block, Paragraph):
            yield _paragraph(block, notes)
            has_prose = True
        elif has_prose and isinstance(after, Paragraph):
            scene += 1
            yield title_of(3, scene_name(scene))
        elif isinstance(block, SceneBreak):
            yield centred(SCENE_BREAK)


def centred(text: str) -> str:
    """Returns a centred line."""
    return f">> {text} <<"


def _notes(blocks: Sequence[Block]) -> frozenset[str]:
    """Returns the keys of footnotes that have both a reference and a text."""
    lines = [_letters(line) for one in blocks if isinstance(one, Paragraph) for line in one.lines]
    told = {found[1] for line in lines if (found := _NOTE_TEXT.fullmatch(line))}
    return frozenset(told & {key for line in lines for key in _NOTE.findall(line)})


def _letters(line: StyledLine) -> str:
    return "".join(run.text for run in line)


def _paragraph(paragraph: Paragraph, notes: frozenset[str]) -> str:
    if len(paragraph.lines) == 1:
        written = line_of(paragraph.lines[0], notes)
        told = _NOTE_TEXT.fullmatch(_letters(paragraph.lines[0]))
        if told and told[1] in notes:
            return f"%Footnote.{told[1]}: {written.partition(': ')[2]}"
        return _apart(written)
    return "\n".join(_apart(line_of(line, notes)) for line in paragraph.lines)


def _apart(line: str) -> str:
    """Returns the line with its edges protected from being read as markup."""
    start = _NOTHING if _MARK_AT_START.match(line) else ""
    return start + line + (_NOTHING if line.endswith("<") else "")


def line_of(line: StyledLine, notes: frozenset[str] = frozenset()) -> str:
    """Returns a line with its emphasis in novelWriter's markup."""
    pieces = []
    for place, run in enumerate(line):
        before = line[place - 1] if place else None
        after = line[place + 1] if place + 1 < len(line) else None
        pieces.append(_run(run, before, after, notes))
    return "".join(pieces)


def _run(run: Run, before: Run | None, after: Run | None, notes: frozenset[str]) -> str:
    text = _NOTE.sub(
        lambda found: f"[footnote:{found[1]}]" if found[1] in notes else found[0],
        _escaped(run.text),
    )
    text = _ENDS_ITALIC.sub(r"\\_", text) if run.italic else text
    if not (run.italic or run.bold):
        return text + (_NOTHING if text.endswith("\\") and after else "")
    if _parts(before, -1) and _parts(after, 0) and not run.text.endswith(("\\", "_", "*")):
        text = f"_{text}_" if run.italic else text
        return f"**{text}**" if run.bold else text
    text += _NOTHING if text.endswith("\\") else ""
    text = f"[i]{text}[/i]" if run.italic else text
    return f"[b]{text}[/b]" if run.bold else text


def _parts(neighbour: Run | None, edge: int) -> bool:
    """True if marks of Markdown are allowed at this place, as they are not within a word."""
    if neighbour is None:
        return True
    letter = neighbour.text[edge]
    is_plain = not (neighbour.italic or neighbour.bold)
    return is_plain and letter not in "\\*_" and not _WORD.match(letter)


def _escaped(text: str) -> str:
    plain = _BACKSLASH_AT_SPACE.sub(r"\\\\ ", text)
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", plain)
