"""The list of all readable formats, and detecting the format of a file.

A file is identified by its contents: authors rename files, and a name may have no extension. The
extension only distinguishes Markdown from plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.decoding import decode, stated_encoding
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import open_container, unreadable
from arboris_desktop.exchange.reading.looks import with_bold_headings

Read = Callable[[bytes, str], Manuscript]
"""Reads the bytes of a file; the encoding is the author's choice, or empty."""


@record
class FormatIn:
    """A format with the usual extensions of its files, in lower case.

    ``has_encoding`` means that the bytes are text, whose encoding can be chosen.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    has_encoding: bool = False
    read_beside: Callable[[bytes, Path], Manuscript] | None = None
    """Reads a file that only lists those in its folder."""


def _read_text(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.plain_text import read_plain_text

    return read_plain_text(data, encoding)


def _read_markdown(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.markdown import read_markdown

    return _decoded(read_markdown, data, encoding)


def _read_html(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.html import read_html

    return _decoded(read_html, data, encoding or stated_encoding(data))


def _decoded(read: Callable[[str], Manuscript], data: bytes, encoding: str) -> Manuscript:
    decoded = decode(data, encoding)
    found = read(decoded.text)
    notes = (*found.notes, "damaged") if decoded.damaged else found.notes
    return replace(found, encoding=decoded.encoding, notes=notes)


def _read_docx(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.docx import read_docx

    return read_docx(data, encoding)


def _read_epub(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.epub import read_epub

    return read_epub(data, encoding)


def _read_odt(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.odt import read_odt

    return read_odt(data, encoding)


def _read_rtf(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.rtf import read_rtf

    return read_rtf(data, encoding)


def _read_fb2(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.fb2 import read_fb2

    return read_fb2(data, encoding)


def _read_alone(_data: bytes, _encoding: str) -> Manuscript:
    raise unreadable("the file is a novelWriter project without its folder")


def _read_novelwriter(data: bytes, folder: Path) -> Manuscript:
    from arboris_desktop.exchange.reading.novelwriter import read_project

    return read_project(data, folder)


def _read_ywriter(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.ywriter import read_ywriter

    return read_ywriter(data, encoding)


def _read_web_archive(data: bytes, encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.web_archive import read_web_archive

    return read_web_archive(data, encoding)


def _read_zip(data: bytes, _encoding: str) -> Manuscript:
    from arboris_desktop.exchange.reading.collection import read_archive
    from arboris_desktop.exchange.reading.novelwriter import packed_project, read_packed_project

    with open_container(data) as container:
        if project := packed_project(container):
            return read_packed_project(container, project)
        is_vault = any(".obsidian" in PurePath(name).parts for name in container.names)
        return read_archive(container, read_of_vault if is_vault else read_by_name)


def read_of_vault(data: bytes, name: str) -> Manuscript:
    """Reads a file of an Obsidian vault. Raises ``ArborisError``."""
    if format_of(data, PurePath(name).suffix) is not MARKDOWN:
        return read_by_name(data, name)
    from arboris_desktop.exchange.reading.vault import read_note

    return with_bold_headings(_decoded(read_note, data, ""))


def read_by_name(data: bytes, name: str) -> Manuscript:
    """Reads a file among others. Raises ``ArborisError``."""
    form = format_of(data, PurePath(name).suffix)
    if form in (ZIP, NOVELWRITER):
        raise unreadable("an archive within another")
    return with_bold_headings(form.read(data, ""))


TEXT = FormatIn("txt", (".txt", ".text"), _read_text, has_encoding=True)
MARKDOWN = FormatIn("md", (".md", ".markdown", ".mkd"), _read_markdown, has_encoding=True)
HTML = FormatIn("html", (".html", ".htm", ".xhtml"), _read_html, has_encoding=True)
DOCX = FormatIn("docx", (".docx", ".docm", ".dotx"), _read_docx)
EPUB = FormatIn("epub", (".epub",), _read_epub)
ODT = FormatIn("odt", (".odt", ".fodt"), _read_odt)
FB2 = FormatIn("fb2", (".fb2",), _read_fb2)
RTF = FormatIn("rtf", (".rtf",), _read_rtf)
NOVELWRITER = FormatIn("nwx", (".nwx",), _read_alone, read_beside=_read_novelwriter)

YWRITER = FormatIn("yw7", (".yw7", ".yw6", ".yw5"), _read_ywriter)

WEB_ARCHIVE = FormatIn("mht", (".mht", ".mhtml"), _read_web_archive)

ZIP = FormatIn("files", (".zip",), _read_zip)

FORMATS_IN = (
    TEXT,
    MARKDOWN,
    DOCX,
    EPUB,
    FB2,
    ODT,
    HTML,
    RTF,
    WEB_ARCHIVE,
    NOVELWRITER,
    YWRITER,
    ZIP,
)
"""All text formats that can be imported; novel files are added to them."""

_HTML = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_BYTES = 2048
_WEB_ARCHIVE = re.compile(
    rb"\s*(?:[a-z][a-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:\s*1", re.IGNORECASE
)
"""Headers of a message, among them that of MIME."""

_SCRIVENER = "a Scrivener project; compile it to DOCX or Markdown"
_OTHERS = (
    (b"%PDF", "a PDF, which has no paragraphs; convert it to DOCX or EPUB, or save its text"),
    (b"\xd0\xcf\x11\xe0", "an old or protected Word or WPS file; open it and save it as DOCX"),
    (b"SQLite format 3", "a database, not a text"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"\x1f\x8b", "an archive; unpack it first"),
    (b"\x89PNG", "a picture, not a text file"),
    (b"\xff\xd8\xff", "a picture, not a text file"),
    (b"GIF8", "a picture, not a text file"),
    (b"ITSF", "a CHM help file; convert it to EPUB"),
    (b"AT&TFORM", "a scanned book (DjVu), which has no text"),
    (b"\xffWPC", "a WordPerfect file; open it and save it as DOCX"),
)
"""The first bytes of files without readable text, and advice for each."""


_OTHER_XML = (
    (b"<ScrivenerProject", _SCRIVENER),
    (b'progid="Word.Document"', "Word's old XML; open it and save it as DOCX"),
    (b"<w:wordDocument", "Word's old XML; open it and save it as DOCX"),
)
_XML = (
    (b"<office:document", ODT),
    (b"<novelWriterXML", NOVELWRITER),
    (b"<YWRITER", YWRITER),
    (b"<FictionBook", FB2),
)


def format_of(data: bytes, suffix: str) -> FormatIn:
    """Returns the format of a file's bytes; ``suffix`` is its extension.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) that says what the file is and what can be done.
    """
    for start, words in _OTHERS:
        if data.startswith(start):
            raise unreadable(f"the file is {words}")
    if suffix.lower() == ".gdoc":
        raise unreadable("the file is only a link to a Google document; download that as DOCX")
    if _WEB_ARCHIVE.match(data[:_HEAD_BYTES]):
        return WEB_ARCHIVE
    if data[60:68] == b"BOOKMOBI":
        raise unreadable("the file is a Kindle book; convert it to EPUB")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_zip(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and (marked_up := _format_of_markup(head, suffix)):
        return marked_up
    return MARKDOWN if suffix.lower() in MARKDOWN.suffixes else TEXT


def _format_of_markup(head: bytes, suffix: str) -> FormatIn | None:
    for sign, words in _OTHER_XML:
        if sign in head:
            raise unreadable(f"the file is {words}")
    known = next((form for sign, form in _XML if sign in head), None)
    is_page = bool(_HTML.match(head)) or suffix.lower() in HTML.suffixes
    return known or (HTML if is_page else None)


def _format_of_zip(data: bytes) -> FormatIn:
    with open_container(data) as container:
        names = container.names
        kind = (container.read_if_there("mimetype") or b"").strip()
    if "word/document.xml" in names or any(one.startswith("word/document") for one in names):
        return DOCX
    if kind == b"application/epub+zip" or "META-INF/container.xml" in names:
        return EPUB
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return ODT
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise unreadable("the file is a Pages document; export it as Word or EPUB")
    if any(name.endswith(".scrivx") for name in names):
        raise unreadable(f"the file is {_SCRIVENER}")
    if kind or "[Content_Types].xml" in names:
        raise unreadable("the file is a spreadsheet, drawing or presentation, not a text")
    return ZIP
