"""Contradictions in the book: found in its order, told once, and gone with what supports them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.codex.codex import Codex
from arboris_desktop.codex.contradictions import contradictions
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.contradictions import AlertKind, AlertStatus, Contradiction
from arboris_desktop.writing.editing import Editing
from tests.support.analysis_book import Book, Finding
from tests.support.analysis_facts import fact_in

DEATH = "Ida was dead before noon."
SPEECH = "“I never left,” said Ida."
GREY, BROWN = "Her eyes were grey.", "Ida's brown eyes shone."
DIES = Finding("Ida", DEATH, "She dies.", "life", "dead")
SPEAKS = Finding("Ida", SPEECH, "She tells Wren that she stayed.")
IS_GREY = Finding("Ida", GREY, "Her eyes are grey.", "eye_colour", "grey")
IS_BROWN = Finding("Ida", BROWN, "Her eyes are brown.", "eye_colour", "brown")


def alerts(book: Book, *, open_only: bool = True) -> list[Contradiction]:
    return Codex(book.database).alerts(book.project_id, open_only=open_only)


def quotations(book: Book) -> list[tuple[str, str]]:
    found = alerts(book)
    return [(a.earlier.quotation, a.fact.quotation) for a in found if a.earlier and a.fact]


def values_that_contradict(*told: tuple[int, str, str, str]) -> list[tuple[int, str]]:
    """The chapters and values of the alerts for facts of chapters, attributes, values, passages."""
    facts = tuple(
        fact_in(chapter, number, attribute=attribute, value=value, quotation=passage)
        for number, (chapter, attribute, value, passage) in enumerate(told, start=1)
    )
    entry = CodexEntry(1, "p", EntryKind.CHARACTER, "Ida", facts=facts)
    by_id = {fact.id: fact for fact in facts}
    found = (by_id[one.fact_id] for one in contradictions(entry) if one.fact_id)
    return [(fact.chapter_number, fact.value) for fact in found]


def test_a_dead_character_who_speaks_is_listed_with_both_passages(book: Book) -> None:
    book.chapter(1, DEATH, DIES)
    book.chapter(2, SPEECH, SPEAKS)

    (alert,) = alerts(book)
    assert (alert.kind, alert.entry_name) == (AlertKind.DEAD_CHARACTER_ACTS, "Ida")
    assert quotations(book) == [(DEATH, SPEECH)]
    assert alert.chapter_number == 2


def test_the_order_of_the_book_counts_not_that_of_the_analyses(book: Book) -> None:
    book.chapter_id(1)
    book.chapter(2, SPEECH, SPEAKS)
    book.chapter(3, BROWN, IS_BROWN)
    assert alerts(book) == []

    book.chapter(1, f"{DEATH} {GREY}", DIES, IS_GREY)

    assert quotations(book) == [(DEATH, SPEECH), (GREY, BROWN)]


def test_who_dies_later_may_speak_before(book: Book) -> None:
    book.chapter(1, SPEECH, SPEAKS)
    book.chapter(2, DEATH, DIES)

    assert alerts(book) == []


@pytest.mark.parametrize(
    ("passage", "value"),
    [
        ("Wren remembered how Ida had laughed.", "laughs"),
        ("Ida's ghost stood at the ford.", "stands"),
        ("They buried Ida above the flood line.", "is buried"),
        ("渡生想起她说过的话。", "说过"),
        ("她的魂魄立在水面上。", "立"),
    ],
)
def test_memories_ghosts_and_burials_are_no_acts(passage: str, value: str) -> None:
    assert values_that_contradict((1, "life", "死", "Ida fell."), (2, "", value, passage)) == []


def test_to_be_alive_again_is_told_once() -> None:
    told = values_that_contradict(
        (1, "life", "dead", "Ida fell."),
        (2, "life", "alive", "Ida stood at the door."),
        (3, "", "walks", "Ida walked home."),
    )
    assert told == [(2, "alive")]


def test_the_dead_who_act_are_told_once_for_each_chapter() -> None:
    acts = [(chapter, "", f"act {n}", "Ida ran.") for chapter in (2, 3) for n in (1, 2)]
    told = values_that_contradict((1, "life", "已死", "Ida fell."), *acts)
    assert told == [(2, "act 1"), (3, "act 1")]


@pytest.mark.parametrize(
    ("attribute", "earlier", "later", "passage", "is_told"),
    [
        ("eye_colour", "grey", "brown", "Her brown eyes shone.", True),
        ("eye_colour", "gray", "Grey", "Her grey eyes shone.", False),
        ("eye_colour", "灰色", "grey", "Her grey eyes shone.", False),
        ("eye_colour", "黑", "碧绿", "她一双碧绿的眼睛。", True),
        ("eye_colour", "grey", "dark", "Her dark eyes shone.", False),
        ("hair_colour", "black", "red", "Her red hair fell loose.", True),
        ("hair_colour", "black", "red", "She had dyed her hair red.", False),
        ("hair_colour", "black", "grey", "Her grey hair fell loose.", False),
        ("hair_colour", "黑", "红", "她把头发染红了。", False),
        ("age", "34", "thirty-two", "She was thirty-two.", True),
        ("age", "三十四", "三十岁", "她三十岁。", True),
        ("age", "34", "90", "She was ninety.", False),
        ("age", "34", "about thirty", "She was about thirty.", False),
        ("location", "Varr", "Saltwick", "She was still in Saltwick.", True),
        ("location", "归墟", "青石渡", "她仍在青石渡。", True),
        ("location", "Varr", "Saltwick", "She came to Saltwick.", False),
        ("location", "the mill", "the mill at Varr", "She was still at the mill.", False),
    ],
)
def test_what_contradicts(
    attribute: str, earlier: str, later: str, passage: str, is_told: bool
) -> None:
    told = values_that_contradict(
        (1, attribute, earlier, "It was so."), (4, attribute, later, passage)
    )
    assert told == ([(4, later)] if is_told else [])


def test_every_departure_from_what_was_first_said_is_told() -> None:
    told = values_that_contradict(
        *((n, "eye_colour", c, "x") for n, c in enumerate(["grey", "brown", "grey", "blue"]))
    )
    assert told == [(1, "brown"), (3, "blue")]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 90)), max_size=8))
def test_whoever_only_grows_older_is_no_contradiction(ages: list[tuple[int, int]]) -> None:
    chapters = sorted(chapter for chapter, _ in ages)
    years = sorted(age for _, age in ages)
    pairs = zip(chapters, years, strict=True)
    assert values_that_contradict(*((c, "age", str(y), "x") for c, y in pairs)) == []


def test_a_second_analysis_doubles_nothing(book: Book) -> None:
    book.chapter(1, GREY, IS_GREY)
    book.chapter(2, BROWN, IS_BROWN)
    (before,) = alerts(book)
    book.again(2, IS_BROWN)
    book.again(1, IS_GREY)

    assert [alert.id for alert in alerts(book)] == [before.id]


@pytest.mark.parametrize("status", [AlertStatus.DISMISSED, AlertStatus.RESOLVED])
def test_what_the_author_has_closed_does_not_come_back(book: Book, status: AlertStatus) -> None:
    book.chapter(1, GREY, IS_GREY)
    book.chapter(2, BROWN, IS_BROWN)
    (alert,) = alerts(book)
    codex = Codex(book.database)
    close = codex.dismiss_alert if status is AlertStatus.DISMISSED else codex.resolve_alert
    close(alert.id)

    book.again(2)
    book.again(2, IS_BROWN)
    book.chapter(3, BROWN, IS_BROWN)

    assert alerts(book) == []
    assert [one.status for one in alerts(book, open_only=False)] == [status]


def test_a_rejected_fact_takes_its_alert_along_until_it_is_undone(book: Book) -> None:
    book.chapter(1, GREY, IS_GREY)
    book.chapter(2, BROWN, IS_BROWN)
    (alert,) = alerts(book)
    assert alert.fact is not None
    codex = Codex(book.database)

    codex.reject(alert.fact.id)
    assert alerts(book, open_only=False) == []
    codex.undo(codex.journal(book.project_id)[0].id)
    assert quotations(book) == [(GREY, BROWN)]


def test_a_fact_in_the_authors_words_is_not_compared_by_the_old_value(book: Book) -> None:
    book.chapter(1, GREY, IS_GREY)
    book.chapter(2, BROWN, IS_BROWN)
    (alert,) = alerts(book)
    assert alert.fact is not None

    Codex(book.database).edit(alert.fact.id, "Her eyes only look brown by candlelight.")

    assert alerts(book) == []


def test_an_alert_is_gone_while_its_passage_is(book: Book) -> None:
    book.chapter(1, GREY, IS_GREY)
    book.chapter(2, BROWN, IS_BROWN)
    editing, chapter_id = Editing(book.database), book.chapter_id(2)

    editing.save(chapter_id, "Ida's eyes shone.", editing.open(chapter_id).version)
    assert alerts(book) == []
    editing.save(chapter_id, BROWN, editing.open(chapter_id).version)
    assert quotations(book) == [(GREY, BROWN)]


def test_two_who_turn_out_to_be_one_may_contradict_each_other(book: Book) -> None:
    book.chapter(1, GREY, IS_GREY)
    brown = Finding("Miss M", BROWN, "Her eyes are brown.", "eye_colour", "brown")
    book.chapter(2, BROWN, brown)
    assert alerts(book) == []

    Codex(book.database).merge_entries(book.entry("Ida").id, book.entry("Miss M").id)

    assert quotations(book) == [(GREY, BROWN)]


@given(st.permutations(range(4)))
def test_signatures_do_not_depend_on_the_numbers_of_the_facts(order: list[int]) -> None:
    told = [(1, "grey"), (2, "brown"), (3, "grey"), (4, "blue")]
    signatures = []
    for ids in (range(4), order):
        facts = tuple(
            fact_in(chapter, ids[n] + 1, attribute="eye_colour", value=value, quotation="x")
            for n, (chapter, value) in enumerate(told)
        )
        entry = CodexEntry(1, "p", EntryKind.CHARACTER, "Ida", facts=facts)
        signatures.append([one.signature for one in contradictions(entry)])
    assert signatures[0] == signatures[1]
    assert len(set(signatures[0])) == 2
