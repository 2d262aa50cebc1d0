"""XML from files that nobody vouches for: no entity is resolved, nothing is fetched."""

from __future__ import annotations

from typing import Any

from lxml import etree

from arboris_desktop.exchange.reading.containers import DAMAGED, unreadable

Element = Any
"""An element of ``lxml``, which has no types."""


def parse_xml(data: bytes, *, may_have_doctype: bool = False) -> Element:
    """The root of a document.

    Raises ``ArborisError`` for what is no XML and for declarations of a document type, which no
    word processor writes; where others do (``may_have_doctype``), those that declare entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(f"{DAMAGED}: {str(error)[:200]}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (not may_have_doctype or list(declared.iterentities())):
        raise unreadable("it declares entities, which no book needs")
    return root
