"""Writing a book as a folder with a file for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from arboris_desktop.exchange.atomic_file import Noting, unnoted
from arboris_desktop.exchange.exporting import ExportBook, ExportVolume
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.exchange.new_folder import write_durably, write_new_folder
from arboris_desktop.exchange.progress import Counter, silent
from arboris_desktop.exchange.writing.formats import ExportFormat
from arboris_desktop.exchange.writing.options import ExportOptions

_DIGITS = 3
"""The least number of digits, so that files sort in reading order."""


def write_chapter_files(
    book: ExportBook,
    form: ExportFormat,
    folder: Path,
    options: ExportOptions,
    noting: Noting = unnoted,
) -> None:
    """Writes a new folder, completely or not at all.

    Raises the same errors as ``write_new_folder``.
    """
    write_new_folder(folder, lambda inside: _fill(inside, book, form, options), noting)


def _fill(folder: Path, book: ExportBook, form: ExportFormat, options: ExportOptions) -> None:
    options = replace(options, cover=None)  # The cover belongs to the whole book.
    for stem, alone in _books(book):
        write_durably(folder / f"{stem}.{form.ending}", form.write(alone, options))


def _books(book: ExportBook) -> Iterator[tuple[str, ExportBook]]:
    """Yields each chapter as a book of its own, with the stem of its file."""
    chapters = [chapter for volume in book.volumes for chapter in volume.chapters]
    width = max([_DIGITS, *(len(str(chapter.number)) for chapter in chapters)])
    for chapter in Counter(len(chapters), book.told).count(chapters):
        name = " ".join(part for part in (chapter.label, chapter.title) if part)
        stem = file_stem(f"{chapter.number:0{width}} {name}")
        volumes = (ExportVolume("", (chapter,)),)
        # The title page belongs to the book, not to each of its chapters.
        yield stem, replace(book, title="", author="", front="", volumes=volumes, told=silent)
