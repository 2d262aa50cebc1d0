"""Writing a book as a folder with a file for each chapter."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.atomic_file import Noting, unnoted
from arboris_desktop.exchange.exporting import ExportBook, ExportVolume
from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.exchange.writing.formats import ExportFormat
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import kind_of_os_error

_DIGITS = 3
"""The least width of numbers, so that files sort in reading order."""


def write_chapter_files(
    book: ExportBook,
    form: ExportFormat,
    folder: Path,
    options: ExportOptions,
    noting: Noting = unnoted,
) -> None:
    """Writes a new folder, whole or not at all.

    Raises ``ArborisError``: ``FILE_UNWRITABLE`` also where something of that name is there already,
    since its files would mix with those of the book.
    """
    temporary = folder.with_name(f".{uuid4().hex}.tmp")
    try:
        if os.path.lexists(folder):
            raise ArborisError(ErrorKind.FILE_UNWRITABLE, f"{folder.name} is there already")
        with noting(temporary):
            _fill(temporary, book, form, options)
            temporary.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        reason = error.strerror or str(error)
        message = f"{folder.name} cannot be written: {reason}"
        raise ArborisError(kind_of_os_error(error), message) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _fill(folder: Path, book: ExportBook, form: ExportFormat, options: ExportOptions) -> None:
    folder.mkdir()
    options = replace(options, cover=None)  # the cover is of the book, as its title page
    for stem, alone in _books(book):
        with (folder / f"{stem}.{form.ending}").open("xb") as file:
            file.write(form.write(alone, options))
            file.flush()
            os.fsync(file.fileno())
    sync_folder(folder)


def _books(book: ExportBook) -> Iterator[tuple[str, ExportBook]]:
    """Each chapter as a book of its own, with the stem of its file."""
    chapters = [chapter for volume in book.volumes for chapter in volume.chapters]
    width = max([_DIGITS, *(len(str(chapter.number)) for chapter in chapters)])
    for chapter in chapters:
        name = " ".join(part for part in (chapter.label, chapter.title) if part)
        stem = file_stem(f"{chapter.number:0{width}} {name}")
        volumes = (ExportVolume("", (chapter,)),)
        # The title page is of the book, not of each of its chapters.
        yield stem, replace(book, title="", author="", front="", volumes=volumes)
