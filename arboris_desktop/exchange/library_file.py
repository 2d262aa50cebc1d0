"""The library file: every novel in one zip, each as a novel file of its own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from arboris_desktop.domain.errors import ArborisError, ErrorKind, RuleError
from arboris_desktop.exchange.atomic_file import Noting, replacing, unnoted
from arboris_desktop.exchange.multi_novel_results import FoundNovels, ImportedNovels
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX, limits
from arboris_desktop.exchange.novel_file.archive import archive_of, open_archive
from arboris_desktop.exchange.novel_file.manifest import Manifest
from arboris_desktop.exchange.novel_file.reading import arrive, reveal
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.exchange.progress import Progress, part_of, silent
from arboris_desktop.exchange.zip_names import names_in_zip
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.errors import kind_of_os_error

LIBRARY_SUFFIX = ".arboris-library"

_LIST = "library.json"
_FORMAT, _VERSION = "arboris-library", 1
_MOST_NOVELS = 10_000
_LIST_BYTES = 4 * 1024 * 1024


def is_library_file(path: Path) -> bool:
    """True if a file is a library file, by its name or its contents."""
    return path.suffix.lower() == LIBRARY_SUFFIX or _LIST in names_in_zip(path)


def export_library(
    database: Database, path: Path, progress: Progress = silent, noting: Noting = unnoted
) -> int:
    """Writes all novels to a file, completely or not at all; returns how many.

    Raises ``RuleError`` if there is none, ``ArborisError`` if the file cannot be written or exists
    already.
    """
    with database.read() as transaction:
        novels = transaction.projects.all()
    if not novels:
        raise RuleError(ErrorKind.INVALID_VALUE, "there is no novel yet")
    with (
        replacing(path, overwrite=False, noting=noting) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped,
        _work_file(path, noting) as work,
    ):
        names = [f"{number:05}{NOVEL_SUFFIX}" for number in range(1, len(novels) + 1)]
        stated = {
            "format": _FORMAT,
            "format_version": _VERSION,
            "novels": [
                {"file": name, "title": novel.title}
                for name, novel in zip(names, novels, strict=True)
            ],
        }
        zipped.writestr(_LIST, json.dumps(stated, ensure_ascii=False, indent=1))
        for place, (name, novel) in enumerate(zip(names, novels, strict=True)):
            share = part_of(progress, place / len(novels), (place + 1) / len(novels))
            export_novel(database, novel.id, work, overwrite=True, progress=share, noting=noting)
            zipped.write(work, name)
    return len(novels)


def look_into_library(path: Path) -> FoundNovels:
    """Returns what an import would bring. Raises ``ArborisError``."""
    with _open(path) as (zipped, names), _workroom() as room:
        found = []
        for name in names:
            found.append(_manifest(zipped, name, room))
    return FoundNovels(
        path,
        tuple(one.title for one in found),
        sum(one.counts.chapters for one in found),
        sum(one.counts.words for one in found),
        found[0].language,
    )


def import_library(
    database: Database,
    path: Path,
    progress: Progress = silent,
    *,
    accept_instructions: bool = False,
) -> ImportedNovels:
    """Stores every novel of the file as a new one; none is visible before all are complete.

    Raises ``ArborisError`` (``FILE_UNREADABLE``, ``NOVEL_FILE_DAMAGED``, ``NOVEL_FILE_TOO_NEW``)
    and ``StorageError``.
    """
    with _open(path) as (zipped, names), _workroom() as room, ExitStack() as claims:
        novels = []
        for place, name in enumerate(names):
            share = part_of(progress, place / len(names), (place + 1) / len(names))
            unpacked = _unpacked(zipped, name, room)
            novels.append(arrive(database, unpacked, share, claims))
            unpacked.unlink()
        with database.write() as transaction:
            for novel in novels:
                reveal(transaction, novel, accept_instructions=accept_instructions)
    return ImportedNovels(tuple(novel.project_id for novel in novels))


@contextmanager
def _open(path: Path) -> Iterator[tuple[zipfile.ZipFile, list[str]]]:
    """Opens the zip and lists its novels, in order."""
    try:
        with zipfile.ZipFile(path) as zipped:
            names = _names(zipped)
            yield zipped, names
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArborisError(ErrorKind.FILE_UNREADABLE, f"{path.name}: {reason}") from error


def _names(zipped: zipfile.ZipFile) -> list[str]:
    path = Path(zipped.filename or "")
    members = {one.filename: one for one in zipped.infolist()}
    if _LIST not in members or members[_LIST].file_size > _LIST_BYTES:
        raise _damaged(path, "it has no list of novels")
    try:
        stated: Any = json.loads(zipped.read(_LIST))
        is_known = stated["format"] == _FORMAT and stated["format_version"] <= _VERSION
        names = [str(one["file"]) for one in stated["novels"]]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise _damaged(path, "its list of novels is damaged") from error
    if not is_known:
        raise ArborisError(ErrorKind.NOVEL_FILE_TOO_NEW, f"{path.name} is of a newer version")
    if not 0 < len(names) <= _MOST_NOVELS or set(names) != set(members) - {_LIST}:
        raise _damaged(path, "its novels are not those of its list")
    if any(members[name].file_size > limits.FILE_BYTES for name in names):
        raise _damaged(path, "a novel in it is too large")
    return names


def _manifest(zipped: zipfile.ZipFile, name: str, room: Path) -> Manifest:
    """Reads the manifest of a novel file; one packed by this program is read in place."""
    if zipped.getinfo(name).compress_type == zipfile.ZIP_STORED:
        with zipped.open(name) as file, archive_of(file, name) as archive:
            return archive.manifest
    with open_archive(_unpacked(zipped, name, room)) as archive:
        return archive.manifest


def _unpacked(zipped: zipfile.ZipFile, name: str, room: Path) -> Path:
    """Returns a member, with a neutral name in its error messages."""
    target = room / f"novel{NOVEL_SUFFIX}"
    with zipped.open(name) as source, _room_in_words(room), target.open("wb") as file:
        shutil.copyfileobj(source, file)
    return target


@contextmanager
def _room_in_words(room: Path) -> Iterator[None]:
    """Reports that the folder for temporary files is full, not the disk of the library file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"no novel can be unpacked in {room.parent}: {reason}"
        raise ArborisError(kind_of_os_error(error), message) from error


@contextmanager
def _workroom() -> Iterator[Path]:
    """Yields a temporary folder for one novel file at a time."""
    with _room_in_words(Path(tempfile.gettempdir()) / "arboris"):
        folder = tempfile.TemporaryDirectory(prefix="arboris-")
    with folder as name:
        yield Path(name)


@contextmanager
def _work_file(path: Path, noting: Noting) -> Iterator[Path]:
    """Yields a temporary file for one novel at a time, beside the library file."""
    work = Path(os.path.realpath(path)).with_name(f".{uuid4().hex}.tmp")
    with noting(work):
        try:
            yield work
        finally:
            work.unlink(missing_ok=True)


def _damaged(path: Path, reason: str) -> ArborisError:
    return ArborisError(ErrorKind.NOVEL_FILE_DAMAGED, f"{path.name}: {reason}")
