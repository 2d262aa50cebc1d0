"""Zip files that contain books, read within bounds: nothing is unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote

from arboris_desktop.domain.errors import ArborisError, ErrorKind

MEGABYTE = 1024 * 1024

MAX_PACKED_BYTES = 256 * MEGABYTE
"""Size of the file itself; pictures are what makes a book large."""

_MAX_UNPACKED_BYTES = 512 * MEGABYTE
_MAX_MEMBER_BYTES = 128 * MEGABYTE
_MAX_MEMBERS = 20_000
_MAX_RATIO = 200
_RATIO_FROM_BYTES = 8 * MEGABYTE
"""The largest compression ratio of a file beyond that size. Prose has about 3."""

DAMAGED = "the file is damaged or not complete"


def unreadable(reason: str) -> ArborisError:
    """Returns an error that says why a file cannot be read."""
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)


class Container:
    """An open zip with a valid directory."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.names = _checked_names(zipped)
        self._alike: dict[str, str] | None = None

    def read(self, name: str) -> bytes:
        """Returns the bytes of a member. Raises ``ArborisError`` if it is missing or damaged."""
        if name not in self.names:
            raise unreadable(f"{DAMAGED}: {name[:80]} is not in it")
        with damage_in_words(), self._zip.open(name) as member:
            data = member.read(_MAX_MEMBER_BYTES + 1)
        if len(data) > _MAX_MEMBER_BYTES:
            raise unreadable(f"{name[:80]} in it is too large")
        return data

    def found(self, name: str) -> str:
        """Returns the member of that name as the directory spells it; empty if there is none.

        Programs write references in another case, encoded, or with other slashes.
        """
        if name in self.names:
            return name
        if self._alike is None:
            self._alike = {_plain(known): known for known in self.names}
        return self._alike.get(_plain(name), "")

    def read_if_there(self, name: str) -> bytes | None:
        """Returns the bytes of an optional member."""
        return self.read(name) if name in self.names else None


@contextmanager
def open_container(data: bytes) -> Iterator[Container]:
    """Opens a zip. Raises ``ArborisError`` if it is damaged, encrypted, or a bomb."""
    with damage_in_words(), zipfile.ZipFile(io.BytesIO(data)) as zipped:
        yield Container(zipped)


@contextmanager
def damage_in_words() -> Iterator[None]:
    """Converts the errors that a damaged zip may cause to ``ArborisError``."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise unreadable(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:
        raise unreadable("the file is protected by a password or packed in another way") from error


def _checked_names(zipped: zipfile.ZipFile) -> frozenset[str]:
    infos = zipped.infolist()
    if len(infos) > _MAX_MEMBERS:
        raise unreadable("there are too many files in it")
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > _MAX_UNPACKED_BYTES:
        raise unreadable("it is too large unpacked")
    if unpacked > _RATIO_FROM_BYTES and unpacked > packed * _MAX_RATIO:
        raise unreadable("it is compressed too much for a book")
    for info in infos:
        if _leads_out(info.filename):
            raise unreadable(f"a file name in it leads outside of it: {info.filename[:80]!r}")
        if info.flag_bits & 1:
            raise unreadable("the file is protected by a password")
    return frozenset(info.filename for info in infos if not _is_link(info))


def _is_link(info: zipfile.ZipInfo) -> bool:
    """True for a symbolic link, whose content is only its target."""
    return stat.S_ISLNK(info.external_attr >> 16)


def _plain(name: str) -> str:
    with suppress(UnicodeError):
        name = name.encode("cp437").decode("utf-8")  # A name whose encoding is not stated.
    return unquote(name).replace("\\", "/").casefold()


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
