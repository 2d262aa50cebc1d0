"""From a divided manuscript to a book: normalising the texts of the chapters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.correction import FRONT_KEY, Correction
from arboris_desktop.exchange.division import Division, divide, key_of
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.outline_import import as_plans
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.text.headings.chinese import MAIN_TEXT
from arboris_desktop.text.headings.marks import Mark
from arboris_desktop.text.paragraphs import measure, measure_blocks
from arboris_desktop.text.prose import guess_language
from arboris_desktop.text.scenes import with_scene_breaks

_FRONT_MATTER = {Language.ENGLISH: "Front matter", Language.CHINESE: "前言"}

_Volume = tuple[str, str, list[ParsedChapter]]
"""Title, label and chapters."""

_LANGUAGE_SAMPLE = 20_000
"""Characters from which the language is guessed."""


def book_of(
    manuscript: Manuscript,
    correction: Correction | None = None,
    *,
    stem: str = "",
    language: Language | None = None,
) -> ParsedBook:
    """Returns the book in a manuscript; without any heading it is one chapter.

    ``stem`` is the name of the file; ``language`` is guessed if not given.
    """
    correction = correction or Correction()
    division = divide(manuscript, correction, stem)
    language = language or language_of(manuscript)
    book = assemble(manuscript, division, language, correction)
    if correction.title is not None:
        book = replace(book, title=correction.title.strip())
    return book if correction.author is None else replace(book, author=correction.author.strip())


def language_of(manuscript: Manuscript) -> Language:
    """Returns the language of most of the beginning."""
    sample: list[str] = []
    room = _LANGUAGE_SAMPLE
    for line in manuscript.lines:
        if room <= 0:
            break
        sample.append(line[:room])
        room -= len(line)
    return guess_language("\n".join(sample))


def bodies_of(manuscript: Manuscript, division: Division) -> list[Sequence[str]]:
    """Yields the lines below each heading, without those of a table of contents."""
    marks, lines = division.marks, manuscript.lines
    ends = [*(mark.line for mark in marks[1:]), len(lines)][: len(marks)]
    last = max(division.contents, default=-1)
    return [
        lines[mark.end : end]
        if mark.end > last
        else [lines[n] for n in range(mark.end, end) if n not in division.contents]
        for mark, end in zip(marks, ends, strict=True)
    ]


def front_title(language: Language, correction: Correction) -> str:
    """Returns the title of the chapter for the text before the first heading."""
    return correction.renamed.get(FRONT_KEY, _FRONT_MATTER[language])


def assemble(
    manuscript: Manuscript,
    division: Division,
    language: Language,
    correction: Correction | None = None,
) -> ParsedBook:
    """Returns the book by the headings of the division, without the chapters that are left out."""
    correction = correction or Correction()
    marks, lines = division.marks, manuscript.lines
    bodies = bodies_of(manuscript, division)
    front = [lines[line] for line in division.front.text]
    layout = (measure_blocks if manuscript.is_composed else measure)(bodies or [front])
    texts = [with_scene_breaks(layout.compose(body)) for body in bodies]
    opening_text = with_scene_breaks(layout.compose(front))
    opening = _chapter_if_text(front_title(language, correction) if marks else "", opening_text)
    if not marks and not opening:
        opening = [ParsedChapter("", "")]
    left_out = correction.left_out
    if marks and FRONT_KEY in left_out:
        opening = []
    kept = [pair for pair in zip(marks, texts, strict=True) if key_of(pair[0]) not in left_out]
    volumes = _volumes(opening, kept, manuscript)
    title, author = division.front.title, division.front.author
    book = ParsedBook(title, language, volumes, author, manuscript.codex)
    return as_plans(book) if correction.as_plans else book


def _volumes(
    front: list[ParsedChapter], chapters: Iterable[tuple[Mark, str]], manuscript: Manuscript
) -> tuple[ParsedVolume, ...]:
    volumes: list[_Volume] = [("", "", front)]
    for mark, text in chapters:
        heading = mark.heading
        if mark.opens_volume:
            volumes.append((heading.name, heading.label, _chapter_if_text(heading.name, text)))
        else:
            plan = manuscript.plans.get(mark.line, "")
            notes = manuscript.scratchpads.get(mark.line, "")
            volumes[-1][2].append(ParsedChapter(heading.title, text, heading.label, plan, notes))
    if not front and len(volumes) > 1:
        del volumes[0]
    volumes = _without_empty_ones(volumes)
    return tuple(ParsedVolume(title, tuple(found), label) for title, label, found in volumes)


def _without_empty_ones(volumes: Sequence[_Volume]) -> list[_Volume]:
    """Merges a volume that contains only another volume's heading into that one."""
    kept: list[_Volume] = []
    outer = ""
    for place, (title, label, chapters) in enumerate(volumes):
        if not chapters and place < len(volumes) - 1:
            outer = title if title not in MAIN_TEXT else outer
            continue
        kept.append((f"{outer} · {title}" if outer else title, label, chapters))
        outer = ""
    return kept


def _chapter_if_text(title: str, text: str) -> list[ParsedChapter]:
    return [ParsedChapter(title, text)] if text else []
