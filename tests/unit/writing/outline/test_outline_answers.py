"""Answers of models when they plan, read leniently; only what is sound is let through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan
from arboris_desktop.domain.outline_runs import PlannedChapter
from arboris_desktop.writing.outline.answers import (
    clean_title,
    read_chapters,
    read_plain_chapter,
    sound_chapters,
    volumes_of,
)
from arboris_desktop.writing.outline.forms import PlannedVolumeForm, VolumesForm

TWO = [
    PlannedChapter(1, "Ebb", "The water goes out."),
    PlannedChapter(2, "Flow", "It {comes} back."),
]
JSON = json.dumps(
    {"chapters": [{"number": c.number, "title": c.title, "plan": c.plan} for c in TWO]}
)


@pytest.mark.parametrize(
    "answer",
    [
        JSON,
        f"Here you are:\n```json\n{JSON}\n```\nI hope {{you}} like it.",
        f"<think>two chapters {JSON[:20]}</think>{JSON}",
        JSON.replace('"number": 1', '"number": "1"'),
        JSON[len('{"chapters": ') : -1],
        "\n".join(json.dumps({"number": c.number, "title": c.title, "plan": c.plan}) for c in TWO),
    ],
    ids=["whole", "fenced", "after thinking", "number in quotes", "a list", "lines"],
)
def test_chapters_are_found_in_whatever_is_around_them(answer: str) -> None:
    assert read_chapters(answer) == TWO


@given(st.integers(0, len(JSON)))
def test_an_answer_that_broke_off_gives_its_whole_chapters(length: int) -> None:
    found = read_chapters(JSON[:length])
    assert found == TWO[: len(found)]
    assert len(found) == JSON[:length].count("}", 0, len(JSON) - 2) - JSON[:length].count("{comes}")


@pytest.mark.parametrize("answer", ["", "no", "{", '{"chapters": 3}', '{"number": 1}', "[[[{{{"])
def test_what_is_no_chapter_gives_none(answer: str) -> None:
    assert read_chapters(answer) == []


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Chapter 12: The Storm", "The Storm"),
        ("第十二章 风暴", "风暴"),
        ("12. The Storm", "The Storm"),
        ('"The Storm"', "The Storm"),
        ("**The Storm**", "The Storm"),
        ("《风暴》", "风暴"),
        ("The\nStorm", "The Storm"),
        ("1984", "1984"),
        ("Chapterhouse", "Chapterhouse"),
    ],
)
def test_titles_lose_numbers_and_marks(title: str, clean: str) -> None:
    assert clean_title(title) == clean


def test_numbers_are_those_asked_for() -> None:
    outline = Outline((), (ChapterPlan(1, 1, None, "Ebb", "Old."),))
    counted = [PlannedChapter(n, f"T{n}", f"Mara waits for boat number {n}") for n in (1, 2, 3)]
    assert [c.number for c in sound_chapters(counted, [7, 8, 9], outline)] == [7, 8, 9]
    assert sound_chapters(counted, [8, 9], outline) == [], "more than asked: which is which?"
    assert [c.number for c in sound_chapters(counted, [3, 4], outline)] == [3]


@pytest.mark.parametrize(
    "chapter",
    [
        PlannedChapter(2, "EBB!", "The boats do not come back."),
        PlannedChapter(2, "New", "mara waits for her boat"),
        PlannedChapter(2, "New", " …… "),
        PlannedChapter(2, "New", "The Long Ebb, No. 7"),
        PlannedChapter(2, "New", "1.1.1.1.1 2.1.1 and 1.1.2"),
    ],
    ids=["title of the book", "plan of the book", "no plan", "nothing happens", "numbers"],
)
def test_repetitions_and_empty_plans_are_refused(chapter: PlannedChapter) -> None:
    outline = Outline((), (ChapterPlan(1, 1, None, "Ebb", "Mara waits for her boat."),))
    assert sound_chapters([chapter], [2], outline) == []


@pytest.mark.parametrize(
    ("answer", "title", "plan"),
    [
        ("Title: The Storm\nMara waits.\nBoats leave.", "The Storm", "Mara waits. Boats leave."),
        ("**Chapter 3: The Storm**\n\nPlan: Mara waits.", "The Storm", "Mara waits."),
        ("Mara waits for the boats.", "", "Mara waits for the boats."),
        ("Ebb\nMara waits.", "", "Mara waits."),
        ("章名：风暴\n情节：玛拉在等。", "风暴", "玛拉在等。"),
        ("Mara waits.\nThe boats leave. She counts th", "", "Mara waits. The boats leave."),
        ("One. Two! Three? Four. Five. Six.", "", "One. Two! Three? Four."),
    ],
)
def test_a_chapter_in_words(answer: str, title: str, plan: str) -> None:
    found = read_plain_chapter(answer, 3, ["ebb"])
    assert found == PlannedChapter(3, title, plan)


@pytest.mark.parametrize("answer", ["", "\n---\n", "<think>hm</think>"])
def test_no_words_are_no_chapter(answer: str) -> None:
    assert read_plain_chapter(answer, 3, []) is None


@given(st.lists(st.integers(0, 900), max_size=12), st.integers(1, 12), st.integers(1, 500))
def test_volumes_are_as_many_and_as_long_as_asked(sizes: list[int], count: int, more: int) -> None:
    total = count + more
    form = VolumesForm(
        volumes=[PlannedVolumeForm(title=f"V{n}", summary="s", chapters=n) for n in sizes]
    )
    outline = Outline((VolumePlan(7, "Old"), VolumePlan(9)))
    volumes = volumes_of(form, outline, count, total)
    assert len(volumes) == count
    assert sum(volume.size for volume in volumes) == total
    assert all(volume.size >= 1 for volume in volumes)
    assert [volume.id for volume in volumes][:2] == [7, 9][:count]
    assert len({volume.id for volume in volumes}) == count
