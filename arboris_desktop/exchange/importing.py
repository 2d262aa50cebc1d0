"""Reading a book from a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.chapters import parse_markdown, parse_text
from arboris_desktop.exchange.decoding import MAX_FILE_BYTES, decode_text
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX
from arboris_desktop.exchange.parsed import ParsedBook

_READERS = {".txt": parse_text, ".md": parse_markdown, ".markdown": parse_markdown}

IMPORT_SUFFIXES = tuple(_READERS)
"""The file name endings of texts that can be read, in small letters."""

FILE_SUFFIXES = (NOVEL_SUFFIX, *IMPORT_SUFFIXES)
"""The endings of all files that can be imported, in small letters."""


def read_book(path: Path) -> ParsedBook:
    """The book in a text or Markdown file; its title is the file's name if the text has none.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) for other kinds of files and for files that are
    missing, too large, without text, or not text at all.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(FILE_SUFFIXES)
        raise _unreadable(path, f"only {kinds} files can be imported")
    text = _read_text(path)
    if not text.strip():
        raise _unreadable(path, "the file holds no text")
    book = reader(text)
    return book if book.title else replace(book, title=path.stem)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    try:
        return decode_text(data)
    except ArborisError as error:
        raise _unreadable(path, error.message) from error


def _unreadable(path: Path, reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, f"{path.name}: {reason}")
