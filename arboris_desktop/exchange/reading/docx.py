"""Reading DOCX: headings by style, emphasis, breaks, footnotes and comments as text.

``python-docx`` opens the package and knows its styles. Its runs leave out what stands in tracked
insertions, links and content controls, so the paragraphs are read from the XML beneath it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import docx
from docx.document import Document

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import DAMAGED, open_container, unreadable
from arboris_desktop.exchange.reading.docx_looks import ParagraphLooks, begins_page, ends_page
from arboris_desktop.exchange.reading.docx_numbers import HeadingNumbers, read_numbers
from arboris_desktop.exchange.reading.docx_package import usual_package
from arboris_desktop.exchange.reading.docx_styles import (
    SUBTITLE_LEVEL,
    TITLE_LEVEL,
    Emphasis,
    emphasis_of,
    is_set,
    levels_of,
    places_of,
    styles_of,
)
from arboris_desktop.exchange.reading.looks import LineLook, levels_by_looks
from arboris_desktop.exchange.reading.soft_breaks import parted
from arboris_desktop.exchange.reading.symbol_fonts import character_of
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.emphasis import Run, letters_of, write_letters
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.parted_names import person_in
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "docx"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText")
)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_MAX_DEPTH = 50


def read_docx(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the paragraphs of a Word document."""
    with open_container(data) as container:
        notes = container.read_if_there("word/footnotes.xml")
        ends = container.read_if_there("word/endnotes.xml")
        remarks = container.read_if_there("word/comments.xml")
        numbering = container.read_if_there("word/numbering.xml")
        data = usual_package(data, container)
    document = _opened(data)
    numbers = read_numbers(numbering, places_of(document))
    looks = ParagraphLooks(styles_of(document))
    reader = _Reader(levels_of(document), emphasis_of(document), numbers, looks)
    reader.footnotes = _texts_by_id(notes, "footnote") | _texts_by_id(ends, "endnote")
    reader.comments = _texts_by_id(remarks, "comment")
    reader.read(document.element.body)
    reader.end()
    if not reader.levels:
        reader.look_for_headings()
    properties = document.core_properties
    return Manuscript(
        FORM,
        reader.lines,
        reader.levels,
        True,
        reader.title or _stated_title(properties.title),
        reader.author or ("" if properties.author in _NO_AUTHORS else properties.author.strip()),
        notes=tuple(sorted(reader.notes)),
    )


_MANY_TITLES = 3
"""So many paragraphs in the style of the title are no title."""
_NO_AUTHORS = ("", "python-docx", "Microsoft Office User", "User", "Administrator", "admin", "user")


def _stated_title(title: str | None) -> str:
    """Returns the title in the properties, unless it is the name of a template or the first
    line."""
    plain = (title or "").strip()
    return "" if plain.lower().startswith(("microsoft word", "document", "未命名")) else plain


def _opened(data: bytes) -> Document:
    """Opens the document; damage may make the library raise any error."""
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        raise unreadable(f"{DAMAGED}: {str(error)[:200]}") from error


@dataclass(slots=True)
class _Reader:
    styles: dict[str, int]
    emphasis: Emphasis
    numbers: HeadingNumbers
    looks: ParagraphLooks
    footnotes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    title: str = ""
    author: str = ""
    looked: dict[int, LineLook] = field(default_factory=dict)
    _titles: list[tuple[int, str]] = field(default_factory=list)
    _joined: str = ""
    _new_page: bool = True
    _below: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def read(self, parent: Element, depth: int = 0) -> None:
        """Reads the content of the body, of a content control, or of a cell."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._read_paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.notes.add("tables")
                self._read_table(child, depth)
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str) and depth < _MAX_DEPTH:
                self.read(child, depth + 1)

    def end(self) -> None:
        """Keeps a last paragraph whose end was deleted."""
        if self._joined:
            self.lines.append(self._joined)

    def look_for_headings(self) -> None:
        """Treats lines that look like headings as such, if no style marks any.

        Some authors head each chapter with the style of the title.
        """
        if len(self._titles) >= _MANY_TITLES:
            (first, title), *others = self._titles
            self.lines.insert(first, title)
            self.levels = {first: 1} | {line + 1: 1 for line, _title in others}
            self.title = ""
            return
        self.levels = levels_by_looks(self.lines, self.looked)
        for line in self.levels:
            self.lines[line] = letters_of(self.lines[line]).strip()

    def _read_table(self, table: Element, depth: int) -> None:
        rows = [[one for one in row if one.tag == f"{_W}tc"] for row in table.iter(f"{_W}tr")]
        if all(len(cells) == 1 for cells in rows) and depth < _MAX_DEPTH:
            for (cell,) in rows:  # A frame around a text.
                self.read(cell, depth + 1)
            return
        for cells in rows:
            text = " | ".join(words for cell in cells if (words := self._cell(cell)))
            if text:
                self.lines.append(text)

    def _cell(self, cell: Element) -> str:
        texts = (self._text(paragraph, 0) for paragraph in cell.iter(f"{_W}p"))
        return " ".join(text for text in texts if text)

    def _read_paragraph(self, paragraph: Element) -> None:
        level = self._level(paragraph)
        self._new_page |= begins_page(paragraph)
        text = self._joined + self._text(paragraph, level)
        self._joined = ""
        if _has_lost_its_end(paragraph):
            self._joined = text
            return
        role = self._role(paragraph) if level == 0 and text else 0
        if role == TITLE_LEVEL:
            self._titles.append((len(self.lines), " ".join(letters_of(text).split())))
        if role == TITLE_LEVEL and not self.title:
            self.title = self._titles[0][1]
        elif role == SUBTITLE_LEVEL and (name := person_in(letters_of(text).strip())):
            self.author = self.author or name
            self._add(paragraph, text)
        elif level and (text := self._numbered(paragraph, text)):
            self.levels[len(self.lines)] = level
            self.lines.append(" ".join(letters_of(text).split()))
        else:
            self._add(paragraph, text)
        self.lines += self._below
        self._below.clear()

    def _add(self, paragraph: Element, text: str) -> None:
        """Adds a paragraph without a heading style; its automatic number is part of it."""
        numbered = self._numbered(paragraph, text)
        if text or recognise(numbered):
            text = numbered
        for line in parted(text) if text else [""]:
            look = self.looks.of(paragraph)
            self.looked[len(self.lines)] = replace(look, begins_page=self._new_page and bool(line))
            self._new_page &= not line
            self.lines.append(line)
        self._new_page |= ends_page(paragraph)

    def _numbered(self, paragraph: Element, text: str) -> str:
        """Returns a paragraph with its automatic number, unless its text begins with it."""
        properties = paragraph.find(f"{_W}pPr")
        label = self.numbers.label(properties, "" if properties is None else _style(properties))
        return text if text.startswith(label) else f"{label} {text}".strip()

    def _text(self, paragraph: Element, level: int) -> str:
        text = write_letters(list(self._runs(paragraph, plain=bool(level))))
        return text if "\n" in text.strip() and not level else text.strip()

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
        if properties is not None and is_set(properties, "vanish"):
            return
        for child in run:
            if child.tag == f"{_W}ruby":
                yield from self._ruby(child, plain=plain)
            elif text := self._piece(child):
                yield Run(text, italic, bold)

    def _ruby(self, ruby: Element, *, plain: bool) -> Iterator[Run]:
        """Returns the characters, followed by their reading in brackets."""
        for base in ruby.iter(f"{_W}rubyBase"):
            yield from self._runs(base, plain=plain)
        reading = "".join(text for rt in ruby.iter(f"{_W}rt") for text in rt.itertext(f"{_W}t"))
        if reading:
            yield Run(f"（{reading}）")

    def _box(self, drawn: Element) -> None:
        """Adds the content of a text box below the paragraph."""
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
            if _is_rule(child):
                return SCENE_BREAK
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

    def _role(self, paragraph: Element) -> int:
        properties = paragraph.find(f"{_W}pPr")
        return 0 if properties is None else min(self.styles.get(_style(properties), 0), 0)


def _has_lost_its_end(paragraph: Element) -> bool:
    """True if its end was deleted, so that the next paragraph continues it."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and any(
        mark.find(f"{_W}{name}") is not None for name in ("del", "moveFrom")
    )


def _is_rule(drawn: Element) -> bool:
    """True for the horizontal line that Word draws as a picture of its own."""
    return any(shape.get(f"{_OFFICE}hr") in ("t", "true", "1") for shape in drawn.iter())


def _has_picture(drawn: Element) -> bool:
    return not any(True for _box in drawn.iter(f"{_W}txbxContent"))


def _style(properties: Element) -> str:
    style = properties.find(f"{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _is_on(properties: Element | None, name: str, styles: frozenset[str]) -> bool:
    """True if a run is emphasised by itself, or by its style."""
    if properties is None:
        return False
    if properties.find(f"{_W}{name}") is not None:
        return is_set(properties, name)
    style = properties.find(f"{_W}rStyle")
    return style is not None and style.get(f"{_W}val", "") in styles


def _texts_by_id(data: bytes | None, kind: str) -> dict[str, str]:
    """Returns the plain texts of notes, with their authors if stated."""
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
