"""The book as the model is told it: what belongs to the chapter first, never more than fits, and a
reason for each piece."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    Place,
    Relationship,
)
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.context import (
    ContextChoice,
    ContextItem,
    ItemKind,
    LeftOut,
    Reason,
    ReasonKind,
)
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.story import (
    ChapterNote,
    EntryGlance,
    StorySummary,
    SummaryLevel,
)
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.novels.passages import FoundPassage
from arboris_desktop.storage.writing.context_choices import Choices
from arboris_desktop.writing.context import BookSoFar, ContextReport, build_context
from arboris_desktop.writing.context.finding import RelatedPassage
from arboris_desktop.writing.context.presence import present_entries

BLUEPRINT = Blueprint(
    genre="mystery",
    tone="dark",
    audience="adults",
    summary="A keeper comes home.",
    rules="No magic.",
    characters=(BlueprintCharacter("Jonas", "the smith", "silent"), BlueprintCharacter("Ida")),
    factions=(Place("The Guild", "They rule the harbour."),),
    relationships=(Relationship("Jonas", "Ida", "brother and sister"),),
)


def note(number: int, *, summary: bool = True, outline: str = "She walks on.") -> ChapterNote:
    told = f"In chapter {number} Mara walks along the shore and finds a letter." if summary else ""
    return ChapterNote(number, f"Title {number}", outline, told, None, is_written=True)


def entry(
    number: int,
    name: str = "",
    kind: EntryKind = EntryKind.CHARACTER,
    *,
    aliases: tuple[str, ...] = (),
    due: int | None = None,
    paid_off: bool = False,
) -> EntryGlance:
    return EntryGlance(
        id=number,
        kind=kind,
        name=name or f"Person-{number:03}",
        aliases=aliases,
        description="",
        due_chapter=due,
        is_paid_off=paid_off,
        since=number,
        seen_in=number,
    )


def seed(number: int, due: int | None = None) -> EntryGlance:
    name = f"A promise made in chapter {number}"
    return entry(number, name, EntryKind.FORESHADOWING, due=due)


def passage(number: int, text: str = "The lamp was dark that night. " * 15) -> RelatedPassage:
    found = FoundPassage(number, number, f"Title {number}", 0, len(text), text, -1.0)
    return RelatedPassage(found, "lamp")


def with_present(book: BookSoFar, *entries: EntryGlance) -> BookSoFar:
    """The book with those who are present of the entries."""
    present = (
        replace(one, statements=(f"{one.entry.name} walks along the shore",))
        for one in present_entries(entries, book.scene, book.choices)
    )
    return replace(book, present=tuple(present))


def book(
    chapters: int, *, plan: str = "The way home.", choices: Choices | None = None
) -> BookSoFar:
    """A chapter with so many chapters before it, and everything else in plenty."""
    whole = BookSoFar(
        language=Language.ENGLISH,
        number=chapters + 1,
        plan=plan,
        blueprint=BLUEPRINT,
        guide=WritingGuide("An old sailor.", ("It rained. " * 30,), ("Nobody flies.",)),
        notes=tuple(note(number) for number in range(1, chapters + 1)),
        following=(note(chapters + 2), note(chapters + 3), note(chapters + 4)),
        summaries=(StorySummary(SummaryLevel.BOOK, 1, chapters, "Mara went and came. " * 20, ""),)
        if chapters
        else (),
        previous_number=chapters,
        previous_text="The end came. " * 400 if chapters else "",
        seeds=tuple(seed(number) for number in range(1, chapters + 1)),
        passages=tuple(passage(number) for number in range(1, min(chapters, 12))),
        choices=choices or {},
    )
    return with_present(whole, *(entry(number) for number in range(1, chapters + 1)))


def build(book: BookSoFar, budget: int = 4000) -> ContextReport:
    return build_context(book, budget, estimate_tokens)


def of_kind(report: ContextReport, kind: ItemKind) -> list[ContextItem]:
    return [item for item in report.items if item.kind is kind]


def labels(report: ContextReport, kind: ItemKind) -> list[str]:
    return [item.label for item in of_kind(report, kind)]


# The budget


@settings(max_examples=60, deadline=None)
@given(chapters=st.integers(0, 120), budget=st.integers(-5, 9000))
def test_the_context_fits_its_budget(chapters: int, budget: int) -> None:
    report = build(book(chapters), budget)

    assert estimate_tokens(report.as_text()) <= max(budget, 0)
    assert report.tokens <= report.budget


@settings(max_examples=40, deadline=None)
@given(chapters=st.integers(0, 60), budget=st.integers(0, 6000), data=st.data())
def test_every_piece_is_either_told_or_left_out_for_a_reason(
    chapters: int, budget: int, data: st.DataObject
) -> None:
    plenty = build(book(chapters), 100_000)
    pieces = [(item.kind, item.key) for item in (*plenty.items, *plenty.left_out)]
    # Who is pinned takes nobody's place, so that there would be one piece more.
    chosen = [piece for piece in pieces if piece[0] is not ItemKind.CODEX]
    choices = data.draw(st.dictionaries(st.sampled_from(chosen), st.sampled_from(ContextChoice)))

    report = build(book(chapters, choices=choices), budget)

    told = [(item.kind, item.key) for item in report.items]
    left = {(item.kind, item.key): item.left_out for item in report.left_out}
    assert sorted([*told, *left]) == sorted(pieces)
    assert all(left.values())
    for piece, choice in choices.items():
        assert (left.get(piece) is LeftOut.EXCLUDED) == (choice is ContextChoice.EXCLUDED)
    assert estimate_tokens(report.as_text()) <= budget


@pytest.mark.parametrize("budget", [1000, 4000, 8000, 32_000])
def test_the_context_of_a_late_chapter_is_no_larger(budget: int) -> None:
    early, late = (estimate_tokens(build(book(n), budget).as_text()) for n in (49, 499))

    assert early * 0.9 <= late <= early * 1.1


def test_in_a_large_budget_everything_has_its_place_and_its_order() -> None:
    report = build(book(30), 32_000)

    assert [kind for kind, _items in report.sections()] == list(ItemKind)[:3] + list(ItemKind)[4:]
    numbers = [item.first for item in of_kind(report, ItemKind.CHAPTER_SUMMARY)]
    assert numbers == list(range(1, 31))
    assert report.as_text().rstrip().endswith("The end came.")


def test_in_a_small_budget_the_nearest_chapters_stay_without_a_gap() -> None:
    report = build(book(200), 1500)

    numbers = [item.first for item in of_kind(report, ItemKind.CHAPTER_SUMMARY)]
    assert numbers
    assert numbers == list(range(numbers[0], 201))


def test_what_is_shortened_is_given_back_when_there_is_room() -> None:
    small, large = build(book(30), 1200), build(book(30), 32_000)

    (short,) = of_kind(small, ItemKind.PREVIOUS_END)
    (whole,) = of_kind(large, ItemKind.PREVIOUS_END)
    assert (short.is_shortened, whole.is_shortened) == (True, False)
    assert whole.text.endswith(short.text)


# The pieces


def test_the_blueprint_and_the_guide_are_told() -> None:
    text = build(book(3)).as_text(ItemKind.BLUEPRINT, ItemKind.GUIDE)

    for words in ("Genre: mystery", "Tone: dark", "No magic.", "An old sailor.", "- Nobody flies."):
        assert words in text
    assert "## How it is told" in text
    assert "Title 3" not in text


def test_whoever_is_named_in_the_plan_comes_first_then_who_was_there() -> None:
    told = book(60, plan="“Person-003” returns with the Miller and Al.")
    told = replace(told, previous_text="Night fell. Person-007 lit the lamp.")
    told = with_present(
        told,
        *(entry(number) for number in range(1, 60)),
        entry(90, "The Mill", EntryKind.LOCATION, aliases=("Miller",)),
        entry(91, "Also", EntryKind.LOCATION),
        entry(92, "Elsewhere", EntryKind.LOCATION),
    )

    items = of_kind(build(told), ItemKind.CODEX)

    assert [item.label for item in items][:4] == [
        "The Mill",
        "Person-003",
        "Person-007",
        "Person-059",
    ]
    assert [item.reason for item in items][:4] == [
        Reason(ReasonKind.NAMED_IN_PLAN, "Miller"),
        Reason(ReasonKind.NAMED_IN_PLAN, "Person-003"),
        Reason(ReasonKind.NAMED_BEFORE, "Person-007"),
        Reason(ReasonKind.SEEN_LATELY, number=59),
    ]
    assert not {"Also", "Elsewhere"} & {item.label for item in items}


def test_a_chinese_name_is_found_in_a_plan_and_one_character_is_no_name() -> None:
    told = replace(book(3, plan="关公提青龙刀入山。"), language=Language.CHINESE)
    told = with_present(
        told,
        entry(1, "关羽", aliases=("关公",)),
        entry(2, "青龙刀", EntryKind.ITEM),
        entry(3, "山神", EntryKind.LOCATION, aliases=("山",)),
    )

    assert labels(build(told), ItemKind.CODEX) == ["青龙刀", "关羽"]


def test_what_the_blueprint_says_of_somebody_stands_with_what_the_codex_knows() -> None:
    told = book(3, plan="Jonas meets the Guild.")
    jonas, guild = of_kind(build(told), ItemKind.CODEX)[:2]
    assert (jonas.key, jonas.text) == ("cast:Jonas", "- Jonas: the smith; personality: silent")
    assert guild.text == "- The Guild: They rule the harbour"

    known = with_present(told, entry(8, "Jonas Reed", aliases=("Jonas",)))
    guild, together = of_kind(build(known), ItemKind.CODEX)
    assert together.text == (
        "- Jonas Reed: the smith; personality: silent; Jonas Reed walks along the shore"
    )


def test_what_two_who_meet_are_to_each_other_is_told() -> None:
    told = build(book(3, plan="Jonas waits for Ida.")).as_text(ItemKind.CODEX)
    assert "- Jonas → Ida: brother and sister" in told

    assert "brother" not in build(book(3, plan="Jonas waits.")).as_text()


def test_seeds_the_overdue_first_then_those_with_a_date() -> None:
    told = replace(
        book(30),
        seeds=(seed(28), seed(2), seed(27, due=40), seed(26, due=12), seed(25, due=33)),
    )

    items = of_kind(build(told), ItemKind.SEED)

    assert [(item.first, item.reason) for item in items] == [
        (0, Reason(ReasonKind.OVERDUE, number=26)),
        (0, Reason(ReasonKind.OVERDUE, number=2)),
        (0, Reason(ReasonKind.DUE, number=33)),
        (0, Reason(ReasonKind.DUE, number=40)),
        (0, Reason(ReasonKind.OPEN, number=28)),
    ]
    assert items[0].text.endswith(" (overdue: bring it up or pay it off)")
    assert items[2].text.endswith(" (to be paid off by chapter 33)")


def test_the_end_of_the_previous_chapter_is_not_told_twice() -> None:
    text = "A dark sea. " * 300
    found = FoundPassage(5, 5, "", len(text) - 500, len(text), text[-500:], -1.0)
    early = replace(found, start=0, end=500)
    told = replace(
        book(5),
        previous_text=text,
        passages=(RelatedPassage(found, "sea"), RelatedPassage(early, "sea")),
    )

    (item,) = of_kind(build(told), ItemKind.PASSAGE)

    assert (item.key, item.reason) == ("5:0", Reason(ReasonKind.MATCHES, "sea"))


def test_without_a_summary_a_chapter_is_told_by_its_plan() -> None:
    told = replace(
        book(2), summaries=(), notes=(note(1, summary=False), note(2, summary=False, outline=""))
    )

    assert [item.text for item in of_kind(build(told), ItemKind.CHAPTER_SUMMARY)] == [
        "1. Title 1: planned: She walks on."
    ]


def test_only_two_plans_after_the_chapter_are_told() -> None:
    assert [item.first for item in of_kind(build(book(5)), ItemKind.NEXT_PLAN)] == [7, 8]


def test_a_chapter_in_the_middle_is_not_told_what_comes_later() -> None:
    summaries = (
        StorySummary(SummaryLevel.BOOK, 1, 90, "The whole.", ""),
        StorySummary(SummaryLevel.VOLUME, 1, 20, "First volume.", ""),
        StorySummary(SummaryLevel.PART, 21, 30, "First part of the second.", ""),
        StorySummary(SummaryLevel.VOLUME, 21, 40, "Second volume.", ""),
        StorySummary(SummaryLevel.PART, 31, 40, "Second part of the second.", ""),
    )
    told = replace(book(34), summaries=summaries, part_first=21)

    report = build(told)

    assert [i.text for i in of_kind(report, ItemKind.BOOK_SUMMARY)] == [
        "Chapters 1 to 20: First volume."
    ]
    assert [i.text for i in of_kind(report, ItemKind.VOLUME_SUMMARY)] == [
        "Chapters 21 to 30: First part of the second."
    ]


def test_a_chinese_book_is_told_in_chinese() -> None:
    text = build(replace(book(30), language=Language.CHINESE)).as_text()

    assert "## 全书前情\n第 1 至 30 章：" in text
    assert "## 上一章的结尾" in text
    assert "Chapters" not in text


# The author's choices


def test_what_the_author_pins_is_told_even_where_there_is_little_room() -> None:
    piece = (ItemKind.CHAPTER_SUMMARY, "155")
    before = build(book(160), 1200)
    assert piece in {(item.kind, item.key) for item in before.left_out}

    after = build(book(160, choices={piece: ContextChoice.PINNED}), 1200)

    pinned = next(item for item in after.items if (item.kind, item.key) == piece)
    assert pinned.choice is ContextChoice.PINNED


def test_somebody_who_was_pinned_is_present_though_not_seen_for_long() -> None:
    chosen: Choices = {(ItemKind.CODEX, "1"): ContextChoice.PINNED}

    assert "Person-001" not in labels(build(book(100)), ItemKind.CODEX)
    assert "Person-001" in labels(build(book(100, choices=chosen)), ItemKind.CODEX)


def test_what_the_author_excludes_makes_room_for_others() -> None:
    excluded: Choices = {(ItemKind.PREVIOUS_END, "end"): ContextChoice.EXCLUDED}
    before, after = build(book(100), 2000), build(book(100, choices=excluded), 2000)

    assert of_kind(after, ItemKind.PREVIOUS_END) == []
    (left,) = [item for item in after.left_out if item.left_out is LeftOut.EXCLUDED]
    assert (left.kind, left.choice) == (ItemKind.PREVIOUS_END, ContextChoice.EXCLUDED)
    assert len(after.items) > len(before.items)
