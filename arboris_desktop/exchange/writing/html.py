"""Writing a book as one HTML page, and its chapters as the pages of an EPUB."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, byline, encoded
from arboris_desktop.exchange.writing.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    StyledLine,
    front_of,
    sections,
)

STYLE = """
body { line-height: 1.6; margin: 5%; }
h1, h2, h3 { text-align: center; font-weight: normal; margin: 2em 0 1.5em; }
h1, h2, h3 { break-after: avoid; page-break-after: avoid; text-wrap: balance; }
nav ol { list-style: none; }
p { margin: 0; text-indent: 1.5em; }
h2 + p, h3 + p, .scene + p { text-indent: 0; }
.author { text-align: center; text-indent: 0; margin: 0 0 2em; }
.scene { text-align: center; margin: 1.2em 0; text-indent: 0; }
:lang(zh) p, :lang(zh) h2 + p, :lang(zh) h3 + p, :lang(zh) .scene + p { text-indent: 2em; }
:lang(zh) .scene, :lang(zh) .author { text-indent: 0; }
.front p, :lang(zh) .front p { text-align: center; text-indent: 0; }
""".strip()

LANGUAGE_TAGS = {Language.ENGLISH: "en", Language.CHINESE: "zh-CN"}

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


def write_html(book: ExportBook) -> bytes:
    """Returns one page with the title, the headings and the prose."""
    pages = [page for heading, blocks in sections(book) for page in body_of(heading, blocks)]
    title = " ".join(book.title.split())
    head = f"<h1>{plain(title)}</h1>" if title else ""
    head += front_lines(book)
    return encoded(
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE_TAGS[book.language]}">\n'
        f'<head><meta charset="utf-8"><title>{plain(title)}</title>{_author_meta(book)}\n'
        f"<style>\n{STYLE}\n</style></head>\n<body>\n{head}\n"
        + "\n".join(pages)
        + "\n</body></html>\n"
    )


def front_lines(book: ExportBook) -> str:
    """Yields the lines below the title: the author and the front matter."""
    front = "\n".join(_block(block) for block in front_of(book))
    return "\n".join([author_line(book), f'<div class="front">{front}</div>' if front else ""])


def _author_meta(book: ExportBook) -> str:
    author = " ".join(book.author.split())
    return f'<meta name="author" content="{plain(author)}">' if author else ""


def author_line(book: ExportBook) -> str:
    """Returns the line that names the author, if known."""
    return f'<p class="author">{plain(byline(book))}</p>' if book.author.strip() else ""


def body_of(heading: HeadingBlock, blocks: Iterable[Block]) -> list[str]:
    """Yields the lines of a section, well-formed as XML too."""
    first = f"<h{heading.level}>{plain(heading.text)}</h{heading.level}>"
    return [first, *(_block(block) for block in blocks)]


def plain(text: str) -> str:
    """Escapes text for HTML and XML."""
    return escape(text.translate(_CONTROLS), quote=True)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        lines = ["".join(run.text for run in line) for line in block.lines]
        # Readers make one space of several, unless they are told.
        spaced = ' style="white-space: pre-wrap;"' if any("  " in line for line in lines) else ""
        return f"<p{spaced}>{'<br/>'.join(_line(line) for line in block.lines)}</p>"
    if isinstance(block, HeadingBlock):
        return f"<h{block.level}>{plain(block.text)}</h{block.level}>"
    return '<p class="scene">* * *</p>'


def _line(line: StyledLine) -> str:
    return "".join(_styled(plain(run.text), run.italic, run.bold) for run in line)


def _styled(text: str, italic: bool, bold: bool) -> str:
    if italic:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if bold else text
