"""What the model is told of the book: the nearest first, and never more than fits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, FactStatus, SeedEffect
from arboris_desktop.domain.novel import ChapterOverview, ChapterStatus, Language
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.writing.context import BookSoFar, build_context


def chapter(number: int) -> ChapterOverview:
    return ChapterOverview(
        id=number,
        project_id="p",
        volume_id=1,
        number=number,
        title=f"Title {number}",
        outline="",
        summary=f"In chapter {number} Mara walks along the shore and finds a letter.",
        status=ChapterStatus.WRITTEN,
        word_count=1000,
        selected_version_id=number,
    )


def fact(number: int, statement: str, status: FactStatus = FactStatus.ACCEPTED) -> CodexFact:
    return CodexFact(
        id=number,
        entry_id=number,
        chapter_id=number,
        chapter_number=number,
        chapter_title="",
        version_id=number,
        version_revision=1,
        statement=statement,
        reason="",
        quotation="",
        start=0,
        end=1,
        confidence=0.9,
        status=status,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def person(number: int) -> CodexEntry:
    return CodexEntry(
        id=number,
        project_id="p",
        kind=EntryKind.CHARACTER,
        name=f"Person-{number:03}",
        facts=(fact(number, "walks along the shore"),),
    )


def seed(number: int) -> CodexEntry:
    return CodexEntry(
        id=10_000 + number,
        project_id="p",
        kind=EntryKind.FORESHADOWING,
        name=f"A promise made in chapter {number}",
        facts=(fact(number, "a promise"),),
    )


def book(chapters: int, *, outline: str = "", text: str = "The end came. " * 400) -> BookSoFar:
    return BookSoFar(
        language=Language.ENGLISH,
        before=[chapter(number) for number in range(1, chapters)],
        previous_text=text,
        entries=[entry for n in range(1, chapters) for entry in (person(n), seed(n))],
        outline=outline,
    )


@settings(max_examples=40, deadline=None)
@given(chapters=st.integers(1, 120), budget=st.integers(0, 6000))
def test_the_context_fits_its_budget(chapters: int, budget: int) -> None:
    context = build_context(book(chapters), budget, estimate_tokens)

    assert estimate_tokens(context.as_text()) <= budget


def test_the_context_of_a_late_chapter_is_no_larger() -> None:
    sizes = [
        estimate_tokens(build_context(book(number), 3000, estimate_tokens).as_text())
        for number in (50, 500)
    ]

    assert max(sizes) <= 3000
    assert sizes[1] <= sizes[0] * 1.1


def test_what_is_near_stays_and_reads_in_order() -> None:
    context = build_context(book(200), 2000, estimate_tokens).as_text()

    assert "199. Title 199" in context
    assert "\n1. Title 1:" not in context
    assert context.index("198. Title 198") < context.index("199. Title 199")
    assert context.rstrip().endswith("The end came.")


def test_characters_named_in_the_outline_come_first() -> None:
    context = build_context(book(200, outline="Person-003 returns."), 1500, estimate_tokens)

    people = next(part.text for part in context.parts if part.heading == "Characters")
    names = [line.split(":")[0] for line in people.splitlines()]
    assert names[:2] == ["- Person-003", "- Person-199"]


@pytest.mark.parametrize(
    "status", [FactStatus.UNSUPPORTED, FactStatus.LOW_CONFIDENCE, FactStatus.REJECTED]
)
def test_what_is_not_accepted_is_not_told(status: FactStatus) -> None:
    entry = CodexEntry(
        id=1,
        project_id="p",
        kind=EntryKind.CHARACTER,
        name="Nobody",
        facts=(fact(1, "is a ghost", status),),
    )
    unsure = BookSoFar(Language.ENGLISH, [], "", [entry], "Nobody comes.")

    assert build_context(unsure, 2000, estimate_tokens).as_text() == ""


def test_a_chinese_book_is_told_in_chinese() -> None:
    chinese = BookSoFar(Language.CHINESE, [chapter(1)], "雨一直下。" * 50, [], "")

    context = build_context(chinese, 2000, estimate_tokens).as_text()

    assert context.startswith("## 前情提要")
    assert "## 上一章的结尾" in context


def test_the_context_does_not_depend_on_the_order_of_rows() -> None:
    shuffled = book(60)
    random.Random(7).shuffle(shuffled.entries)
    people = [
        next(part.text for part in build_context(b, 2000, estimate_tokens).parts[1:2])
        for b in (book(60), shuffled)
    ]

    assert people[0] == people[1]


def grown(number: int, name: str, effects: dict[int, SeedEffect], due: int | None) -> CodexEntry:
    facts = [replace(fact(chapter, name), effect=effect) for chapter, effect in effects.items()]
    return replace(seed(number), name=name, facts=tuple(facts), due_chapter=due)


def test_seeds_are_told_until_they_are_paid_off_and_the_overdue_first() -> None:
    planted, paid_off = SeedEffect.PLANTED, SeedEffect.PAID_OFF
    entries = [
        grown(1, "Who lit the lamp?", {1: planted, 3: paid_off}, None),
        grown(2, "The sealed letter.", {2: planted}, None),
        grown(3, "The storm will come back.", {2: planted}, 4),
        grown(4, "The third bell.", {4: planted}, 9),
    ]

    context = build_context(replace(book(6), entries=entries), 4000, estimate_tokens)

    (part,) = [part for part in context.parts if "still open" in part.heading]
    assert part.text.splitlines() == [
        "- The storm will come back. (overdue: bring it up or pay it off)",
        "- The sealed letter.",
        "- The third bell. (to be paid off by chapter 9)",
    ]


def test_a_fact_that_no_longer_stands_in_the_text_is_not_told() -> None:
    gone = replace(person(1), facts=(replace(fact(1, "has lost an arm"), is_stale=True),))

    context = build_context(replace(book(2), entries=[gone]), 4000, estimate_tokens)

    assert "has lost an arm" not in "".join(part.text for part in context.parts)
