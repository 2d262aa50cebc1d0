"""The cover picture of an e-book."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.record import record

_MOST_BYTES = 20 * 1024 * 1024
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", b"IEND", "png", "image/png"),
    (b"\xff\xd8\xff", b"\xff\xd9", "jpg", "image/jpeg"),
)
"""The types that every reader shows: first bytes, mark of the end, extension, and media type.

A camera may write more after the end, or a small picture before the main one.
"""


@record
class Cover:
    """A picture, with its name in the book."""

    name: str
    media_type: str
    data: bytes


def read_cover(path: Path) -> Cover:
    """Reads the picture.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) for a type that readers do not show.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unusable(path, reason) from error
    if len(data) > _MOST_BYTES:
        raise _unusable(path, f"it is larger than {_MOST_BYTES // 1024**2} MiB")
    for start, end, ending, media_type in _KINDS:
        if data.startswith(start):
            if data.rfind(end) < len(data) // 2:
                raise _unusable(path, "it is cut off")
            return Cover(f"cover.{ending}", media_type, data)
    raise _unusable(path, "it is neither a PNG nor a JPEG picture")


def _unusable(path: Path, reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, f"the cover {path.name}: {reason}")
