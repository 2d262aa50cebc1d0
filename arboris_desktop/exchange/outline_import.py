"""An outline in the form of a book: what stands below its headings are plans, not texts."""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume


def as_plans(book: ParsedBook) -> ParsedBook:
    """The book with each text as the plan of its chapter, or of the volume that it stands below."""
    return replace(book, volumes=tuple(map(_planned, book.volumes)))


def _planned(volume: ParsedVolume) -> ParsedVolume:
    plan, chapters = "", volume.chapters
    if chapters and volume.title and not chapters[0].label and chapters[0].title == volume.title:
        plan, chapters = _plan(chapters[0]), chapters[1:]
    return replace(
        volume,
        plan=plan,
        chapters=tuple(replace(one, text="", plan=_plan(one)) for one in chapters),
    )


def _plan(chapter: ParsedChapter) -> str:
    lines = (line.strip() for line in f"{chapter.plan}\n{chapter.text}".splitlines())
    return "\n".join(filter(None, lines))
