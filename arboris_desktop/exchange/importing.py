"""Reading a book from a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.chapters import book_of
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.reading.containers import MAX_PACKED_BYTES
from arboris_desktop.exchange.reading.formats import (
    FORMATS_IN,
    FormatIn,
    format_of,
    read_by_name,
    read_of_vault,
)
from arboris_desktop.exchange.reading.looks import with_bold_headings
from arboris_desktop.text.book_names import name_of_file

IMPORT_SUFFIXES = tuple(suffix for one in FORMATS_IN for suffix in one.suffixes)
"""The usual extensions of readable text files, in lower case."""

FILE_SUFFIXES = (NOVEL_SUFFIX, *IMPORT_SUFFIXES)
"""The extensions of all files that can be imported, in lower case."""


def read_manuscript(
    path: Path, encoding: str | None = None, others: Sequence[Path] = ()
) -> Manuscript:
    """Reads a file of any format, or several as one book.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) for other kinds of files and for files that are
    missing, too large, damaged, without text, or not text at all.
    """
    try:
        read = _read_several([path, *others]) if others else _read(path, encoding or "")
        manuscript = with_bold_headings(read)
    except ArborisError as error:
        raise _unreadable(path, error.message.removeprefix(f"{path.name}: ")) from error
    if not any(line.strip() for line in manuscript.lines):
        raise _unreadable(path, "the file contains no text")
    return manuscript


def _read_several(paths: Sequence[Path]) -> Manuscript:
    from arboris_desktop.exchange.reading.collection import read_files

    for path in paths:
        bytes_of(path)  # This gives a reason that names the file.
    return read_files(paths, read_by_name)


def _read(path: Path, encoding: str) -> Manuscript:
    if os.path.isdir(path):  # Not of the path, which may be too long.
        return _read_folder(path)
    data = bytes_of(path)
    form = _format(path, data)
    if form.read_beside is not None:
        return form.read_beside(data, path.parent)
    return form.read(data, encoding)


def _read_folder(path: Path) -> Manuscript:
    """Reads the book in a folder: a project of a program, or files with one or more chapters
    each."""
    from arboris_desktop.exchange.reading.collection import read_folder

    if any(any(path.glob(form)) for form in ("*.scrivx", "*/*.scrivx")):
        raise _unreadable(path, "a Scrivener project; compile it to DOCX or Markdown")
    if (project := path / "nwProject.nwx").is_file():
        return _read(project, "")
    return read_folder(path, read_of_vault if (path / ".obsidian").is_dir() else read_by_name)


def has_encoding(path: Path) -> bool:
    """True for a text file, whose encoding can be chosen.

    Raises the errors of ``read_manuscript``.
    """
    if os.path.isdir(path):
        return False
    data = bytes_of(path)
    return bool(data.strip()) and _format(path, data).has_encoding


def read_book(path: Path, correction: Correction | None = None) -> ParsedBook:
    """Returns the book in a file, with corrections. Raises the errors of ``read_manuscript``."""
    correction = correction or Correction()
    return named(
        path.stem, book_of(read_manuscript(path, correction.encoding), correction, stem=path.stem)
    )


def named(stem: str, book: ParsedBook) -> ParsedBook:
    """Fills in title and author from the file name if they are missing."""
    name = name_of_file(stem)
    title = book.title or name.title
    is_of_name = not book.title or book.title == name.title
    return replace(book, title=title, author=book.author or (name.author if is_of_name else ""))


def _format(path: Path, data: bytes) -> FormatIn:
    try:
        return format_of(data, path.suffix)
    except ArborisError as error:
        raise _unreadable(path, error.message) from error


def bytes_of(path: Path) -> bytes:
    """Reads the contents of a file. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    try:
        if not path.is_file():  # A pipe or a device could be read for ever.
            kind = "the file is a folder" if path.is_dir() else "there is no such file"
            raise _unreadable(path, kind)
        with path.open("rb") as file:
            data = file.read(MAX_PACKED_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, _reason(error)) from error
    if len(data) > MAX_PACKED_BYTES:
        raise _unreadable(path, f"the file is larger than {MAX_PACKED_BYTES // 1024**2} MiB")
    return data


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _unreadable(path: Path, reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, f"{path.name}: {reason}")
