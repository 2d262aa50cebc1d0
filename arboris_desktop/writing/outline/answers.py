"""Reading a model's plans leniently, and accepting only what is sound."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from arboris_desktop.domain.outline import Outline, VolumePlan, normalised
from arboris_desktop.domain.outline_runs import PlannedChapter
from arboris_desktop.llm.cleaning.thoughts import without_thinking
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import guess_language, one_line, whole_sentences

if TYPE_CHECKING:
    from arboris_desktop.writing.outline.forms import VolumesForm

_LONGEST_TITLE = 120
_FEWEST_WORDS = 6
_NUMBER = lazy_pattern(r"\d+")
_MOST_SENTENCES = 4
_SENTENCE = lazy_pattern(r".+?(?:[。！？]+[”’」』]*|[.!?]+[\"”’)]*(?=\s|$)|$)\s*", re.DOTALL)
_HEADING = lazy_pattern(
    r"^[\s#*\"“《-]*(?:(?:chapter|ch\.?)\s*\d+|第\s*[0-9零一二三四五六七八九十百千两]+\s*章|\d+)?"
    r"\s*[.:：、．)\]-]*\s*",
    re.IGNORECASE,
)
_LABEL = lazy_pattern(
    r"^\W*(?:title|plan|summary|what happens|章名|标题|情节|细纲|梗概)\s*[:：]\s*", re.IGNORECASE
)


def read_chapters(answer: str) -> list[PlannedChapter]:
    """Returns every complete chapter in an answer, even if the JSON breaks off."""
    text = without_thinking(answer)
    return [chapter for each in _objects(text) for chapter in _chapters_in(each)]


def _objects(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            yield value
        position = text.find("{", end)


def _chapters_in(value: object) -> Iterator[PlannedChapter]:
    if not isinstance(value, dict):
        return
    inner = value.get("chapters")
    if isinstance(inner, list):
        for each in inner:
            yield from _chapters_in(each)
        return
    number, title, plan = value.get("number"), value.get("title", ""), value.get("plan")
    if isinstance(number, str) and number.strip().isdecimal():
        number = int(number)
    if isinstance(number, int) and isinstance(title, str) and isinstance(plan, str):
        yield PlannedChapter(number, clean_title(title), plan.strip())


def clean_title(title: str) -> str:
    """Returns a title without the number, quotes and marks that models put around it."""
    cleaned = one_line(title).strip()
    bare = _HEADING.sub("", cleaned).strip(" \"'“”*#《》.。:：")
    return (bare or cleaned.strip(" \"'“”*#《》"))[:_LONGEST_TITLE]


def sound_chapters(
    found: Sequence[PlannedChapter], asked: Sequence[int], outline: Outline
) -> list[PlannedChapter]:
    """Returns the chapters that may be stored, each number once.

    Rejected are numbers that were not asked for, empty plans, and titles and plans that already
    occur in the book or in the answer.
    """
    others = [c for c in outline.chapters if c.number not in asked]
    titles = {normalised(c.title) for c in others} - {""}
    plans = {normalised(c.plan) for c in others} - {""}
    sound: dict[int, PlannedChapter] = {}
    for chapter in _with_asked_numbers(found, asked):
        title, plan = normalised(chapter.title), normalised(chapter.plan)
        wanted = chapter.number in asked and chapter.number not in sound
        if wanted and says_something(chapter.plan) and plan not in plans and title not in titles:
            sound[chapter.number] = chapter
            titles.update({title} - {""})
            plans.add(plan)
    return [sound[number] for number in asked if number in sound]


def says_something(plan: str) -> bool:
    """True if a plan has enough words to describe an event: small models may only name the book, or
    count."""
    language = guess_language(plan)
    words, spelt = (count_words(text, language) for text in (plan, _NUMBER.sub(" ", plan)))
    return words >= _FEWEST_WORDS and 2 * spelt > words


def _with_asked_numbers(
    found: Sequence[PlannedChapter], asked: Sequence[int]
) -> Iterable[PlannedChapter]:
    """Renumbers as many consecutive chapters as requested, since models like to count from 1."""
    numbers = [chapter.number for chapter in found]
    in_a_row = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if in_a_row and len(found) == len(asked) and not set(numbers) & set(asked):
        return [
            PlannedChapter(number, chapter.title, chapter.plan)
            for number, chapter in zip(asked, found, strict=True)
        ]
    return found


def read_plain_chapter(answer: str, number: int, titles: Collection[str]) -> PlannedChapter | None:
    """Reads a chapter from a plain-text answer: what happens, perhaps after a line with its title.

    Only the first complete sentences of a long answer count. A title that the book already has is
    dropped; ``None`` if there is no plan.
    """
    text = without_thinking(answer).strip()
    lines = [_LABEL.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line.strip("*#-—=_ ")]
    has_title = len(lines) > 1 and len(lines[0]) <= _LONGEST_TITLE and not _ends(lines[0])
    plan = " ".join(lines[1:] if has_title else lines).strip("*# ")
    plan = "".join(_SENTENCE.findall(whole_sentences(plan))[:_MOST_SENTENCES]).strip()
    title = clean_title(lines[0]) if has_title else ""
    if normalised(title) in {normalised(each) for each in titles}:
        title = ""
    return PlannedChapter(number, title, plan) if plan else None


def _ends(line: str) -> bool:
    return line.rstrip('"”’」』*').endswith((".", "!", "?", "。", "！", "？"))


def volumes_of(form: VolumesForm, outline: Outline, count: int, total: int) -> list[VolumePlan]:
    """Returns as many volumes as requested, with ``total`` chapters in all.

    Existing volumes keep their ids and order; new ones have negative ids.
    """
    given = form.volumes[:count]
    sizes = _sizes([each.chapters for each in given] + [0] * (count - len(given)), total)
    planned = []
    for place, size in enumerate(sizes):
        known = place < len(outline.volumes)
        volume_id = outline.volumes[place].id if known else -1 - place
        title = clean_title(given[place].title) if place < len(given) else ""
        summary = given[place].summary.strip() if place < len(given) else ""
        planned.append(VolumePlan(volume_id, title, summary, size))
    return planned


def even_volumes(outline: Outline, count: int, total: int) -> list[VolumePlan]:
    """Returns volumes of equal size without plans, for when no model can plan them."""
    from arboris_desktop.writing.outline.forms import VolumesForm

    return volumes_of(VolumesForm(volumes=[]), outline, count, total)


def _sizes(wanted: Sequence[int], total: int) -> list[int]:
    """Returns sizes in the wanted proportion, at least 1 each as far as ``total`` allows."""
    weights = [size or max(1, total // max(1, len(wanted))) for size in wanted]
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    sizes = [max(1, int(size)) for size in exact]
    by_rest = sorted(range(len(sizes)), key=lambda n: int(exact[n]) - exact[n])
    while sum(sizes) < total:
        for n in by_rest[: total - sum(sizes)]:
            sizes[n] += 1
    while sum(sizes) > total and max(sizes) > 1:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes
