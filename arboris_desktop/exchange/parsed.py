"""The contents of an imported file: a book with its volumes and chapters, not yet stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

if TYPE_CHECKING:
    from arboris_desktop.codex.rows import CodexRow


@record
class ParsedChapter:
    """A chapter in the form of ``paragraphs``. Its place in the book is that in its volume.

    ``title`` is without the number ("Chapter 3: The Rain" gives "The Rain") and empty when the
    chapter has a number only. ``label`` is the number as the author wrote it ("Chapter 3",
    "第三回"), empty for a prologue. ``plan`` and ``aside`` are what the author noted of it.
    """

    title: str
    text: str
    label: str = ""
    plan: str = ""
    aside: str = ""


@record
class ParsedVolume:
    """A part of a book. ``title`` is empty when the book is not divided into volumes."""

    title: str
    chapters: tuple[ParsedChapter, ...]
    label: str = ""


@record
class ParsedBook:
    """A whole file. ``title`` and ``author`` are empty when the text does not tell them; ``codex``
    is what a project of another program notes of people and places."""

    title: str
    language: Language
    volumes: tuple[ParsedVolume, ...]
    author: str = ""
    codex: tuple[CodexRow, ...] = ()
