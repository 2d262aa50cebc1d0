"""The contents of an imported file: a book with its volumes and chapters, not yet stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

if TYPE_CHECKING:
    from arboris_desktop.codex.rows import CodexRow


@record
class ParsedChapter:
    """A chapter with normalised text. Its number in the book is implied by its place.

    ``title`` is without the number ("Chapter 3: The Rain" gives "The Rain") and empty if there is
    only a number. ``label`` is the number as the author wrote it ("Chapter 3", "第三回"), empty for
    a prologue. ``plan`` and ``scratchpad`` are the author's notes on it.
    """

    title: str
    text: str
    label: str = ""
    plan: str = ""
    scratchpad: str = ""


@record
class ParsedVolume:
    """A volume. ``title`` is empty if the book is not divided into volumes; ``plan`` is what the
    author noted of it."""

    title: str
    chapters: tuple[ParsedChapter, ...]
    label: str = ""
    plan: str = ""


@record
class ParsedBook:
    """A whole file.

    ``title`` and ``author`` are empty if the text does not state them; ``codex`` holds another
    program's notes on people and places.
    """

    title: str
    language: Language
    volumes: tuple[ParsedVolume, ...]
    author: str = ""
    codex: tuple[CodexRow, ...] = ()
