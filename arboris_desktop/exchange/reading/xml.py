"""XML from untrusted files: no entity is resolved, nothing is fetched."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from arboris_desktop.exchange.reading.containers import DAMAGED, unreadable

_LETTERS = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))

Element = Any
"""An element of ``lxml``, which has no types."""


def parse_xml(data: bytes, *, may_have_doctype: bool = False, mends: bool = False) -> Element:
    """Returns the root of a document.

    Raises ``ArborisError`` for invalid XML, for declarations of entities, and for a document type,
    which no word processor writes but other programs do (``may_have_doctype``). With ``mends``
    small faults are tolerated: entities of HTML, a bare ``&``.
    """
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise unreadable("it declares entities, which no book needs")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mends
    )
    if mends:
        data = _LETTERS.sub(_as_number, data)
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(f"{DAMAGED}: {str(error)[:200]}") from error
    if root is None:
        raise unreadable(DAMAGED)
    if not may_have_doctype and root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("it declares a type of document, which no word processor does")
    return root


def _as_number(found: re.Match[bytes]) -> bytes:
    """Writes an entity of HTML as a numeric reference, which XML knows."""
    letters = html5.get(f"{found[1].decode()};")
    if found[1] in _OF_XML or not letters:
        return found[0]
    return "".join(f"&#{ord(letter)};" for letter in letters).encode()
