"""Reading a web archive (MHT, MHTML): a page with its pictures, as saved by a browser or Word.

It is a MIME message. Whatever would make a hostile one slow or deep is limited before it is parsed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect
from email.message import Message

from arboris_desktop.exchange.decoding import MAX_FILE_BYTES, decode, fitting_encoding
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import DAMAGED, MEGABYTE, unreadable
from arboris_desktop.exchange.reading.html import read_html

FORM = "mht"

_MOST_INNER = 40
"""Messages within messages; an archive has one or two."""
_INNER = re.compile(rb"(?:\A|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_HEADER = 4000
_HEADERS = re.compile(
    rb"(?:\A|[\r\n])content-[a-z-]+:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE
)


def read_web_archive(data: bytes, _encoding: str = "") -> Manuscript:
    """Returns the page of an archive. Raises ``ArborisError`` if it is truncated or has no page."""
    if len(data) > MAX_FILE_BYTES:
        raise unreadable(f"the file is larger than {MAX_FILE_BYTES // MEGABYTE} MiB")
    _check(data)
    message = message_from_bytes(data)
    parts = list(message.walk())
    if any(map(_is_cut, parts)):
        raise unreadable(DAMAGED)
    page = _page(message, parts)
    if page is None:
        raise unreadable("there is no page in the web archive")
    body = page.get_payload(decode=True)
    body = body if isinstance(body, bytes) else b""
    decoded = decode(body, fitting_encoding(body, page.get_content_charset("")))
    found = read_html(decoded.text)
    notes = (*found.notes, "damaged") if decoded.damaged else found.notes
    return replace(found, form=FORM, notes=notes)


def _check(data: bytes) -> None:
    """Rejects what would take too long to parse: deep nesting, and huge headers."""
    is_deep = sum(1 for _found in _INNER.finditer(data)) > _MOST_INNER
    if is_deep or any(len(header[0]) > _LONGEST_HEADER for header in _HEADERS.finditer(data)):
        raise unreadable("the web archive is not one that a browser has saved")


def _is_cut(part: Message) -> bool:
    cut = (CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect)
    return any(isinstance(defect, cut) for defect in part.defects)


def _page(message: Message, parts: list[Message]) -> Message | None:
    """Returns the first page that the archive names, or its first one."""
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    start = str(message.get_param("start") or "")
    first = (part for part in pages if start and part.get("Content-ID", "").strip() == start)
    return next(first, None) or next(iter(pages), None)
