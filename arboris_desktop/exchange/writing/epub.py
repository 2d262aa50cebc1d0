"""Writing a book as EPUB 3 (https://www.w3.org/TR/epub-33/), with a contents page for old readers.

Each section is a file, so that a reader opens a long book at once.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import UTC, datetime

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.exporting import ExportBook, encoded
from arboris_desktop.exchange.writing.blocks import HeadingBlock, sections
from arboris_desktop.exchange.writing.cover import Cover
from arboris_desktop.exchange.writing.html import LANGUAGE_TAGS, STYLE, body_of, front_lines, plain

_CONTENTS = {Language.ENGLISH: "Contents", Language.CHINESE: "目录"}
_UNTITLED = {Language.ENGLISH: "Untitled", Language.CHINESE: "无题"}

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""


@record
class _Page:
    """A file of the book, and its entry in the contents."""

    name: str
    heading: HeadingBlock
    body: str


def write_epub(book: ExportBook, cover: Cover | None = None) -> bytes:
    """Returns the book as a zip whose first, uncompressed file states its type."""
    title = " ".join(book.title.split()) or _UNTITLED[book.language]
    pages = [
        _Page(f"section{number}.xhtml", heading, "\n".join(body_of(heading, blocks)))
        for number, (heading, blocks) in enumerate(sections(book), start=1)
    ]
    identity = f"urn:uuid:{uuid.uuid4()}"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        files = {
            "META-INF/container.xml": _CONTAINER,
            "EPUB/style.css": STYLE,
            "EPUB/title.xhtml": _page(book, title, f"<h1>{plain(title)}</h1>{front_lines(book)}"),
            "EPUB/nav.xhtml": _navigation(book, title, pages),
            "EPUB/package.opf": _package(book, title, identity, pages, cover),
        } | {f"EPUB/{one.name}": _page(book, one.heading.text, one.body) for one in pages}
        for name, text in files.items():
            archive.writestr(name, encoded(text))
        if cover is not None:
            picture = f'<img src="{cover.name}" alt="{plain(title)}" style="max-width: 100%;"/>'
            page = _page(book, title, f'<div style="text-align: center;">{picture}</div>')
            archive.writestr("EPUB/cover.xhtml", encoded(page))
            archive.writestr(f"EPUB/{cover.name}", cover.data, zipfile.ZIP_STORED)
    return buffer.getvalue()


def _page(book: ExportBook, title: str, body: str, head: str = "") -> str:
    tag = LANGUAGE_TAGS[book.language]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{tag}" xml:lang="{tag}">\n<head><title>{plain(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>{head}</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _navigation(book: ExportBook, title: str, pages: list[_Page]) -> str:
    entries = _tree(pages) or [f'<li><a href="title.xhtml">{plain(title)}</a></li>']
    contents = _CONTENTS[book.language]
    body = f'<nav epub:type="toc" id="toc"><h1>{contents}</h1>\n<ol>\n' + "\n".join(entries)
    return _page(book, contents, body + "\n</ol></nav>")


def _tree(pages: list[_Page]) -> list[str]:
    """Returns the entries of the contents: chapters within their volume, if there are volumes."""
    entries: list[str] = []
    inner: list[str] = []
    for page in reversed(pages):
        link = f'<a href="{page.name}">{plain(page.heading.text)}</a>'
        if page.heading.is_chapter and page.heading.level > 2:
            inner.insert(0, f"<li>{link}</li>")
            continue
        nested = f"\n<ol>{''.join(inner)}</ol>" if inner else ""
        entries.insert(0, f"<li>{link}{nested}</li>")
        inner = []
    return [*inner, *entries]


def _creator(book: ExportBook) -> str:
    author = " ".join(book.author.split())
    return f"\n<dc:creator>{plain(author)}</dc:creator>" if author else ""


def _package(
    book: ExportBook, title: str, identity: str, pages: list[_Page], cover: Cover | None
) -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    first = ["cover.xhtml"] if cover else []
    names = [*first, "title.xhtml", *(page.name for page in pages)]
    picture = (
        f'\n<item id="cover" href="{cover.name}" media-type="{cover.media_type}" '
        'properties="cover-image"/>'
        if cover
        else ""
    )
    # Old readers identify the cover by this.
    meta = '\n<meta name="cover" content="cover"/>' if cover else ""
    items = "\n".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(names)
    )
    spine = "\n".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identity}</dc:identifier>
<dc:title>{plain(title)}</dc:title>{_creator(book)}
<dc:language>{LANGUAGE_TAGS[book.language]}</dc:language>
<meta property="dcterms:modified">{now}</meta>{meta}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="style.css" media-type="text/css"/>{picture}
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
