"""Writing a book as plain text or Markdown.

Both can be imported again with the same volumes and chapters: exactly from Markdown; from plain
text unless a paragraph itself looks like a heading ("Chapter 5").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.atomic_file import Noting, replacing, unnoted
from arboris_desktop.exchange.markdown import escape, escape_title
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.text.headings import HeadingKind, recognise, tidy_title
from arboris_desktop.text.number_labels import DEFAULT_FORMS, label_of
from arboris_desktop.text.paragraphs import PARAGRAPH, SCENE, normalise
from arboris_desktop.text.scenes import SCENE_BREAK, is_scene_break

UNNAMED_VOLUME = {Language.ENGLISH: "Chapters", Language.CHINESE: "正文"}
"""The title of the single volume of a book without volumes."""

_INDENT = "\u3000\u3000"
"""Chinese paragraphs are indented by two characters."""


class NewPages(StrEnum):
    """The headings that begin a new page. Short notes follow one another."""

    CHAPTERS = "chapters"
    VOLUMES = "volumes"
    NONE = "none"
    """Only the first heading, behind the title page."""


@record
class ExportChapter:
    """A chapter with the number in its heading.

    ``label`` is that number as the author writes it, empty if there is only a title; ``None`` means
    the usual form of the book's language.
    """

    number: int
    title: str
    text: str
    label: str | None = None


@record
class ExportVolume:
    """A volume. ``title`` is empty if the book is not divided into volumes.

    ``number`` stands in its heading; 0 means the next one. ``label`` is as in a chapter.
    """

    title: str
    chapters: tuple[ExportChapter, ...]
    number: int = 0
    label: str | None = None
    text: str = ""


@record
class ExportBook:
    """Everything written: the selected version of each chapter, in reading order.

    ``front`` stands below title and author. ``told`` is the progress of going through it.
    """

    title: str
    language: Language
    volumes: tuple[ExportVolume, ...]
    author: str = ""
    front: str = ""
    pages: NewPages = NewPages.CHAPTERS
    told: Progress = field(default=silent, compare=False)


def byline(book: ExportBook) -> str:
    """Returns the line that names the author; empty if the author is not known."""
    author = " ".join(book.author.split())
    if not author:
        return ""
    return f"作者：{author}" if book.language is Language.CHINESE else f"by {author}"


def to_text(book: ExportBook) -> str:
    """Returns the book as plain text: headings on their own lines, blank lines between
    paragraphs."""
    is_chinese = book.language is Language.CHINESE
    title = " ".join(book.title.split())
    first = [f"《{title}》" if is_chinese else title] if title else []
    first += [byline(book)] if book.author.strip() else []
    blocks = ["\n".join(first)] if first else []
    if book.front.strip():
        blocks.append(_prose(book.front, lambda line, _: line, _INDENT if is_chinese else ""))
    for _, heading, text, _ in parts(book):
        prose = _prose(text, lambda line, _: line, _INDENT if is_chinese else "")
        blocks.append(heading + PARAGRAPH + prose if prose else heading)
    return SCENE.join(blocks) + "\n"


def to_markdown(book: ExportBook) -> str:
    """Returns the book as Markdown: ``#`` for the title, then a level for volumes, if any, and one
    for chapters.

    What Markdown would take for markup in the prose is escaped.
    """
    title = " ".join(book.title.split())
    blocks = [f"# {escape_title(title)}"] if title else []
    blocks += [escape(byline(book))] if book.author.strip() else []
    if book.front.strip():
        blocks.append(_prose(book.front, lambda line, alone: escape(line, alone=alone)))
    for level, heading, text, _ in parts(book):
        blocks.append(f"{'#' * level} {escape_title(heading)}")
        prose = _prose(text, lambda line, alone: escape(line, alone=alone))
        blocks += [prose] if prose else []
    return PARAGRAPH.join(blocks) + "\n"


def write_text_file(path: Path, text: str, noting: Noting = unnoted) -> None:
    """Writes the file as UTF-8, completely or not at all.

    The text goes to a temporary file in the same folder, which then replaces the existing one.
    Raises ``ArborisError``: ``DISK_FULL``, ``DISK_ERROR``, or ``FILE_UNWRITABLE`` for other
    reasons; the existing file is then untouched.
    """
    with replacing(path, noting=noting) as file:
        file.write(encoded(text))


def encoded(text: str) -> bytes:
    """Encodes the text as UTF-8; a lone surrogate must not stop an export."""
    return text.encode("utf-8", errors="replace")


def parts(book: ExportBook) -> Iterator[tuple[int, str, str, bool]]:
    """Yields every volume and chapter in order: the level of its heading (2 or 3), the heading, the
    text, and whether it is a chapter."""
    divided = is_divided(book)
    counter = Counter(sum(len(volume.chapters) for volume in book.volumes), book.told)
    for position, volume in enumerate(book.volumes, start=1):
        if volume.title.strip() or position > 1:
            number = volume.number or position
            yield 2, volume_heading(number, volume, book.language), volume.text, False
        for chapter in counter.count(volume.chapters):
            level = 3 if divided else 2
            yield (
                level,
                chapter_heading(chapter.number, chapter.title, book.language, chapter.label),
                chapter.text,
                True,
            )


def is_divided(book: ExportBook) -> bool:
    """True if the book has volumes, not only chapters."""
    return len(book.volumes) > 1 or any(volume.title.strip() for volume in book.volumes)


def volume_heading(position: int, volume: ExportVolume, language: Language) -> str:
    """Returns a heading such as "Volume 2: The Sea"; a title such as "Part Two", or 卷二 海 of the
    second volume, is one already."""
    title = tidy_title(volume.title)
    if volume.label is not None:
        return _titled(volume.label, title) or volume_label(position, language)
    found = recognise(title)
    if found and found[0].kind is HeadingKind.VOLUME:
        its = found[0]
        if not its.title or its.value == (position,):
            return title
    return _titled(volume_label(position, language), title)


def volume_label(position: int, language: Language) -> str:
    """Returns the usual number of a volume."""
    return f"第{position}卷" if language is Language.CHINESE else f"Volume {position}"


def chapter_heading(number: int, title: str, language: Language, label: str | None = None) -> str:
    """Returns a heading such as "Chapter 2: The Sea" or 第2章 海, with the author's own ``label``,
    or a title alone; with neither, a mark that is no number."""
    usual = label_of(DEFAULT_FORMS[language], number)
    return _titled(usual if label is None else label, tidy_title(title)) or SCENE_BREAK


def _titled(label: str, title: str) -> str:
    if not label or not title:
        return label or title
    return f"{label}: {title}" if label.isascii() else f"{label} {title}"


def _prose(text: str, write: Callable[[str, bool], str], indent: str = "") -> str:
    """Formats a chapter's text line by line with ``write``, which is told whether the line stands
    alone.

    Lines of one paragraph end with two spaces, by which the importer (and Markdown) recognises
    them.
    """
    lines = normalise(text).split("\n")
    written = []
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        start = indent if line and not before and not is_scene_break(line) else ""
        end = "  " if line and after else ""
        written.append(start + write(line, not before and not after) + end)
    return "\n".join(written)
