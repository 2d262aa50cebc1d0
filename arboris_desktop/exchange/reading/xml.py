"""XML from files that nobody vouches for: no entity is resolved, nothing is fetched."""

from __future__ import annotations

from typing import Any

from lxml import etree

from arboris_desktop.exchange.reading.containers import DAMAGED, unreadable

Element = Any
"""An element of ``lxml``, which has no types."""


def parse_xml(data: bytes, *, may_have_doctype: bool = False) -> Element:
    """The root of a document.

    Raises ``ArborisError`` for what is no XML, for declarations of entities, and for those of a
    document type, which no word processor writes; others do (``may_have_doctype``).
    """
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise unreadable("it declares entities, which no book needs")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(f"{DAMAGED}: {str(error)[:200]}") from error
    if not may_have_doctype and root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("it declares a type of document, which no word processor does")
    return root
