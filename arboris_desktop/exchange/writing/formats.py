"""The one list of formats in which a book's text can be written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from arboris_desktop.exchange.exporting import ExportBook, encoded, to_markdown, to_text
from arboris_desktop.exchange.writing.options import ExportOptions


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: the ending of its files, and the writer. What it needs is imported when used."""

    ending: str
    write: Callable[[ExportBook, ExportOptions], bytes]


def _text(book: ExportBook, _options: ExportOptions) -> bytes:
    return encoded(to_text(book))


def _markdown(book: ExportBook, _options: ExportOptions) -> bytes:
    return encoded(to_markdown(book))


def _docx(book: ExportBook, options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.docx import write_docx

    return write_docx(book, options.dress)


def _epub(book: ExportBook, _options: ExportOptions) -> bytes:
    from arboris_desktop.exchange.writing.epub import write_epub

    return write_epub(book)


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
"""Every format by its ending, in the order in which a dialog offers them."""
