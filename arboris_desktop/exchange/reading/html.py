"""Reading HTML: its blocks as paragraphs, headings by level, emphasis as marks.

It accepts malformed pages, resolves only entities of HTML, and fetches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.html_lines import BREAK, spaced, split_at_breaks, tidied
from arboris_desktop.exchange.reading.style_sheets import (
    EmphasisedClasses,
    emphasised_classes,
    is_bold,
    is_italic,
    keeps_spaces,
)
from arboris_desktop.text.book_names import author_in
from arboris_desktop.text.emphasis import Run, letters_of, write_letters
from arboris_desktop.text.parted_names import person_in
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "html"

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
        "figcaption figure footer form header html legend li main nav ol p pre section summary "
        "table tbody td tfoot th thead tr ul",
    )
)
_ITALIC = frozenset({"i", "em", "cite", "var", "dfn", "address"})
_BOLD = frozenset({"b", "strong"})
_SKIPPED = frozenset(
    re.findall(r"\w+", "script style template noscript svg math object select iframe nav")
)
_VOID = frozenset(
    re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr")
)
_WHOLE = frozenset({"html", "body"})
_NONE = EmphasisedClasses()
_NAMED_TAGS = frozenset({"p", "div"})
_NAMED_HEADING = lazy_pattern(
    r"(?:^|\s)(?:chapter|chap|section)[-_]?(?:title|head|heading|header|name|number|num)\d?(?=\s|$)"
    r"|(?:^|\s)(?:heading|headline|h[1-3])\d?(?=\s|$)",
    re.IGNORECASE,
)
_TITLE, _SUBTITLE = "title", "subtitle"
_ROLES = {"title": _TITLE, "MsoTitle": _TITLE, "subtitle": _SUBTITLE, "MsoSubtitle": _SUBTITLE}
"""The classes by which Google Docs and Word mark the title of a document."""
_NAMED_LEVEL = 2
_LONGEST_NAMED = 80

_NOTICE = "pg-boilerplate"
"""The class of Project Gutenberg's text around a book."""
_OF_GUTENBERG = lazy_pattern(
    r"The Project Gutenberg e-?book of (?P<title>.+?)(?:, by (?P<author>.+))?", re.IGNORECASE
)

_MAX_DEPTH = 500
"""The nesting beyond which tags are ignored, but not their contents."""


@dataclass(slots=True)
class PageBlock:
    """A paragraph of a page, or a heading of a level.

    ``ids`` are the anchors in or before it; ``is_named`` means that its class marks it as a
    heading, which counts if there are no others. ``role`` is the class of a word processor's title.
    """

    text: str
    level: int = 0
    ids: tuple[str, ...] = ()
    is_named: bool = False
    role: str = ""


@dataclass(slots=True)
class Page:
    """The contents of a page."""

    blocks: list[PageBlock] = field(default_factory=list)
    title: str = ""
    author: str = ""
    images: int = 0
    left_out: int = 0


def read_html(text: str) -> Manuscript:
    """Reads the paragraphs and headings of a page."""
    page = read_page(text)
    take_title(page)
    levels = {line: block.level for line, block in enumerate(page.blocks) if block.level}
    lines = [block.text for block in page.blocks]
    notes = (("images",) if page.images else ()) + (("gutenberg",) if page.left_out else ())
    title, author = page.title, page.author
    if page.left_out and (found := _OF_GUTENBERG.fullmatch(page.title)):
        title, author = found["title"], author or found["author"] or ""
    return Manuscript(FORM, lines, levels, True, title, author, left_out=page.left_out, notes=notes)


def read_page(text: str, classes: EmphasisedClasses = _NONE) -> Page:
    """Returns the blocks of an HTML or XHTML text; ``classes`` are those of its style sheets."""
    parser = _Parser(classes)
    parser.feed(text)
    parser.close()
    return parser.page


def take_title(page: Page) -> None:
    """Takes the title and the author of a word processor's page from its first paragraphs."""
    roles = [block.role for block in page.blocks]
    if roles[:1] != [_TITLE] or roles.count(_TITLE) != 1:
        return
    page.title = " ".join(letters_of(page.blocks.pop(0).text).split())
    if roles[1:2] == [_SUBTITLE] and not page.author:
        said = letters_of(page.blocks[0].text).strip()
        page.author = author_in(said) or person_in(said)
        if page.author:
            del page.blocks[0]


def blocks_of_html(fragment: str) -> list[PageBlock]:
    """Returns the blocks of an HTML fragment within another text; a comment stays as it is."""
    if fragment.lstrip().startswith("<!--"):
        return [PageBlock(" ".join(fragment.split()))]
    return read_page(fragment).blocks


def style_of_tag(tag: str) -> str:
    """Returns the meaning of an inline tag: ``italic``, ``bold``, ``break``, or none."""
    name = re.sub(r"[</>\s].*", "", tag.strip("</ ")).lower()
    if name in _ITALIC:
        return "italic"
    return "bold" if name in _BOLD else "break" if name == "br" else ""


class _Parser(HTMLParser):
    """Collects the runs of a block until it ends."""

    def __init__(self, classes: EmphasisedClasses) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._classes = classes
        self._in_sheet = False
        self._in_author = False
        self._runs: list[Run] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._level = 0
        self._named = False
        self._role = ""
        self._skipping = 0
        self._in_title = False
        self._notice = 0
        self._spaced = 0
        self._has_spaces = False
        self._ids: list[str] = []

    # --- tags ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if found.get("id") or (tag == "a" and found.get("name")):
            self._ids.append(found.get("id") or found.get("name", ""))
        if tag in _SKIPPED or tag == "rp":
            self._skipping += 1
            self._in_sheet = tag == "style"
        elif tag == "rt":
            self.handle_data("（")
        elif tag == "title":
            self._in_title = not self.page.title
        elif tag == "meta":
            self._read_meta(found)
        elif tag in _VOID:
            self._handle_void(tag)
        else:
            self._open_tag(tag, found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED or tag == "rp":
            self._skipping = max(0, self._skipping - 1)
            self._in_sheet = False
        elif tag == "rt":
            self.handle_data("）")
        elif tag == "title":
            self._in_title = False
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._end_block()
            self._close_tag(tag)
        elif tag not in _VOID:
            self._close_tag(tag)

    def handle_data(self, data: str) -> None:
        if self._in_sheet:
            self._read_sheet(data)
        elif self._in_title:
            self.page.title = " ".join(f"{self.page.title} {data}".split())
        elif not self._skipping and (self._runs or not data.isspace()):
            if self._in_author:
                self.page.author = " ".join(f"{self.page.author} {data}".split())
            italic = any(one[1] for one in self._open)
            bold = any(one[2] for one in self._open)
            look = Run("", italic and not self._level, bold and not self._level)
            is_as_it_stands = self._spaced > 0 or any(one[0] == "pre" for one in self._open)
            self._has_spaces |= self._spaced > 0
            lines = data.split("\n") if is_as_it_stands else [data]
            for number, line in enumerate(lines):
                self._runs += [Run(BREAK)] if number else []
                self._runs += [replace(look, text=line)] if line else []

    def close(self) -> None:
        super().close()
        self._end_block()
        if not any(block.level for block in self.page.blocks):
            for block in self.page.blocks:
                if block.is_named:
                    block.level, block.text = _NAMED_LEVEL, letters_of(block.text)

    def _read_meta(self, found: dict[str, str]) -> None:
        if found.get("name", "").lower() == "author":
            self.page.author = " ".join(found.get("content", "").split())

    def _read_sheet(self, sheet: str) -> None:
        found = emphasised_classes([sheet])
        italic, bold = self._classes.italic | found.italic, self._classes.bold | found.bold
        self._classes = EmphasisedClasses(italic, bold)

    def _handle_void(self, tag: str) -> None:
        if tag == "br":
            self._runs.append(Run(BREAK))
        elif tag == "hr":
            self._end_block()
            self._add(SCENE_BREAK, 0)
        elif tag == "img":
            self.page.images += 1

    def _open_tag(self, tag: str, found: dict[str, str]) -> None:
        if tag in _BLOCKS or tag in _HEADINGS:
            self._end_block()
            self._level = _HEADINGS.get(tag, self._level)
        if tag == "a" and "author" in found.get("rel", "").split():
            self._in_author = not self.page.author
        style = "".join(found.get("style", "").lower().split())
        named = set() if tag in _WHOLE else set(found.get("class", "").split())
        italic = tag in _ITALIC or is_italic(style) or bool(named & self._classes.italic)
        bold = tag in _BOLD or is_bold(style) or bool(named & self._classes.bold)
        if tag in _NAMED_TAGS and not self._level:
            self._named |= bool(_NAMED_HEADING.search(found.get("class", "")))
            self._role = next((_ROLES[one] for one in named if one in _ROLES), self._role)
        if len(self._open) < _MAX_DEPTH:
            self._open.append((tag, italic, bold))
            if _NOTICE in named and not self._notice:
                self._notice = len(self._open)
            if keeps_spaces(style) and not self._spaced:
                self._spaced = len(self._open)

    def _close_tag(self, tag: str) -> None:
        if tag == "a":
            self._in_author = False
        if tag in _HEADINGS:
            self._level = 0
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                self._notice = 0 if place < self._notice else self._notice
                self._spaced = 0 if place < self._spaced else self._spaced
                return

    # --- blocks ---

    def _end_block(self) -> None:
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        tidy = spaced if self._has_spaces else tidied
        self._has_spaces = False
        if any(run.text == BREAK for run in runs):
            for lines in split_at_breaks(runs):
                self._add(tidy(write_letters(lines)), self._level)
        else:
            self._add(tidy(write_letters(runs)), self._level)

    def _add(self, text: str, level: int) -> None:
        if text and self._notice:
            self.page.left_out += 1
        elif text:
            is_named = self._named and len(text) <= _LONGEST_NAMED
            text = letters_of(text) if level else text
            block = PageBlock(text, level, tuple(self._ids), is_named, self._role)
            self.page.blocks.append(block)
            self._ids.clear()
            self._named, self._role = False, ""
