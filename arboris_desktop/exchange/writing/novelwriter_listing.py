"""The list of documents of a novelWriter project, and the head of each document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, encoded
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line

_VERSION = {
    "appVersion": "26.2",
    "hexVersion": "0x260200f0",
    "fileVersion": "1.6",
    "fileRevision": "0",
}
_LANGUAGES = {Language.ENGLISH: "en_US", Language.CHINESE: "zh_CN"}
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
"""Markup that is not counted."""


@dataclass(slots=True)
class ProjectItem:
    """A folder or a document of the project."""

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
        """Characters, words and paragraphs; notes besides the text are not counted."""
        lines = [line for line in self.text.split("\n") if line and line[0] not in "%@"]
        paragraphs = sum(not line.startswith("#") for line in lines)
        plain = [_MARKS.sub("", line) for line in lines]
        return sum(map(len, plain)), sum(len(line.split()) for line in plain), paragraphs


def item_name(text: str) -> str:
    """The text as the name of an item, on one line."""
    return one_line("".join(letter if letter.isprintable() else " " for letter in text)) or "?"


def document_of(item: ProjectItem, now: str) -> str:
    """Returns a document with its header, by which it is found if the list is lost."""
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


def listing(book: ExportBook, project_id: str, items: Sequence[ProjectItem], now: str) -> bytes:
    """Returns the list of the project's documents, with its settings."""
    language = book.language
    root = etree.Element("novelWriterXML", {**_VERSION, "timeStamp": now})
    project = {"id": project_id, "saveCount": "1", "autoCount": "0", "editTime": "0"}
    documents = sum(item.kind == "FILE" for item in items)
    about = etree.SubElement(root, "project", project, indexRevision=str(documents))
    etree.SubElement(about, "name").text = item_name(book.title)
    etree.SubElement(about, "author").text = item_name(book.author) if book.author else ""
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


def _totals(items: Sequence[ProjectItem]) -> dict[str, str]:
    """Returns the length of the whole, by which novelWriter measures a session's progress."""
    totals = {"items": str(len(items))}
    for name, layout in (("novel", "DOCUMENT"), ("notes", "NOTE")):
        counted = [item.counts for item in items if item.layout == layout]
        totals[f"{name}Words"] = str(sum(words for _, words, _ in counted))
        totals[f"{name}Chars"] = str(sum(letters for letters, _, _ in counted))
    return totals


def _list_item(content: etree._Element, item: ProjectItem) -> None:
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
