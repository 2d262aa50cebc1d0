"""The list of formats in which a book's text can be written."""

from __future__ import annotations

from codecs import BOM_UTF16_LE
from collections.abc import Callable

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.exporting import ExportBook, encoded, to_markdown, to_text
from arboris_desktop.exchange.publishing import book_for_publishing
from arboris_desktop.exchange.writing.options import ExportOptions, LineEnds, TextEncoding


@record
class ExportFormat:
    """A format: its file extension, and its writer, which imports what it needs when used."""

    ending: str
    write: Callable[[ExportBook, ExportOptions], bytes]


TEXT_FORMS = frozenset({"txt", "md"})
"""The text formats, for which encoding and line ends can be chosen."""


def _text(book: ExportBook, options: ExportOptions) -> bytes:
    if options.publishing is None:
        return _as_bytes(to_text(book), options)
    return _as_bytes(book_for_publishing(book, options.publishing), options)


def _markdown(book: ExportBook, options: ExportOptions) -> bytes:
    return _as_bytes(to_markdown(book), options)


def _as_bytes(text: str, options: ExportOptions) -> bytes:
    if options.line_ends is LineEnds.CRLF:
        text = text.replace("\n", "\r\n")
    if options.encoding is TextEncoding.UTF_8:
        return encoded(text)
    if options.encoding is TextEncoding.UTF_16:
        return BOM_UTF16_LE + text.encode("utf-16-le", errors="replace")
    return text.encode("gb18030", errors="replace")


def _docx(book: ExportBook, options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.docx import write_docx

    return write_docx(book, options.dress)


def _epub(book: ExportBook, options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.cover import read_cover
    from arboris_desktop.exchange.writing.epub import write_epub

    return write_epub(book, read_cover(options.cover) if options.cover else None)


def _odt(book: ExportBook, _options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.odt import write_odt

    return write_odt(book)


def _pdf(book: ExportBook, _options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.pdf import write_pdf

    return write_pdf(book)


def _html(book: ExportBook, _options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.html import write_html

    return write_html(book)


EXPORT_FORMATS = {
    one.ending: one
    for one in (
        ExportFormat("docx", _docx),
        ExportFormat("epub", _epub),
        ExportFormat("odt", _odt),
        ExportFormat("pdf", _pdf),
        ExportFormat("html", _html),
        ExportFormat("md", _markdown),
        ExportFormat("txt", _text),
    )
}
"""Every format by its extension, in the order in which a dialog offers them."""
