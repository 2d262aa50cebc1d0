"""Reading EPUB: the pages in reading order, chapters by their headings or the table of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urldefrag

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.decoding import decode, stated_encoding
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import (
    DAMAGED,
    Container,
    open_container,
    unreadable,
)
from arboris_desktop.exchange.reading.epub_headings import (
    TocEntry,
    lists_contents,
    with_whole_titles,
    without_names_of_book,
)
from arboris_desktop.exchange.reading.html import Page, PageBlock, read_page
from arboris_desktop.exchange.reading.style_sheets import EmphasisedClasses, emphasised_classes
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.headings.marks import plain_title

FORM = "epub"

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/encryption.xml"
_MOST_SHEETS = 50
_PAGES = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx")
_MAX_DEPTH = 50


@record
class _Item:
    path: str
    kind: str
    properties: str


def read_epub(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the paragraphs of a book, in the order of its spine."""
    with open_container(data) as container:
        _refuse_protected(container)
        package_path = _package_path(container)
        package = _parsed(container, package_path)
        base = posixpath.dirname(package_path)
        items = _items(package, base)
        entries = _entries(container, package, items)
        title, author = _metadata(package, "title"), _metadata(package, "creator")
        pages, notes = _pages(container, _spine(package, items), entries)
    lines: list[str] = []
    levels: dict[int, int] = {}
    for blocks in pages:
        for block in without_names_of_book(blocks, title, author):
            if block.level:
                levels[len(lines)] = block.level
            lines.append(block.text)
    if not any(line.strip() for line in lines):
        raise unreadable("it contains no text")
    return Manuscript(
        FORM,
        lines,
        levels,
        True,
        title,
        author,
        notes=notes,
    )


def _refuse_protected(container: Container) -> None:
    """Rejects books with encrypted text; obfuscated fonts do not matter."""
    if _RIGHTS not in container.names:
        return
    encrypted = list(_parsed(container, _RIGHTS).iter("{*}EncryptedData"))
    targets = (ref.get("URI", "") for one in encrypted for ref in one.iter("{*}CipherReference"))
    named = [unquote(urldefrag(target)[0]).lower() for target in targets]
    if len(named) < len(encrypted) or any(target.endswith(_PAGES) for target in named):
        raise unreadable("the book is protected against copying")


def _parsed(container: Container, path: str) -> Element:
    return parse_xml(container.read(path), may_have_doctype=True, mends=True)


def _package_path(container: Container) -> str:
    stated: list[str] = []
    if container.read_if_there(_CONTAINER):
        files = _named(_parsed(container, _CONTAINER), "rootfile")
        stated = [unquote(file.get("full-path", "")) for file in files]
    packages = [name for name in (*stated, *sorted(container.names)) if name.endswith(".opf")]
    for path in (*packages, *stated):
        if path and container.found(path):
            return container.found(path)
    raise unreadable(DAMAGED)


def _named(root: Element, name: str) -> list[Element]:
    """Yields the elements of a name in any namespace."""
    return list(root.iter(f"{{*}}{name}"))


def _items(package: Element, base: str) -> dict[str, _Item]:
    return {
        item.get("id", ""): _Item(
            _resolved(base, item.get("href", "")).lstrip("/"),
            item.get("media-type", ""),
            item.get("properties", ""),
        )
        for item in _named(package, "item")
    }


def _spine(package: Element, items: Mapping[str, _Item]) -> list[_Item]:
    """Returns the pages in reading order; supplementary ones (notes) come last."""
    order = [
        (ref.get("linear") == "no", items.get(ref.get("idref", "")))
        for ref in _named(package, "itemref")
    ]
    pages = [item for _aside, item in sorted(order, key=lambda one: one[0]) if item]
    return [item for item in pages if _is_page(item) and "nav" not in item.properties.split()]


def _is_page(item: _Item) -> bool:
    """True for a page of text, however its type is stated."""
    is_named_so = item.path.lower().endswith((".xhtml", ".html", ".htm"))
    return is_named_so or "html" in item.kind or item.kind.startswith("text/x-oeb")


def _resolved(base: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(base, unquote(urldefrag(reference)[0])))


def _entries(
    container: Container, package: Element, items: Mapping[str, _Item]
) -> dict[str, list[TocEntry]]:
    """Returns the table of contents, by the target page."""
    nav = next((item for item in items.values() if "nav" in item.properties.split()), None)
    spine = next(iter(_named(package, "spine")), None)
    ncx = items.get(spine.get("toc", "")) if spine is not None else None
    ncx = ncx or next(
        (item for item in items.values() if item.kind == "application/x-dtbncx+xml"), None
    )
    found: list[TocEntry] = []
    if nav and (path := container.found(nav.path)):
        found = _read_nav(_parsed(container, path), posixpath.dirname(nav.path))
    if not found and ncx and (path := container.found(ncx.path)):
        found = _read_ncx(_parsed(container, path), posixpath.dirname(ncx.path))
    by_page: dict[str, list[TocEntry]] = {}
    for entry in found:
        by_page.setdefault(entry.path, []).append(entry)
    return by_page


def _read_nav(root: Element, base: str) -> list[TocEntry]:
    for nav in _named(root, "nav"):
        kind = nav.get("{http://www.idpf.org/2007/ops}type", "")
        if kind in ("toc", ""):
            return [
                _entry(base, link.get("href", ""), "".join(link.itertext()), _depth(link, "ol"))
                for link in _named(nav, "a")
            ]
    return []


def _read_ncx(root: Element, base: str) -> list[TocEntry]:
    entries = []
    for point in _named(root, "navPoint"):
        label = next(
            (text for one in point if one.tag.endswith("}navLabel") for text in [one]), None
        )
        content = next((one for one in point if str(one.tag).endswith("}content")), None)
        if label is not None and content is not None:
            text = "".join(label.itertext())
            entries.append(
                _entry(base, content.get("src", ""), text, _depth(point, "navPoint") + 1)
            )
    return entries


def _entry(base: str, reference: str, label: str, depth: int) -> TocEntry:
    anchor = unquote(urldefrag(reference)[1])
    return TocEntry(
        _resolved(base, reference).lstrip("/"), anchor, " ".join(label.split()), max(depth, 1)
    )


def _depth(element: Element, name: str) -> int:
    return sum(str(one.tag).endswith(f"}}{name}") for one in element.iterancestors())


def _pages(
    container: Container, spine: list[_Item], entries: Mapping[str, list[TocEntry]]
) -> tuple[list[list[PageBlock]], tuple[str, ...]]:
    """Returns the blocks of each page that belongs to the text, and notes on all of them."""
    pages: list[list[PageBlock]] = []
    notes: set[str] = set()
    labels = frozenset(plain_title(one.label) for found in entries.values() for one in found)
    classes = _classes(container)
    for item in spine:
        path = container.found(item.path)
        if not path:
            notes.add("missing")
            continue
        data = container.read(path)
        page = read_page(decode(data, stated_encoding(data)).text, classes)
        notes |= {"images"} if page.images else set()
        if not lists_contents(page.blocks, labels):
            pages.append(_with_entries(page, entries.get(item.path, [])))
    return pages, tuple(sorted(notes))


def _classes(container: Container) -> EmphasisedClasses:
    names = sorted(name for name in container.names if name.lower().endswith(".css"))
    return emphasised_classes(decode(container.read(name)).text for name in names[:_MOST_SHEETS])


def _with_entries(page: Page, entries: list[TocEntry]) -> list[PageBlock]:
    """Returns the blocks of a page; without headings, those of the table of contents are
    inserted."""
    if any(block.level for block in page.blocks) or not page.blocks:
        return with_whole_titles(page.blocks, entries)
    known = {anchor for block in page.blocks for anchor in block.ids}
    waiting = [entry for entry in entries if entry.label]
    blocks: list[PageBlock] = []
    for block in page.blocks:
        here = [one for one in waiting if one.anchor in block.ids or one.anchor not in known]
        waiting = [one for one in waiting if one not in here]
        named = [one for one in here if plain_title(one.label) == plain_title(block.text)]
        blocks += [PageBlock(entry.label, entry.depth) for entry in here if entry not in named]
        blocks.append(replace(block, level=named[0].depth) if named else block)
    return blocks


def _metadata(package: Element, name: str) -> str:
    found = next(iter(_named(package, name)), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())
