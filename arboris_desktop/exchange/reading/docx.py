"""Reading DOCX: headings by style, emphasis, breaks, footnotes and comments as text.

``python-docx`` opens the package and knows its styles. Its runs leave out what stands in tracked
insertions, links and content controls, so the paragraphs are read from the XML beneath it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import DAMAGED, open_container, unreadable
from arboris_desktop.exchange.reading.docx_numbers import (
    HeadingNumbers,
    ListPlace,
    place_of,
    read_numbers,
)
from arboris_desktop.exchange.reading.docx_package import usual_package
from arboris_desktop.exchange.reading.symbol_fonts import character_of
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.emphasis import Run, write_letters
from arboris_desktop.text.patterns import lazy_pattern

FORM = "docx"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText")
)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_HEADING = lazy_pattern(
    r"(?:heading|标题|標題|見出し|제목|überschrift|titre|título|titulo|titolo|заголовок|kop|nagłówek|nadpis)"
    r"\s*(?P<level>[1-9])",
    re.IGNORECASE,
)
_TITLES = ("title", "标题", "標題", "书名", "titel", "название")
_ITALIC_STYLES = ("emphasis", "subtle emphasis", "intense emphasis")
_BOLD_STYLES = ("strong", "intense emphasis")
_MAX_DEPTH = 50


def read_docx(data: bytes, _encoding: str = "") -> Manuscript:
    """The paragraphs of a Word document."""
    with open_container(data) as container:
        notes = container.read_if_there("word/footnotes.xml")
        ends = container.read_if_there("word/endnotes.xml")
        remarks = container.read_if_there("word/comments.xml")
        numbering = container.read_if_there("word/numbering.xml")
        data = usual_package(data, container)
    document = _opened(data)
    numbers = read_numbers(numbering, _places(document))
    reader = _Reader(_levels(document), _emphasis(document), numbers)
    reader.footnotes = _texts_by_id(notes, "footnote") | _texts_by_id(ends, "endnote")
    reader.comments = _texts_by_id(remarks, "comment")
    reader.read(document.element.body)
    properties = document.core_properties
    return Manuscript(
        FORM,
        reader.lines,
        reader.levels,
        True,
        reader.title or _stated_title(properties.title),
        "" if properties.author in _NO_AUTHORS else properties.author.strip(),
        notes=tuple(sorted(reader.notes)),
    )


_NO_AUTHORS = ("", "python-docx", "Microsoft Office User", "User", "Administrator", "admin", "user")


def _stated_title(title: str | None) -> str:
    """The title in the properties; the names of templates and of first lines are none."""
    plain = (title or "").strip()
    return "" if plain.lower().startswith(("microsoft word", "document", "未命名")) else plain


def _opened(data: bytes) -> Document:
    """The document, opened by a library that raises whatever damage makes it stumble over."""
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        raise unreadable(f"{DAMAGED}: {str(error)[:200]}") from error


@dataclass(frozen=True, slots=True)
class _Emphasis:
    """The ids of character styles that are emphasised."""

    italic: frozenset[str]
    bold: frozenset[str]


@dataclass(slots=True)
class _Reader:
    styles: dict[str, int]
    emphasis: _Emphasis
    numbers: HeadingNumbers
    footnotes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    title: str = ""
    _below: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def read(self, parent: Element, depth: int = 0) -> None:
        """Reads what stands in the body, in a content control, or in a cell."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._read_paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.notes.add("tables")
                self._read_table(child, depth)
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str) and depth < _MAX_DEPTH:
                self.read(child, depth + 1)

    def _read_table(self, table: Element, depth: int) -> None:
        for row in table.iter(f"{_W}tr"):
            cells = [self._cell(cell) for cell in row if cell.tag == f"{_W}tc"]
            text = " | ".join(cell for cell in cells if cell)
            if text:
                self.lines.append(text)

    def _cell(self, cell: Element) -> str:
        texts = (self._text(paragraph, 0) for paragraph in cell.iter(f"{_W}p"))
        return " ".join(text for text in texts if text)

    def _read_paragraph(self, paragraph: Element) -> None:
        level = self._level(paragraph)
        text = self._text(paragraph, level)
        if level == 0 and self._is_title(paragraph) and not self.title and text:
            self.title = " ".join(text.replace("*", "").split())
        elif level and (text := self._numbered(paragraph, text)):
            self.levels[len(self.lines)] = level
            self.lines.append(" ".join(text.split()))
        else:
            self.lines.append(text)
        self.lines += self._below
        self._below.clear()

    def _numbered(self, paragraph: Element, text: str) -> str:
        """A heading with its automatic number before it, unless it says its number itself."""
        properties = paragraph.find(f"{_W}pPr")
        label = self.numbers.label(properties, "" if properties is None else _style(properties))
        return text if text.startswith(label) else f"{label} {text}".strip()

    def _text(self, paragraph: Element, level: int) -> str:
        runs = list(self._runs(paragraph, plain=bool(level)))
        lines = write_letters(runs).split("\n")
        return "\n".join(line.strip() for line in lines).strip()

    def _runs(self, element: Element, *, plain: bool) -> Iterator[Run]:
        for child in element:
            if child.tag in _LEFT_OUT or child.tag == _FALLBACK:
                self.notes |= {"changes"} if child.tag in (f"{_W}del", f"{_W}moveFrom") else set()
            elif child.tag == f"{_W}r":
                yield from self._run(child, plain=plain)
            elif isinstance(child.tag, str):
                yield from self._runs(child, plain=plain)

    def _run(self, run: Element, *, plain: bool) -> Iterator[Run]:
        properties = run.find(f"{_W}rPr")
        italic = not plain and _is_on(properties, "i", self.emphasis.italic)
        bold = not plain and _is_on(properties, "b", self.emphasis.bold)
        if properties is not None and _is_set(properties, "vanish"):
            return
        for child in run:
            if child.tag == f"{_W}ruby":
                yield from self._ruby(child, plain=plain)
            elif text := self._piece(child):
                yield Run(text, italic, bold)

    def _ruby(self, ruby: Element, *, plain: bool) -> Iterator[Run]:
        """The characters, and behind them in brackets how they are read."""
        for base in ruby.iter(f"{_W}rubyBase"):
            yield from self._runs(base, plain=plain)
        reading = "".join(text for rt in ruby.iter(f"{_W}rt") for text in rt.itertext(f"{_W}t"))
        if reading:
            yield Run(f"（{reading}）")

    def _box(self, drawn: Element) -> None:
        """What stands in text boxes comes below the paragraph."""
        for box in drawn.iter(f"{_W}txbxContent"):
            if not any(one.tag == _FALLBACK for one in box.iterancestors()):
                found = [self._text(paragraph, 0) for paragraph in box.iter(f"{_W}p")]
                self._below += [text for text in found if text]

    def _piece(self, child: Element) -> str:
        if child.tag == f"{_W}t":
            return child.text or ""
        if child.tag == f"{_W}br":
            return "" if child.get(f"{_W}type") in ("page", "column") else "\n"
        if child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            return self._noted(child.get(f"{_W}id", ""), child.tag.endswith("endnoteReference"))
        if child.tag == f"{_W}commentReference":
            self._commented(child.get(f"{_W}id", ""))
        if child.tag == f"{_W}sym":
            return character_of(child.get(f"{_W}font", ""), child.get(f"{_W}char", ""))
        if child.tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object", _ALTERNATIVES):
            self._box(child)
            self.notes |= {"images"} if _has_picture(child) else set()
        return _TEXT.get(str(child.tag), "")

    def _noted(self, note: str, is_end: bool) -> str:
        key = f"{'endnote' if is_end else 'footnote'} {note}"
        if key not in self.footnotes:
            return ""
        self.notes.add("footnotes")
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        self._below.append(f"[^{number}]: {self.footnotes[key]}")
        return f"[^{number}]"

    def _commented(self, note: str) -> None:
        text = self.comments.get(f"comment {note}")
        if text:
            self.notes.add("comments")
            self._below.append(f"[{text}]")

    def _level(self, paragraph: Element) -> int:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return 0
        outline = properties.find(f"{_W}outlineLvl")
        if outline is not None and (outline.get(f"{_W}val") or "9").isdecimal():
            level = int(outline.get(f"{_W}val", "9")) + 1
            return level if level <= 9 else 0
        return max(self.styles.get(_style(properties), 0), 0)

    def _is_title(self, paragraph: Element) -> bool:
        properties = paragraph.find(f"{_W}pPr")
        return properties is not None and self.styles.get(_style(properties)) == _TITLE_LEVEL


_TITLE_LEVEL = -1


def _has_picture(drawn: Element) -> bool:
    return not any(True for _box in drawn.iter(f"{_W}txbxContent"))


def _places(document: Document) -> dict[str, ListPlace]:
    """The places in lists at which styles put their paragraphs."""
    styles = document.styles.element.iter(f"{_W}style")
    found = {s.get(f"{_W}styleId", ""): place_of(s.find(f"{_W}pPr")) for s in styles}
    return {name: place for name, place in found.items() if place is not None}


def _style(properties: Element) -> str:
    style = properties.find(f"{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _levels(document: Document) -> dict[str, int]:
    """The level of each paragraph style that is a heading, by its id; -1 for that of titles."""
    elements = {
        style.get(f"{_W}styleId", ""): style
        for style in document.styles.element.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }
    return {name: _level_of_style(name, elements) for name in elements}


def _level_of_style(name: str, elements: dict[str, Element]) -> int:
    """The level of a style, from its name or outline, or from those that it is based on."""
    for _ in range(_MAX_DEPTH):
        style = elements.get(name)
        if style is None:
            return 0
        called = style.find(f"{_W}name")
        plain = "" if called is None else called.get(f"{_W}val", "").strip().lower()
        if match := _HEADING.fullmatch(plain):
            return int(match["level"])
        if plain in _TITLES:
            return _TITLE_LEVEL
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and outline.get(f"{_W}val", "").isdecimal():
            level = int(outline.get(f"{_W}val", "9")) + 1
            return level if level <= 9 else 0
        based = style.find(f"{_W}basedOn")
        name = "" if based is None else based.get(f"{_W}val", "")
    return 0


def _emphasis(document: Document) -> _Emphasis:
    italic, bold = set(), set()
    for style in document.styles.element.iter(f"{_W}style"):
        called = style.find(f"{_W}name")
        plain = "" if called is None else called.get(f"{_W}val", "").lower()
        properties = style.find(f"{_W}rPr")
        if style.get(f"{_W}type") != "character":
            continue
        if plain in _ITALIC_STYLES or (properties is not None and _is_set(properties, "i")):
            italic.add(style.get(f"{_W}styleId", ""))
        if plain in _BOLD_STYLES or (properties is not None and _is_set(properties, "b")):
            bold.add(style.get(f"{_W}styleId", ""))
    return _Emphasis(frozenset(italic), frozenset(bold))


def _is_on(properties: Element | None, name: str, styles: frozenset[str]) -> bool:
    """True if a run is emphasised by itself, or else by its style."""
    if properties is None:
        return False
    if properties.find(f"{_W}{name}") is not None:
        return _is_set(properties, name)
    style = properties.find(f"{_W}rStyle")
    return style is not None and style.get(f"{_W}val", "") in styles


def _is_set(properties: Element, name: str) -> bool:
    switch = properties.find(f"{_W}{name}")
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _texts_by_id(data: bytes | None, kind: str) -> dict[str, str]:
    """The plain texts of notes, with who wrote them where that is stated."""
    if data is None:
        return {}
    texts = {}
    for note in parse_xml(data).iter(f"{_W}{kind}"):
        paragraphs = ("".join(p.itertext(f"{_W}t")) for p in note.iter(f"{_W}p"))
        text = " ".join(part.strip() for part in paragraphs if part.strip())
        author = note.get(f"{_W}author", "")
        if text and note.get(f"{_W}type") in (None, "normal"):
            texts[f"{kind} {note.get(f'{_W}id', '')}"] = f"{author}: {text}" if author else text
    return texts
