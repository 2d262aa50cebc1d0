"""The author's choices for an exported file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from arboris_desktop.domain.publishing import PublishingForm
from arboris_desktop.domain.record import record

Word = TypeVar("Word", bound=StrEnum)

PROJECT_FORM = "novelwriter"
"""A novelWriter project, which is a folder and more than a text."""
PLAIN_FORM = "txt"
"""The format that platforms accept."""
COVER_FORM = "epub"
"""The format with a cover."""


class Dress(StrEnum):
    """The layout of a document."""

    READING = "reading"
    """A reading copy: one and a half line spacing, chapters on new pages."""
    MANUSCRIPT = "manuscript"
    """The standard manuscript format: twelve points, double spacing, numbered pages."""


class TextEncoding(StrEnum):
    """The encodings of plain text and Markdown."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    """Little-endian, with the byte order mark by which every editor recognises it."""
    GB18030 = "gb18030"


class LineEnds(StrEnum):
    """The line ends of plain text and Markdown."""

    LF = "lf"
    CRLF = "crlf"
    """For old Windows programs."""


class ExportContent(StrEnum):
    """The part of a novel that is exported."""

    TEXT = "text"
    OUTLINE = "outline"
    """The plans of its volumes and chapters."""
    CODEX = "codex"
    """Its people, places and things, with the known facts."""
    COMMENTS = "comments"
    """The author's notes on passages."""


@record
class ExportOptions:
    """Choices besides the format. By default everything written is exported, and nothing else."""

    unwritten_too: bool = False
    chapters: frozenset[int] | None = None
    """The numbers of the chapters to export; ``None`` for all."""
    dress: Dress = Dress.READING
    encoding: TextEncoding = TextEncoding.UTF_8
    line_ends: LineEnds = LineEnds.LF
    file_per_chapter: bool = False
    """Creates a folder in place of the single file."""
    publishing: PublishingForm | None = None
    """The plain-text form that a platform expects; ``None`` for that of a book."""
    content: ExportContent = ExportContent.TEXT
    front: str = ""
    """Front matter, such as a dedication: paragraphs below title and author."""
    cover: Path | None = None
    """A picture for the cover of an e-book."""

    def effective(self, form: str) -> ExportOptions:
        """Returns the choices that count for a format, the others as if they had not been made.

        Only the text of a book has a title page, which neither a platform's form nor a single
        chapter has; the outline, the codex and the comments are one file each.
        """
        content = ExportContent.TEXT if form == PROJECT_FORM else self.content
        is_text = content is ExportContent.TEXT
        single = self.file_per_chapter and is_text and form != PROJECT_FORM
        publishing = self.publishing if is_text and form == PLAIN_FORM else None
        has_title_page = is_text and not single and publishing is None
        return replace(
            self,
            unwritten_too=self.unwritten_too and is_text,
            chapters=None if content is ExportContent.CODEX else self.chapters,
            content=content,
            file_per_chapter=single,
            publishing=publishing,
            front=self.front if has_title_page else "",
            cover=self.cover if has_title_page and form == COVER_FORM else None,
        )

    def to_preset(self) -> dict[str, object]:
        """Returns the choices to store as a preset: all except the chapters, as JSON."""
        stated = asdict(self) | {"cover": str(self.cover) if self.cover else None}
        del stated["chapters"]
        return stated

    @staticmethod
    def from_preset(stated: Mapping[str, object]) -> ExportOptions:
        """Reads a stored preset; unknown values get their defaults."""
        usual = ExportOptions()
        form = stated.get("publishing")
        cover = stated.get("cover")
        return ExportOptions(
            unwritten_too=stated.get("unwritten_too") is True,
            dress=_known(Dress, stated.get("dress"), usual.dress),
            encoding=_known(TextEncoding, stated.get("encoding"), usual.encoding),
            line_ends=_known(LineEnds, stated.get("line_ends"), usual.line_ends),
            file_per_chapter=stated.get("file_per_chapter") is True,
            publishing=_form(form) if isinstance(form, Mapping) else None,
            content=_known(ExportContent, stated.get("content"), usual.content),
            front=str(stated.get("front") or ""),
            cover=Path(str(cover)) if cover else None,
        )


def _form(stated: Mapping[str, object]) -> PublishingForm:
    return PublishingForm(
        *(stated.get(name) is True for name in ("with_title", "indent", "blank_line"))
    )


def _known(words: type[Word], value: object, usual: Word) -> Word:
    return next((word for word in words if word.value == value), usual)
