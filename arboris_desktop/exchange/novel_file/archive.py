"""Reading the zip of a novel file, which may be damaged or forged, within bounds.

Nothing is unpacked to disk. Members are read as streams and must be exactly those that the manifest
names, so that no member name ever becomes a path.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.novel_file import limits, manifest
from arboris_desktop.exchange.novel_file.strict_json import damaged, parse_object
from arboris_desktop.storage.portable.tables import carried_tables

_CHUNK = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def member_name(table: str) -> str:
    """Returns the name of the member with the rows of a table."""
    return f"rows/{table}.jsonl"


class NovelArchive:
    """An open novel file with a valid directory and manifest."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self._members = _directory(zipped)
        self.manifest = manifest.read_manifest(self._bytes_of_manifest())
        self._check_members()

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Yields the rows of a table; none if the file is older than the table.

        Raises ``ArborisError`` (``NOVEL_FILE_DAMAGED``), also at the end, when the hash can be
        verified.
        """
        name = member_name(table)
        stated = self.manifest.members.get(name)
        if stated is None:
            return
        digest, rows = hashlib.sha256(), 0
        with _damage_in_words(), self._zip.open(self._members[name]) as member:
            for line in _lines(member, stated.size, digest):
                rows += 1
                yield parse_object(line)
        if rows != stated.rows or digest.hexdigest() != stated.sha256:
            raise damaged(f"{name} is not what was written")

    def _bytes_of_manifest(self) -> bytes:
        info = self._members.get(manifest.NAME)
        if info is None:
            raise damaged("it has no manifest")
        with _damage_in_words(), self._zip.open(info) as member:
            data = member.read(limits.MANIFEST_BYTES + 1)
        if len(data) > limits.MANIFEST_BYTES:
            raise damaged("the manifest is too large")
        return data

    def _check_members(self) -> None:
        stated = self.manifest.members
        if set(stated) != set(self._members) - {manifest.NAME}:
            raise damaged("its members are not those of the manifest")
        if unknown := set(stated) - set(map(member_name, carried_tables())):
            raise damaged(f"it holds something unknown, {min(unknown)[:60]!r}")
        if sum(member.size for member in stated.values()) > limits.TOTAL_BYTES:
            raise damaged("it is too large")
        if self.manifest.total_rows > limits.ROWS:
            raise damaged("it has too many rows")


@contextmanager
def open_archive(path: Path) -> Iterator[NovelArchive]:
    """Opens a novel file.

    Raises ``ArborisError``, always with the file's name: ``FILE_UNREADABLE`` if there is no
    readable file, ``NOVEL_FILE_TOO_NEW``, ``NOVEL_FILE_DAMAGED``.
    """
    with _opened(path) as file, archive_of(file, path.name) as archive:
        yield archive


@contextmanager
def archive_of(file: IO[bytes], name: str) -> Iterator[NovelArchive]:
    """Opens a novel file that is itself an open file; raises the errors of ``open_archive``."""
    try:
        if file.seek(0, 2) > limits.FILE_BYTES:
            raise damaged("it is too large")
        file.seek(0)
        with _zip(file) as zipped:
            yield NovelArchive(zipped)
    except ArborisError as error:
        if error.kind in (ErrorKind.NOVEL_FILE_DAMAGED, ErrorKind.NOVEL_FILE_TOO_NEW):
            raise ArborisError(error.kind, f"{name}: {error.message}") from error
        raise


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if not path.is_file():  # A pipe or a device could be read for ever.
            raise FileNotFoundError(f"no file {path.name}")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArborisError(ErrorKind.FILE_UNREADABLE, f"{path.name}: {reason}") from error
    with file:
        yield file


@contextmanager
def _zip(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    with _damage_in_words():
        zipped = zipfile.ZipFile(file)
    with zipped:
        yield zipped


def _directory(zipped: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    infos = zipped.infolist()
    if len(infos) > limits.MEMBERS:
        raise damaged("it has too many members")
    for info in infos:
        if info.filename in members:
            raise damaged(f"{info.filename[:60]!r} is in it twice")
        if info.compress_type not in _METHODS or info.flag_bits & 1:
            raise damaged("it is packed in another way")
        members[info.filename] = info
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > limits.TOTAL_BYTES + limits.MANIFEST_BYTES:
        raise damaged("it is too large")
    if unpacked > limits.RATIO_FROM_BYTES and unpacked > packed * limits.RATIO:
        raise damaged("it is compressed too much for a novel")
    return members


def _lines(member: IO[bytes], size: int, digest: Any) -> Iterator[bytes]:
    """Yields the lines of a member, within the limits of its size and of each row."""
    read, waiting = 0, 0
    begun: list[bytes] = []
    while chunk := member.read(_CHUNK):
        read += len(chunk)
        if read > size:
            raise damaged("a member is larger than it should be")
        digest.update(chunk)
        first, *others = chunk.split(b"\n")
        begun.append(first)
        waiting += len(first)
        for line in others:
            yield _whole(begun, waiting)
            begun, waiting = [line], len(line)
        if waiting > limits.LINE_BYTES:
            raise damaged("a row is too large")
    if waiting or read != size:
        raise damaged("a member ends too early")


def _whole(parts: list[bytes], size: int) -> bytes:
    if size > limits.LINE_BYTES:
        raise damaged("a row is too large")
    return b"".join(parts)


@contextmanager
def _damage_in_words() -> Iterator[None]:
    """The errors of the standard library for an invalid or damaged zip."""
    try:
        yield
    except ArborisError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
        ValueError,
        LookupError,
        OSError,
    ) as error:
        raise damaged(f"it is no sound zip ({type(error).__name__}: {error})") from error
