"""Warnings about an import: what looks wrong in a file before it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.number_notes import NumberNote

if TYPE_CHECKING:
    from arboris_desktop.exchange.preview import FoundHeading

_LONG_CHAPTER = 100_000
"""Characters; a longer chapter is hardly intended."""

_MANY_TIMES = 12
_LONG_BESIDE_OTHERS = 30_000
"""Characters that are suspicious in a chapter several times longer than the usual one."""

_LONG_TEXT = 20_000
"""Characters without a heading that are worth a question."""


@record
class ImportWarning:
    """Something that looks wrong: a code, and the values for its sentence."""

    code: str
    count: int = 0
    title: str = ""


def warnings_about(
    manuscript: Manuscript,
    headings: Sequence[FoundHeading],
    bodies: Sequence[Sequence[str]],
    front: str,
    front_length: int,
) -> tuple[ImportWarning, ...]:
    """Returns all warnings about a manuscript that is divided by these headings.

    ``bodies`` are the texts below them, ``front`` is the one before them.
    """
    found = [ImportWarning(note) for note in manuscript.notes if note != "gutenberg"]
    if manuscript.left_out:
        code = "left_out" if "gutenberg" in manuscript.notes else "unused"
        found.append(ImportWarning(code, manuscript.left_out))
    if manuscript.codex:
        found.append(ImportWarning("codex", len(manuscript.codex)))
    lengths = [sum(map(len, body)) for body in bodies]
    if not headings and len(front) > _LONG_TEXT:
        found.append(ImportWarning("no_headings", front_length))
    found += _long_chapters(headings, lengths)
    chapters = [one for one in zip(headings, lengths, strict=True) if not one[0].is_volume]
    empty = sum(not length for _heading, length in chapters)
    if empty:
        found.append(ImportWarning("empty", empty))
    for note in (NumberNote.JUMP, NumberNote.REPEAT, NumberNote.BACK):
        noted = [heading for heading, _length in chapters if heading.note is note]
        if noted:
            found.append(ImportWarning(note.value, len(noted), noted[0].label))
    return tuple(found)


def _long_chapters(headings: Sequence[FoundHeading], lengths: Sequence[int]) -> list[ImportWarning]:
    filled = [length for length in lengths if length]
    usual = median(filled) if filled else 0
    limit = min(_LONG_CHAPTER, max(_LONG_BESIDE_OTHERS, _MANY_TIMES * usual))
    long = [one for one, length in zip(headings, lengths, strict=True) if length > limit]
    if not long:
        return []
    longest = max(long, key=lambda heading: heading.length)
    name = longest.label or longest.title
    return [ImportWarning("long_chapter", longest.length, name)]
