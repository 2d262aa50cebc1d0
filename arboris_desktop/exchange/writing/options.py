"""The author's choices about a file that is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from arboris_desktop.domain.publishing import PublishingForm


class Dress(StrEnum):
    """The looks of a document."""

    READING = "reading"
    """A copy to read: one and a half lines, chapters on new pages."""
    MANUSCRIPT = "manuscript"
    """The standard form of manuscripts: twelve points, double lines, numbered pages."""


class TextEncoding(StrEnum):
    """The encodings in which plain text and Markdown go out."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    """Little-endian, with the mark at its beginning by which every editor knows it."""
    GB18030 = "gb18030"


class LineEnds(StrEnum):
    """The ends of the lines of plain text and Markdown."""

    LF = "lf"
    CRLF = "crlf"
    """As old programs of Windows need it."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices beside the format. By default only what is written comes out, and all of it."""

    unwritten_too: bool = False
    chapters: frozenset[int] | None = None
    """The numbers of the chapters that are wanted, ``None`` for all."""
    dress: Dress = Dress.READING
    encoding: TextEncoding = TextEncoding.UTF_8
    line_ends: LineEnds = LineEnds.LF
    file_per_chapter: bool = False
    """A new folder takes the place of the one file."""
    publishing: PublishingForm | None = None
    """The form of a plain text as a platform takes it, ``None`` for that of a book."""
