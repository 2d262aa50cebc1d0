"""Small files of word processors and readers, made by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(members: Mapping[str, str | bytes], *, first: str = "") -> bytes:
    """A zip of these members; ``first`` stands first and is not packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(first, members[first], zipfile.ZIP_STORED)
        for name, data in members.items():
            if name != first:
                archive.writestr(name, data)
    return target.getvalue()


def docx_of(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of paragraphs, each with the name of its style."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def docx_with_body(body: str, **parts: str) -> bytes:
    """A Word document with this XML as its body, and further parts of ``word/``."""
    return changed(
        docx_of(),
        {
            "word/document.xml": re.compile(rb"<w:body>.*</w:body>", re.DOTALL),
        },
        f"<w:body>{body}</w:body>",
        {f"word/{name}.xml": f"<w:{name} {_W}>{xml}</w:{name}>" for name, xml in parts.items()},
    )


def changed(
    data: bytes, patterns: Mapping[str, re.Pattern[bytes]], text: str, added: Mapping[str, str]
) -> bytes:
    """A zip with the text in place of what the pattern finds in a member, and more members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, pattern in patterns.items():
        found = members[name]
        assert isinstance(found, bytes)
        members[name] = pattern.sub(lambda _match: text.encode(), found, count=1)
    return zipped({**members, **added})


_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub_of(
    pages: Mapping[str, str], *, contents: str = "", ncx: str = "", more: str = ""
) -> bytes:
    """An EPUB of pages in order, with the body of a table of contents of either kind."""
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in pages
    )
    items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Ship</dc:title>'
        f"<dc:creator>Jane Doe</dc:creator></metadata><manifest>{items}</manifest>"
        f'<spine toc="ncx">{spine}</spine>{more}</package>'
    )
    nav = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f'<body><nav epub:type="toc"><ol>{contents}</ol></nav></body></html>'
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": nav,
        "OEBPS/toc.ncx": f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>',
    }
    for name, body in pages.items():
        members[f"OEBPS/text/{name}.xhtml"] = (
            f'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>x</title></head><body>{body}</body></html>"
        )
    return zipped(members, first="mimetype")


_ODT_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt_of(body: str, styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument text with this XML as its body."""
    content = (
        f"<office:document-content {_ODT_NAMES} {_DC}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stated = (
        f"<office:document-meta {_ODT_NAMES} {_DC}><office:meta>{meta}</office:meta>"
        "</office:document-meta>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": stated,
        },
        first="mimetype",
    )
