"""Writing a novel as a novelWriter project: a folder with a list of documents, and these.

The format is that of novelWriter 26.2 (https://docs.novelwriter.io); older versions do not open it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path

from arboris_desktop.codex.rows import ROLE
from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
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
from arboris_desktop.exchange.writing.novelwriter_listing import (
    ProjectItem,
    document_of,
    item_name,
    listing,
)
from arboris_desktop.exchange.writing.novelwriter_text import body_of, centred, comment_of, title_of
from arboris_desktop.text.emphasis import Run
from arboris_desktop.text.paragraphs import PARAGRAPH
from arboris_desktop.text.prose import one_line

_EMPTY_INDEX = {
    "novelWriter.meta": {"version": "0x00000000", "revision": 0},
    "novelWriter.tagsIndex": {},
    "novelWriter.itemIndex": {},
}
"""The index of an older version, which novelWriter replaces without reporting damage."""
_NOVEL = {Language.ENGLISH: "Novel", Language.CHINESE: "小说"}
_TITLE_PAGE = {Language.ENGLISH: "Title Page", Language.CHINESE: "书名页"}
_NOT_IN_TAGS = str.maketrans(",|", "  ")


@record
class ChapterTold:
    """The author's notes on a chapter besides its text."""

    plan: str = ""
    scratchpad: str = ""
    status: OwnStatus = OwnStatus.NONE


@record
class WholeNovel:
    """A novel with the other contents of such a project; ``told`` is by chapter number.

    ``id`` identifies the project: a second export uses the same names of documents.
    """

    id: str
    book: ExportBook
    told: Mapping[int, ChapterTold] = field(default_factory=dict)
    codex: Sequence[CodexEntry] = ()


def write_project(novel: WholeNovel, folder: Path) -> None:
    """Fills a folder with the project."""
    now = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    tree = _Tree(novel)
    content = folder / "content"
    content.mkdir()
    for item in tree.items:
        if item.kind == "FILE":
            write_durably(content / f"{item.handle}.md", encoded(document_of(item, now)))
    meta = folder / "meta"
    meta.mkdir()
    write_durably(meta / "index.json", encoded(json.dumps(_EMPTY_INDEX)))
    write_durably(folder / "nwProject.nwx", listing(novel.book, novel.id, tree.items, now))


class _Tree:
    """The folders and documents of the project, in order."""

    def __init__(self, novel: WholeNovel) -> None:
        self.items: list[ProjectItem] = []
        self._novel = novel
        self._language = novel.book.language
        self._places: dict[str, int] = {}
        self._add_novel()
        self._add_codex()

    def _add(
        self, key: str, parent: ProjectItem | None, kind: str, name: str, of_class: str
    ) -> ProjectItem:
        handle = self._handle(key)
        place = self._places.get(parent.handle if parent else "", 0)
        self._places[parent.handle if parent else ""] = place + 1
        above = (parent.handle, parent.root) if parent else ("None", handle)
        item = ProjectItem(handle, *above, place, kind, of_class, item_name(name))
        self.items.append(item)
        return item

    def _add_document(
        self, key: str, parent: ProjectItem, name: str, text: str, layout: str
    ) -> ProjectItem:
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

    def _add_volume(self, root: ProjectItem, position: int, volume: ExportVolume) -> ProjectItem:
        heading = volume_heading(volume.number or position, volume, self._language)
        folder = self._add(f"volume {position}", root, "FOLDER", heading, "NOVEL")
        text = title_of(1, one_line(heading)) + "\n"
        self._add_document(f"part {position}", folder, heading, text, "DOCUMENT")
        return folder

    def _add_chapter(self, inside: ProjectItem, chapter: ExportChapter) -> None:
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
    """Returns a line of an entry in which nothing is markup."""
    return "\n".join(body_of([Paragraph(((Run(one_line(text)),),))] if text.strip() else [], str))


def _tag(name: str, taken: set[str]) -> str:
    """Returns a unique name by which the note can be referred to."""
    plain = one_line(name.translate(_NOT_IN_TAGS)) or "?"
    tag, number = plain, 1
    while tag.lower() in taken:
        number += 1
        tag = f"{plain} {number}"
    taken.add(tag.lower())
    return tag


def _joined(blocks: Sequence[str]) -> str:
    return PARAGRAPH.join(block for block in blocks if block) + "\n"
