"""Books from texts, without files."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.chapters import book_of
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.exchange.reading.markdown import read_markdown
from arboris_desktop.exchange.reading.plain_text import read_plain_text


def parse_text(text: str, language: Language | None = None) -> ParsedBook:
    """The book in a plain text."""
    return book_of(read_plain_text(text.encode(), "utf-8"), language=language)


def parse_markdown(text: str, language: Language | None = None) -> ParsedBook:
    """The book in a Markdown text."""
    return book_of(read_markdown(text), language=language)


def without_numbers(book: ParsedBook) -> ParsedBook:
    """The book without how its numbers were written and who wrote it."""
    volumes = tuple(
        ParsedVolume(volume.title, tuple(ParsedChapter(c.title, c.text) for c in volume.chapters))
        for volume in book.volumes
    )
    return ParsedBook(book.title, book.language, volumes)


def shape(book: ParsedBook) -> list[tuple[str, list[str]]]:
    """Titles of the volumes with those of their chapters."""
    return [(volume.title, [c.title for c in volume.chapters]) for volume in book.volumes]


def texts(book: ParsedBook) -> list[str]:
    """The texts of all chapters."""
    return [chapter.text for volume in book.volumes for chapter in volume.chapters]
