"""Writing a novel as a novelWriter project: a folder with a list of documents, and these.

It is of the form of novelWriter 26.2 (https://docs.novelwriter.io); older versions do not open it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from arboris_desktop.codex.rows import ROLE
from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import (
    ExportBook,
    ExportChapter,
    ExportVolume,
    byline,
    chapter_heading,
    encoded,
    is_divided,
    volume_heading,
)
from arboris_desktop.exchange.new_folder import write_durably
from arboris_desktop.exchange.novelwriter_words import (
    ROOT_CLASSES,
    SCENE_NAMES,
    SECTION_NAMES,
    NoteSection,
)
from arboris_desktop.exchange.plans import KIND_NAMES
from arboris_desktop.exchange.writing.blocks import Paragraph, front_of, prose
from arboris_desktop.exchange.writing.novelwriter_text import (
    body_of,
    centred,
    comment_of,
    title_of,
)
from arboris_desktop.text.emphasis import Run
from arboris_desktop.text.paragraphs import PARAGRAPH
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line

_VERSION = {
    "appVersion": "26.2",
    "hexVersion": "0x260200f0",
    "fileVersion": "1.6",
    "fileRevision": "0",
}
_EMPTY_INDEX = {
    "novelWriter.meta": {"version": "0x00000000", "revision": 0},
    "novelWriter.tagsIndex": {},
    "novelWriter.itemIndex": {},
}
"""An index as of an older version: novelWriter makes its own, and calls none broken."""
_LANGUAGES = {Language.ENGLISH: "en_US", Language.CHINESE: "zh_CN"}
_NOVEL = {Language.ENGLISH: "Novel", Language.CHINESE: "小说"}
_TITLE_PAGE = {Language.ENGLISH: "Title Page", Language.CHINESE: "书名页"}
_STATUSES = {
    OwnStatus.NONE: ({Language.ENGLISH: "New", Language.CHINESE: "新建"}, "#646464", "SQUARE"),
    OwnStatus.IDEA: ({Language.ENGLISH: "Idea", Language.CHINESE: "构思"}, "#c83200", "CIRCLE"),
    OwnStatus.DRAFT: ({Language.ENGLISH: "Draft", Language.CHINESE: "初稿"}, "#c89600", "BARS_2"),
    OwnStatus.REVISE: (
        {Language.ENGLISH: "To Revise", Language.CHINESE: "待修改"},
        "#c89600",
        "BARS_3",
    ),
    OwnStatus.CHECK: (
        {Language.ENGLISH: "To Check", Language.CHINESE: "待核对"},
        "#3264c8",
        "BARS_4",
    ),
    OwnStatus.DONE: ({Language.ENGLISH: "Finished", Language.CHINESE: "定稿"}, "#32c800", "STAR"),
}
_IMPORTANCE = (
    ({Language.ENGLISH: "New", Language.CHINESE: "新建"}, "#646464", "SQUARE"),
    ({Language.ENGLISH: "Minor", Language.CHINESE: "次要"}, "#c83200", "BLOCK_2"),
    ({Language.ENGLISH: "Major", Language.CHINESE: "重要"}, "#c89600", "BLOCK_3"),
    ({Language.ENGLISH: "Main", Language.CHINESE: "主要"}, "#32c800", "BLOCK_4"),
)
_NEW = "i000000"
_MARKS = lazy_pattern(r"^(?:#{1,4}!?|>+) +| *<+$|\[/?[a-z]+(?::\w+)?\]")
"""Marks that are not counted."""
_NOT_IN_TAGS = str.maketrans(",|", "  ")


@dataclass(frozen=True, slots=True)
class ChapterTold:
    """The notes that the author keeps of a chapter beside its text."""

    plan: str = ""
    scratchpad: str = ""
    status: OwnStatus = OwnStatus.NONE


@dataclass(frozen=True, slots=True)
class WholeNovel:
    """A novel with what such a project has beside the text; ``told`` is by the chapters' numbers.

    ``id`` names the project: the documents of a second export have the names of the first.
    """

    id: str
    book: ExportBook
    told: Mapping[int, ChapterTold] = field(default_factory=dict)
    codex: Sequence[CodexEntry] = ()


@dataclass(slots=True)
class _Item:
    handle: str
    parent: str
    root: str
    order: int
    kind: str
    of_class: str
    name: str
    text: str = ""
    layout: str = ""
    status: OwnStatus = OwnStatus.NONE

    @property
    def counts(self) -> tuple[int, int, int]:
        """Characters, words and paragraphs; notes beside the text are not counted."""
        lines = [line for line in self.text.split("\n") if line and line[0] not in "%@"]
        paragraphs = sum(not line.startswith("#") for line in lines)
        plain = [_MARKS.sub("", line) for line in lines]
        return sum(map(len, plain)), sum(len(line.split()) for line in plain), paragraphs


def write_project(novel: WholeNovel, folder: Path) -> None:
    """Fills a folder with the project."""
    now = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    tree = _Tree(novel)
    content = folder / "content"
    content.mkdir()
    for item in tree.items:
        if item.kind == "FILE":
            write_durably(content / f"{item.handle}.md", encoded(_document(item, now)))
    meta = folder / "meta"
    meta.mkdir()
    write_durably(meta / "index.json", encoded(json.dumps(_EMPTY_INDEX)))
    write_durably(folder / "nwProject.nwx", _listing(novel, tree.items, now))


class _Tree:
    """The folders and documents of the project, in its order."""

    def __init__(self, novel: WholeNovel) -> None:
        self.items: list[_Item] = []
        self._novel = novel
        self._language = novel.book.language
        self._places: dict[str, int] = {}
        self._add_novel()
        self._add_codex()

    def _add(self, key: str, parent: _Item | None, kind: str, name: str, of_class: str) -> _Item:
        handle = self._handle(key)
        place = self._places.get(parent.handle if parent else "", 0)
        self._places[parent.handle if parent else ""] = place + 1
        above = (parent.handle, parent.root) if parent else ("None", handle)
        item = _Item(handle, *above, place, kind, of_class, _name(name))
        self.items.append(item)
        return item

    def _add_document(self, key: str, parent: _Item, name: str, text: str, layout: str) -> _Item:
        item = self._add(key, parent, "FILE", name, parent.of_class)
        item.text, item.layout = text, layout
        return item

    def _handle(self, key: str) -> str:
        told = f"{self._novel.id} {key}".encode("utf-8", "replace")
        return hashlib.sha256(told).hexdigest()[:13]

    def _add_novel(self) -> None:
        book = self._novel.book
        root = self._add("novel", None, "ROOT", _NOVEL[self._language], "NOVEL")
        name = _TITLE_PAGE[self._language]
        self._add_document("title", root, name, "".join(_title_page(book)), "DOCUMENT")
        for position, volume in enumerate(book.volumes, start=1):
            inside = root
            if is_divided(book) and (volume.title.strip() or position > 1):
                inside = self._add_volume(root, position, volume)
            for chapter in volume.chapters:
                self._add_chapter(inside, chapter)

    def _add_volume(self, root: _Item, position: int, volume: ExportVolume) -> _Item:
        heading = volume_heading(volume.number or position, volume, self._language)
        folder = self._add(f"volume {position}", root, "FOLDER", heading, "NOVEL")
        text = title_of(1, one_line(heading)) + "\n"
        self._add_document(f"part {position}", folder, heading, text, "DOCUMENT")
        return folder

    def _add_chapter(self, inside: _Item, chapter: ExportChapter) -> None:
        told = self._novel.told.get(chapter.number, ChapterTold())
        heading = chapter_heading(chapter.number, chapter.title, self._language, chapter.label)
        heading = one_line(heading)
        blocks = [title_of(2, heading, is_special=chapter.label == "")]
        blocks.append(_comments(told.plan, "Synopsis"))
        blocks.append(_comments(told.scratchpad))
        scene = SCENE_NAMES[self._language]
        text = list(prose(chapter.text))
        blocks += body_of(text, lambda number: scene.format(number=number))
        item = self._add_document(
            f"chapter {chapter.number}", inside, heading, _joined(blocks), "DOCUMENT"
        )
        item.status = told.status

    def _add_codex(self) -> None:
        tags: set[str] = set()
        for kind in EntryKind:
            entries = [entry for entry in self._novel.codex if entry.kind is kind]
            if entries:
                name = KIND_NAMES[self._language][kind]
                root = self._add(f"codex {kind.value}", None, "ROOT", name, ROOT_CLASSES[kind])
                for entry in entries:
                    text = _note(entry, _tag(entry.name, tags), self._language)
                    self._add_document(f"entry {entry.id}", root, entry.name, text, "NOTE")


def _comments(text: str, modifier: str = "") -> str:
    lines = [one_line(line) for line in text.split("\n")]
    return "\n".join(comment_of(line, modifier) for line in lines if line)


def _title_page(book: ExportBook) -> Iterator[str]:
    blocks = [title_of(1, one_line(book.title), is_special=True)]
    blocks += [centred(byline(book))] if book.author.strip() else []
    blocks += body_of(front_of(book), str)
    yield _joined(blocks)


def _note(entry: CodexEntry, tag: str, language: Language) -> str:
    role = one_line(entry.attributes.get(ROLE, ""))
    blocks = [title_of(1, one_line(entry.name)), f"@tag: {tag}"]
    blocks += [comment_of(role, "Short")] if role else []
    blocks += map(_plain_line, entry.description.split("\n"))
    facts = [fact.statement for fact in entry.facts if fact.counts]
    for section, lines in ((NoteSection.ALIASES, entry.aliases), (NoteSection.FACTS, facts)):
        if lines:
            blocks.append(title_of(2, SECTION_NAMES[section][language]))
            blocks += map(_plain_line, lines)
    return _joined(blocks)


def _plain_line(text: str) -> str:
    """A line of an entry, in which nothing is markup."""
    return "\n".join(body_of([Paragraph(((Run(one_line(text)),),))] if text.strip() else [], str))


def _tag(name: str, taken: set[str]) -> str:
    """A name by which the note can be referred to; no two are the same."""
    plain = one_line(name.translate(_NOT_IN_TAGS)) or "?"
    tag, number = plain, 1
    while tag.lower() in taken:
        number += 1
        tag = f"{plain} {number}"
    taken.add(tag.lower())
    return tag


def _joined(blocks: Sequence[str]) -> str:
    return PARAGRAPH.join(block for block in blocks if block) + "\n"


def _name(text: str) -> str:
    return one_line("".join(letter if letter.isprintable() else " " for letter in text)) or "?"


def _document(item: _Item, now: str) -> str:
    """A document below what it says of itself, so that it is found if the list is lost."""
    head = {
        "name": item.name,
        "parent": item.parent,
        "handle": item.handle,
        "class": item.of_class,
        "layout": item.layout,
        "textHash": hashlib.sha1(encoded(item.text), usedforsecurity=False).hexdigest(),
        "createdDate": now,
        "updatedDate": now,
    }
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in head.items())
    return "\n".join(["+++", *lines, "+++", item.text])


def _listing(novel: WholeNovel, items: Sequence[_Item], now: str) -> bytes:
    """The list of the project's documents, with its settings."""
    language = novel.book.language
    root = etree.Element("novelWriterXML", {**_VERSION, "timeStamp": now})
    project = {"id": novel.id, "saveCount": "1", "autoCount": "0", "editTime": "0"}
    documents = sum(item.kind == "FILE" for item in items)
    about = etree.SubElement(root, "project", project, indexRevision=str(documents))
    etree.SubElement(about, "name").text = _name(novel.book.title)
    etree.SubElement(about, "author").text = _name(novel.book.author) if novel.book.author else ""
    settings = etree.SubElement(root, "settings")
    etree.SubElement(settings, "doBackup").text = "yes"
    etree.SubElement(settings, "language").text = _LANGUAGES[language]
    etree.SubElement(settings, "spellChecking", auto="no").text = "None"
    _labels(settings, "status", [(_key(one), *_STATUSES[one]) for one in OwnStatus], language)
    importance = [(f"i{place:06x}", *one) for place, one in enumerate(_IMPORTANCE)]
    _labels(settings, "importance", importance, language)
    content = etree.SubElement(root, "content", _totals(items))
    for item in items:
        _list_item(content, item)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data


def _key(status: OwnStatus) -> str:
    return f"s{list(OwnStatus).index(status):06x}"


def _labels(
    settings: etree._Element,
    name: str,
    labels: Sequence[tuple[str, Mapping[Language, str], str, str]],
    language: Language,
) -> None:
    listed = etree.SubElement(settings, name)
    for key, names, colour, shape in labels:
        entry = etree.SubElement(listed, "entry", key=key, count="0", color=colour, shape=shape)
        entry.text = names[language]


def _totals(items: Sequence[_Item]) -> dict[str, str]:
    """The length of the whole, by which novelWriter knows what was written in a session."""
    totals = {"items": str(len(items))}
    for name, layout in (("novel", "DOCUMENT"), ("notes", "NOTE")):
        counted = [item.counts for item in items if item.layout == layout]
        totals[f"{name}Words"] = str(sum(words for _, words, _ in counted))
        totals[f"{name}Chars"] = str(sum(letters for letters, _, _ in counted))
    return totals


def _list_item(content: etree._Element, item: _Item) -> None:
    place = {"handle": item.handle, "parent": item.parent, "root": item.root}
    place |= {"order": str(item.order), "type": item.kind, "class": item.of_class}
    meta = {"expanded": "no" if item.kind == "FILE" else "yes"}
    name = {"status": _key(item.status), "import": _NEW}
    if item.kind == "FILE":
        letters, words, paragraphs = map(str, item.counts)
        place["layout"] = item.layout
        level = len(item.text) - len(item.text.lstrip("#"))
        meta |= {"heading": f"H{level}", "charCount": letters, "wordCount": words}
        meta |= {"paraCount": paragraphs, "cursorPos": "0"}
        name["active"] = "yes"
    listed = etree.SubElement(content, "item", place)
    etree.SubElement(listed, "meta", meta)
    etree.SubElement(listed, "name", name).text = item.name
