"""What an imported file holds: a book with its volumes and chapters, not yet stored."""

from __future__ import annotations

from dataclasses import dataclass

from arboris_desktop.domain.novel import Language


@dataclass(frozen=True, slots=True)
class ParsedChapter:
    """A chapter in the form of ``paragraphs``. Its number is its place in the book.

    ``title`` is without the number ("Chapter 3: The Rain" gives "The Rain") and empty when the
    chapter has a number only.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedVolume:
    """A part of a book. ``title`` is empty when the book is not divided into volumes."""

    title: str
    chapters: tuple[ParsedChapter, ...]


@dataclass(frozen=True, slots=True)
class ParsedBook:
    """A whole file. ``title`` is empty when the text does not tell it."""

    title: str
    language: Language
    volumes: tuple[ParsedVolume, ...]
