"""Reading FictionBook (FB2): a book in one XML file with nested sections.

The headings of outer sections are above those of inner ones; notes come last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import unreadable
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.emphasis import Run, write_letters
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "fb2"

_TITLE_PAGE = 1
_MAX_DEPTH = 7
_NO_DEPTH = 100
"""The depth below which no title is a heading: that of a note is its number."""
_ITALIC = ("emphasis", "cite")
_VERSES = ("stanza", "poem", "cite", "epigraph", "annotation")
_NAMES = ("first-name", "middle-name", "last-name")


def read_fb2(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the paragraphs of a book. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    root = parse_xml(data, mends=True)
    about = root.find("{*}description/{*}title-info")
    title = _words(about.find("{*}book-title")) if about is not None else ""
    author = _author(about)
    reading = _Reading(known=_letters(f"{title} {author}"))
    for body in root.iterfind("{*}body"):
        reading.add_section(body, _NO_DEPTH if body.get("name") else 0)
    if not any(line.strip() for line in reading.lines):
        raise unreadable("it contains no text")
    notes = ("images",) if next(root.iterfind("{*}binary"), None) is not None else ()
    return Manuscript(FORM, reading.lines, reading.levels, True, title, author, notes=notes)


@dataclass(slots=True)
class _Reading:
    """The paragraphs so far, and the levels of the headings.

    ``known`` are the words in the names of the book and its author, which its first page repeats.
    """

    known: frozenset[str]
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)

    def add_section(self, section: Element, depth: int) -> None:
        """Adds a section, or a body, and the sections in it."""
        waiting = [(section, depth)]
        while waiting:
            element, level = waiting.pop()
            name = _name(element)
            if name in ("section", "body") or name in _VERSES:
                inner = level + 1 if name in ("section", "body") else level
                waiting += [(child, inner) for child in reversed(element)]
            else:
                self._add(element, name, level)

    def _add(self, element: Element, name: str, depth: int) -> None:
        if name == "title":
            text = " ".join(_words(part) for part in element if _words(part))
            if depth == _TITLE_PAGE and self.known.issuperset(_letters(text)):
                return
            if text and _TITLE_PAGE < depth <= _MAX_DEPTH:
                self.levels[len(self.lines)] = depth
            self.lines += [text] if text else []
        elif name == "empty-line":
            self.lines.append(SCENE_BREAK)
        elif name in ("p", "v", "subtitle", "text-author", "td", "th", "date"):
            self.lines += [text] if (text := _marked(element)) else []
        else:
            self.lines += [text for part in element.iter("{*}p") if (text := _marked(part))]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _letters(text: str) -> frozenset[str]:
    """Returns the words of a text without punctuation, in lower case."""
    return frozenset(re.findall(r"\w+", text.casefold()))


def _author(about: Element | None) -> str:
    """Returns the names of all authors, each with the family name last."""
    if about is None:
        return ""
    authors = []
    for author in about.iterfind("{*}author"):
        names = [_words(author.find(f"{{*}}{name}")) for name in _NAMES]
        authors.append(" ".join(filter(None, names)) or _words(author.find("{*}nickname")))
    return ", ".join(filter(None, authors))


def _marked(element: Element) -> str:
    return " ".join(write_letters(_runs(element, italic=False, bold=False)).split())


def _runs(element: Element, *, italic: bool, bold: bool) -> Iterator[Run]:
    """The letters of a paragraph with their styles."""
    waiting: list[tuple[Element | str, bool, bool]] = [(element, italic, bold)]
    while waiting:
        part, slanted, strong = waiting.pop()
        if isinstance(part, str):
            yield Run(part, slanted, strong)
            continue
        name = _name(part)
        if not isinstance(part.tag, str):
            continue
        inner = (slanted or name in _ITALIC, strong or name == "strong")
        pieces: list[tuple[Element | str, bool, bool]] = [(part.text or "", *inner)]
        for child in part:
            pieces += [(child, *inner), (child.tail or "", *inner)]
        waiting += reversed(pieces)
