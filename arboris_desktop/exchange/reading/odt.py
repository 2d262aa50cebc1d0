"""Reading ODT: headings by outline level, emphasis by style, notes and breaks as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import open_container
from arboris_desktop.exchange.reading.looks import LineLook, levels_by_looks
from arboris_desktop.exchange.reading.odt_numbers import OUTLINE, ListNumbers, read_list_numbers
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.emphasis import Run, letters_of, write_letters

FORM = "odt"

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_NS}text:1.0}}"
_STYLE = f"{{{_NS}style:1.0}}"
_OFFICE = f"{{{_NS}office:1.0}}"
_TABLE = f"{{{_NS}table:1.0}}"
_DRAW = f"{{{_NS}drawing:1.0}}"
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_TEXT}sequence-decls",
        f"{_OFFICE}forms",
        f"{_TEXT}table-of-content",
    )
)
_MAX_DEPTH = 100


@record
class _Look:
    italic: bool = False
    bold: bool = False
    parent: str = ""
    is_centred: bool = False
    size: float = 0


def read_odt(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the paragraphs of an OpenDocument text."""
    if not data.startswith(b"PK"):
        return _read(parse_xml(data), None, data)
    with open_container(data) as container:
        content = parse_xml(container.read("content.xml"))
        styles = container.read_if_there("styles.xml")
        meta = container.read_if_there("meta.xml")
    return _read(content, styles, meta)


def _read(content: Element, styles: bytes | None, meta: bytes | None) -> Manuscript:
    common = parse_xml(styles) if styles else None
    looks = {} if common is None else _looks(common)
    reader = _Reader(looks | _looks(content), read_list_numbers(common, content))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is not None:
        reader.read(body)
    if not reader.levels:
        reader.look_for_headings()
    title, author = _stated(parse_xml(meta)) if meta else ("", "")
    return Manuscript(
        FORM,
        reader.lines,
        reader.levels,
        True,
        reader.title or title,
        author,
        notes=tuple(sorted(reader.notes)),
    )


@dataclass(slots=True)
class _Reader:
    looks: dict[str, _Look]
    numbers: ListNumbers
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    title: str = ""
    looked: dict[int, LineLook] = field(default_factory=dict)
    _below: list[str] = field(default_factory=list)
    _label: str = ""
    _lists: list[str] = field(default_factory=list)

    def read(self, parent: Element, depth: int = 0) -> None:
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._read_paragraph(child)
            elif child.tag == f"{_TEXT}list" and depth < _MAX_DEPTH:
                self._read_list(child, depth)
            elif child.tag == f"{_TABLE}table-row":
                self.notes.add("tables")
                self._read_row(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and depth < _MAX_DEPTH:
                self.read(child, depth + 1)

    def _read_list(self, listed: Element, depth: int) -> None:
        """Reads items with their numbers; a nested list inherits its style unless it states one."""
        name = listed.get(f"{_TEXT}style-name", "") or (self._lists[-1] if self._lists else "")
        goes_on = listed.get(f"{_TEXT}continue-numbering") or listed.get(f"{_TEXT}continue-list")
        if not (self._lists or goes_on):
            self.numbers.begin(name)
        self._lists.append(name)
        for item in listed:
            if item.tag == f"{_TEXT}list-item":
                self._label = self.numbers.label(name, len(self._lists))
            self.read(item, depth + 1)
            self._label = ""
        self._lists.pop()

    def _read_row(self, row: Element) -> None:
        cells = (
            " ".join(self._text(one, plain=False) for one in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
            for cell in row
        )
        text = " | ".join(cell.strip() for cell in cells if cell.strip())
        if text:
            self.lines.append(text)

    def _read_paragraph(self, paragraph: Element) -> None:
        is_heading = paragraph.tag == f"{_TEXT}h"
        text = self._text(paragraph, plain=is_heading)
        style = paragraph.get(f"{_TEXT}style-name", "")
        if not is_heading and not self.title and text and self._is_title(style):
            self.title = " ".join(letters_of(text).split())
            return
        if is_heading:
            text = self._numbered(paragraph, " ".join(letters_of(text).split()))
        elif self._label and text:
            text, self._label = f"{self._label} {text}", ""
        self.looked[len(self.lines)] = self._look(style, paragraph)
        self.lines.append(text)
        self.lines += self._below
        self._below.clear()

    def _numbered(self, heading: Element, text: str) -> str:
        """Returns a heading with its automatic number, unless its text begins with it."""
        stated = heading.get(f"{_TEXT}outline-level", "1")
        level = int(stated) if stated.isdecimal() else 1
        label = self._label
        if not label and heading.get(f"{_TEXT}is-list-header") != "true" and not self._lists:
            label = self.numbers.label(OUTLINE, level)
        text = text if text.startswith(label) else f"{label} {text}".strip()
        if text:
            self.levels[len(self.lines)] = level
        return text

    def _look(self, name: str, paragraph: Element) -> LineLook:
        """Returns the look of a paragraph by its style, and by the styles within it."""
        parts = [name, *(one.get(f"{_TEXT}style-name", "") for one in paragraph)]
        looks = [look for part in parts if (look := self.looks.get(part))]
        size = max((look.size for look in looks), default=0)
        return LineLook(
            any(look.is_centred for look in looks), any(look.bold for look in looks), size
        )

    def look_for_headings(self) -> None:
        """Treats lines that look like headings as such, if no style marks any."""
        self.levels = levels_by_looks(self.lines, self.looked)
        for line in self.levels:
            self.lines[line] = letters_of(self.lines[line]).strip()

    def _is_title(self, style: str) -> bool:
        """True if a paragraph style is, or is based on, that of titles."""
        for _ in range(_MAX_DEPTH):
            if style in ("Title", "标题"):
                return True
            style = self.looks[style].parent if style in self.looks else ""
        return False

    def _text(self, paragraph: Element, *, plain: bool) -> str:
        runs = self._runs(paragraph, Run(""), 0)
        if plain:
            runs = (replace(run, italic=False, bold=False) for run in runs)
        text = write_letters(runs)
        return "\n".join(line.strip() for line in text.split("\n")).strip()

    def _runs(self, element: Element, look: Run, depth: int) -> Iterator[Run]:
        yield replace(look, text=_collapsed(element.text))
        for child in element:
            if isinstance(child.tag, str) and depth < _MAX_DEPTH:
                yield from self._child_runs(child, look, depth)
            yield replace(look, text=_collapsed(child.tail))

    def _child_runs(self, child: Element, look: Run, depth: int) -> Iterator[Run]:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield replace(look, text=" " * min(int(count) if count.isdecimal() else 1, 100))
        elif child.tag == f"{_TEXT}line-break":
            yield replace(look, text="\n")
        elif child.tag == f"{_TEXT}tab":
            yield replace(look, text="\t")
        elif child.tag == f"{_TEXT}note":
            yield replace(look, text=self._note(child))
        elif child.tag == f"{_OFFICE}annotation":
            self._annotate(child)
        elif child.tag == f"{_DRAW}frame":
            self._box(child)
        elif child.tag == f"{_TEXT}ruby-text":
            yield replace(look, text=f"（{''.join(child.itertext())}）")
        elif child.tag not in _SKIPPED:
            style = self.looks.get(child.get(f"{_TEXT}style-name", ""), _Look())
            inner = replace(look, italic=look.italic or style.italic, bold=look.bold or style.bold)
            yield from self._runs(child, inner, depth + 1)

    def _box(self, frame: Element) -> None:
        """Adds the content of a text box below the paragraph."""
        boxes = list(frame.iter(f"{_DRAW}text-box"))
        self.notes |= set() if boxes else {"images"}
        for paragraph in (p for box in boxes for p in box.iter(f"{_TEXT}p", f"{_TEXT}h")):
            if text := self._text(paragraph, plain=False):
                self._below.append(text)

    def _note(self, note: Element) -> str:
        citation = note.find(f"{_TEXT}note-citation")
        body = note.find(f"{_TEXT}note-body")
        number = " ".join("".join(citation.itertext()).split()) if citation is not None else "*"
        text = " ".join("".join(body.itertext()).split()) if body is not None else ""
        self.notes.add("footnotes")
        self._below.append(f"[^{number}]: {text}")
        return f"[^{number}]"

    def _annotate(self, annotation: Element) -> None:
        creator = annotation.findtext(f"{_DC}creator") or ""
        paragraphs = ("".join(p.itertext()) for p in annotation.iter(f"{_TEXT}p"))
        text = " ".join(" ".join(paragraphs).split())
        if text:
            self.notes.add("comments")
            self._below.append(f"[{creator}: {text}]" if creator else f"[{text}]")


def _collapsed(text: str | None) -> str:
    """Collapses white space as the format defines it: more than one space is an element."""
    if not text:
        return ""
    words = " ".join(text.split(" ")).replace("\n", " ").replace("\t", " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


def _looks(root: Element) -> dict[str, _Look]:
    """Returns the looks of a document's styles, by name."""
    looks = {}
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        italic = properties is not None and properties.get(f"{_FO}font-style") == "italic"
        weight = "" if properties is None else properties.get(f"{_FO}font-weight", "")
        name = style.get(f"{_STYLE}name", "")
        parent = style.get(f"{_STYLE}parent-style-name", "")
        shape = style.find(f"{_STYLE}paragraph-properties")
        size = "" if properties is None else properties.get(f"{_FO}font-size", "")
        looks[name] = _Look(
            italic or name == "Emphasis",
            _is_bold(weight) or name == "Strong_20_Emphasis",
            parent,
            shape is not None and shape.get(f"{_FO}text-align") == "center",
            float(size[:-2]) if size.endswith("pt") and size[:-2].isdecimal() else 0,
        )
    return looks


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdecimal() and int(weight) >= 600)


def _stated(meta: Element) -> tuple[str, str]:
    title = next(meta.iter(f"{_DC}title"), None)
    names = (f"{{{_NS}meta:1.0}}initial-creator", f"{_DC}creator")
    author = next((one for name in names for one in meta.iter(name)), None)
    texts = ["" if one is None else " ".join((one.text or "").split()) for one in (title, author)]
    return texts[0], texts[1]
