"""Dividing a text into volumes and chapters.

``headings`` and ``markdown`` say what a heading is, ``paragraphs`` what becomes of the lines
between them. No text is lost: what stands before the first heading becomes a chapter of its own
unless it is only the title and the author, and so does what stands between a volume's heading and
its first chapter. Of a table of contents only the entries that come again as headings are left out.
"""

from __future__ import annotations

import re

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange import markdown
from arboris_desktop.exchange.parsed import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.text.heading_finder import Mark, contents_length, find_marks, without_doubles
from arboris_desktop.text.paragraphs import ends_sentence, measure
from arboris_desktop.text.prose import guess_language

__all__ = [
    "ParsedBook",
    "ParsedChapter",
    "ParsedVolume",
    "parse_markdown",
    "parse_text",
    "split_chapters",
]

FRONT_MATTER = {Language.ENGLISH: "Front matter", Language.CHINESE: "前言"}
"""The title of the chapter that holds what stands before the first heading."""

_MAX_TITLE = 60
_MAX_LONELY_TITLE = 120
_MAX_NAME = 30
_BOOK_TITLE = re.compile(r"《(?P<title>.+)》.{0,20}")
_TITLE_LABEL = re.compile(r"^(?:书名|書名|(?i:title))\s*[:：]\s*(?=\S)")
_AUTHOR = re.compile(r"(?:作者|著者|文)\s*[:：].*|.{1,12}\s*[著撰]|(?i:by|author:?)\s.{1,60}")
_CONTENTS = re.compile(r"目\s*[录錄次]|(?i:(?:table of )?contents)[.:]?")


def split_chapters(text: str, language: Language | None = None) -> list[ParsedVolume]:
    """The volumes and chapters of a plain text, as ``parse_text`` finds them."""
    return list(parse_text(text, language).volumes)


def parse_text(text: str, language: Language | None = None) -> ParsedBook:
    """A book from plain text; without any heading it is one chapter.

    Markdown headings count if there are at least two and no others. ``language`` is guessed if
    not given; it only names the front matter.
    """
    lines = text.split("\n")
    marks = find_marks(lines)
    if not marks and markdown.count_headings(lines) >= 2:
        return parse_markdown(text, language)
    entries = contents_length(marks, lines)
    front = _lines_before(marks, entries, lines)
    marks = without_doubles(marks[entries:], lines)
    return _book("", front, marks, lines, language or guess_language(text))


def parse_markdown(text: str, language: Language | None = None) -> ParsedBook:
    """A book from Markdown; without Markdown headings those of plain text are looked for."""
    found = markdown.outline(text.split("\n"))
    if not found.marks:
        return parse_text("\n".join(found.lines[found.start :]), language)
    front = found.lines[found.start : found.marks[0].line]
    language = language or guess_language(text)
    return _book(found.title, front, found.marks, found.lines, language, is_markdown=True)


def _lines_before(marks: list[Mark], entries: int, lines: list[str]) -> list[str]:
    """What stands before the first heading of the text, less the entries of the contents."""
    stop = marks[entries].line if marks else 0
    left_out = {n for mark in marks[:entries] for n in range(mark.line, mark.end)}
    return [
        line
        for number, line in enumerate(lines[:stop])
        if number not in left_out and not (entries and _CONTENTS.fullmatch(line.strip()))
    ]


def _book(
    title: str,
    front: list[str],
    marks: list[Mark],
    lines: list[str],
    language: Language,
    *,
    is_markdown: bool = False,
) -> ParsedBook:
    if not marks:
        text = measure([lines], markdown=is_markdown).compose(lines)
        return ParsedBook(title, language, (ParsedVolume("", (ParsedChapter("", text),)),))
    ends = [*(mark.line for mark in marks[1:]), len(lines)]
    bodies = [lines[mark.end : end] for mark, end in zip(marks, ends, strict=True)]
    layout = measure(bodies, markdown=is_markdown)
    if not title:
        title, front = _take_title(front)
    chapters = _chapter_if_text(FRONT_MATTER[language], layout.compose(_without_author(front)))
    texts = [layout.compose(body) for body in bodies]
    return ParsedBook(title, language, _volumes(chapters, marks, texts))


def _volumes(
    front: list[ParsedChapter], marks: list[Mark], texts: list[str]
) -> tuple[ParsedVolume, ...]:
    volumes = [("", front)]
    for mark, text in zip(marks, texts, strict=True):
        if mark.opens_volume:
            name = mark.heading.name
            volumes.append((name, _chapter_if_text(name, text)))
        else:
            volumes[-1][1].append(ParsedChapter(mark.heading.title, text))
    if not front and len(volumes) > 1:
        del volumes[0]
    return tuple(ParsedVolume(title, tuple(chapters)) for title, chapters in volumes)


def _chapter_if_text(title: str, text: str) -> list[ParsedChapter]:
    return [ParsedChapter(title, text)] if text else []


def _take_title(front: list[str]) -> tuple[str, list[str]]:
    """The title of the book and the lines after it, if the first line looks like one."""
    filled = [number for number, line in enumerate(front) if line.strip()]
    if not filled:
        return "", []
    line = _TITLE_LABEL.sub("", " ".join(front[filled[0]].split()))
    rest = front[filled[0] + 1 :]
    if match := _BOOK_TITLE.fullmatch(line):
        return match["title"], rest
    if len(filled) == 1 and len(line) <= _MAX_LONELY_TITLE:
        return line, rest
    if len(line) <= _MAX_TITLE and line[-1] not in "。.，,；;：:":
        return line, rest
    return "", front


def _without_author(front: list[str]) -> list[str]:
    """The lines before the first heading less the author's, or less a single line with a name."""
    rest = [line for line in front if not _AUTHOR.fullmatch(line.strip())]
    filled = [line.strip() for line in rest if line.strip()]
    if len(filled) == 1 and len(filled[0]) <= _MAX_NAME and not ends_sentence(filled[0]):
        return []
    return rest
