"""A book as the blocks of a document: headings, paragraphs of styled lines, scene breaks."""

from __future__ import annotations

from collections.abc import Iterator

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.exporting import ExportBook, NewPages, parts
from arboris_desktop.text.emphasis import Run, read_runs
from arboris_desktop.text.paragraphs import LINE, PARAGRAPH, SCENE, normalise
from arboris_desktop.text.scenes import is_scene_break

StyledLine = tuple[Run, ...]


@record
class HeadingBlock:
    """A heading of level 2 or 3; the title of the book has level 1."""

    level: int
    text: str
    is_chapter: bool
    begins_page: bool = True


@record
class Paragraph:
    """The lines of one paragraph; nearly always there is one."""

    lines: tuple[StyledLine, ...]


@record
class SceneBreak:
    """A break between scenes."""


Block = HeadingBlock | Paragraph | SceneBreak


def sections(book: ExportBook) -> Iterator[tuple[HeadingBlock, tuple[Block, ...]]]:
    """Yields each heading of the book, and what follows it."""
    for number, (level, heading, text, is_chapter) in enumerate(parts(book)):
        begins_page = number == 0 or book.pages is NewPages.CHAPTERS
        begins_page |= book.pages is NewPages.VOLUMES and not is_chapter
        yield HeadingBlock(level, heading, is_chapter, begins_page), tuple(prose(text))


def front_of(book: ExportBook) -> tuple[Block, ...]:
    """Yields the lines below title and author."""
    return tuple(prose(book.front)) if book.front.strip() else ()


def prose(text: str) -> Iterator[Block]:
    """Yields the paragraphs of a chapter; two blank lines are a scene break, too."""
    for number, scene in enumerate(normalise(text).split(SCENE)):
        paragraphs = [one for one in scene.split(PARAGRAPH) if one]
        if number and paragraphs:
            yield SceneBreak()
        for paragraph in paragraphs:
            if is_scene_break(paragraph):
                yield SceneBreak()
            else:
                lines = paragraph.split(LINE)
                yield Paragraph(tuple(tuple(read_runs(line)) for line in lines))
