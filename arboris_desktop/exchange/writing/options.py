"""The author's choices about a file that is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Dress(StrEnum):
    """The looks of a document."""

    READING = "reading"
    """A copy to read: one and a half lines, chapters on new pages."""
    MANUSCRIPT = "manuscript"
    """The standard form of manuscripts: twelve points, double lines, numbered pages."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices beside the format. By default only what is written comes out, and all of it."""

    unwritten_too: bool = False
    chapters: frozenset[int] | None = None
    """The numbers of the chapters that are wanted, ``None`` for all."""
    dress: Dress = Dress.READING
