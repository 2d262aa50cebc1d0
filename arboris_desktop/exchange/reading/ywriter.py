"""Reading a yWriter project (yw7, yw6): chapters with their scenes, all in one file.

Descriptions of chapters and scenes become plans, notes on scenes the notes of a chapter, and
characters, locations and items entries of the codex. Chapters of notes and unused scenes do not
belong to the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import unreadable
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.exchange.reading.ywriter_entries import ywriter_entries
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "yw7"
_BOLD = lazy_pattern(r"\[/?b\]", re.IGNORECASE)
_ITALIC = lazy_pattern(r"\[/?i\]", re.IGNORECASE)
_OTHER_CODES = lazy_pattern(r"\[/?[usrcHh][0-9]?\]|\[/?lang=[\w-]+\]")
_COMMENT = lazy_pattern(r"/\*.*?\*/", re.DOTALL)
_NO = ("", "0")


def read_ywriter(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the chapters of a project. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    root = parse_xml(data)
    scenes = {_text(scene, "ID"): scene for scene in root.iterfind("SCENES/SCENE")}
    title = _text(root, "PROJECT/Title")
    lines, levels = [title], {0: 1} if title else {}
    left_out = 0
    plans: dict[int, str] = {}
    notes: dict[int, str] = {}
    for chapter in root.iterfind("CHAPTERS/CHAPTER"):
        if not _is_of_book(chapter):
            left_out += 1
            continue
        is_part = _text(chapter, "SectionStart") not in _NO
        used, unused = _scenes(chapter, scenes)
        levels[len(lines)] = 2 if is_part else 3
        plans[len(lines)] = _noted([chapter, *used], "Desc")
        notes[len(lines)] = _noted(used, "Notes")
        lines.append(_text(chapter, "Title"))
        left_out += unused
        lines += _prose(used)
    if not levels.keys() - {0}:
        raise unreadable("the project has no chapter")
    author = _text(root, "PROJECT/AuthorName") or _text(root, "PROJECT/Author")
    return Manuscript(
        FORM,
        lines,
        levels,
        True,
        title,
        author,
        left_out=left_out,
        plans=plans,
        scratchpads=notes,
        codex=ywriter_entries(root),
    )


def _is_of_book(chapter: Element) -> bool:
    kind = _text(chapter, "ChapterType") or _text(chapter, "Type")
    return kind in _NO and _text(chapter, "Unused") in _NO


def _scenes(chapter: Element, scenes: dict[str, Element]) -> tuple[list[Element], int]:
    """Returns the scenes of a chapter that belong to the book, and the number of those that do
    not."""
    named = ["".join(one.itertext()).strip() for one in chapter.iterfind("Scenes/ScID")]
    found = [scenes[name] for name in named if name in scenes]
    used = [
        scene
        for scene in found
        if _text(scene, "Unused") in _NO and _text(scene, "Fields/Field_SceneType") in _NO
    ]
    return used, len(found) - len(used)


def _noted(elements: Sequence[Element], path: str) -> str:
    """Returns what the author noted of them, a paragraph each."""
    return "\n\n".join(filter(None, (_text(element, path) for element in elements)))


def _prose(scenes: list[Element]) -> Iterator[str]:
    has_prose = False
    for scene in scenes:
        paragraphs = list(_paragraphs(scene.findtext("SceneContent") or ""))
        if paragraphs and has_prose and _text(scene, "AppendToPrev") in _NO:
            yield SCENE_BREAK
        yield from paragraphs
        has_prose = has_prose or bool(paragraphs)


def _paragraphs(content: str) -> Iterator[str]:
    plain = _COMMENT.sub("", content)
    for pattern, mark in ((_BOLD, "**"), (_ITALIC, "*"), (_OTHER_CODES, "")):
        plain = pattern.sub(mark, plain)
    for line in plain.replace("\r", "").split("\n"):
        if line.strip():
            yield line.strip()


def _text(element: Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())
