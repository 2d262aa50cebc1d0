"""The form that a reader gives a file before it is divided into chapters: lines, and their
headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from arboris_desktop.domain.record import record

if TYPE_CHECKING:
    from arboris_desktop.codex.rows import CodexRow


@record
class Manuscript:
    """The text of a file.

    ``lines`` are those of a plain text, or the paragraphs of a format that has such
    (``is_composed``); a line within a paragraph ends with ``\\n``. ``levels`` are the headings that
    the format marks as such, by line: 1 is the highest. ``title`` and ``author`` are what the file
    says apart from its text. ``encoding`` is that of a plain text. ``left_out`` counts lines that
    belong to nobody's book, such as a licence; ``notes`` are codes of what the author should know.
    ``plans`` and ``scratchpads`` are what the author noted of a chapter, by the line of its
    heading, and ``codex`` of people and places.
    """

    form: str
    lines: Sequence[str]
    levels: Mapping[int, int] = field(default_factory=dict)
    is_composed: bool = False
    title: str = ""
    author: str = ""
    encoding: str = ""
    left_out: int = 0
    notes: tuple[str, ...] = ()
    plans: Mapping[int, str] = field(default_factory=dict)
    scratchpads: Mapping[int, str] = field(default_factory=dict)
    codex: tuple[CodexRow, ...] = ()
