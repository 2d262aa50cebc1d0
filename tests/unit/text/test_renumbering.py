"""Numbers of chapters that are carried over into another form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.number_labels import label_of, labels_in_order, number_in
from arboris_desktop.text.renumbering import is_named, renumbered

FORMS = [
    *("第{1}章", "第{一}章", "第{一}回", "第{〇}节", "第{１}话", "Chapter {1}", "CHAPTER {I}"),
    *("Chapter {One}", "{1}", "{001}", "{I}", "卷中第{一}夜"),
]
form = st.sampled_from(FORMS)
number = st.integers(1, 999)
NAMED = ["", "番外 壹", "Interlude 2", "第一卷", "Letter 3"]


@st.composite
def books(draw: st.DrawFn) -> tuple[str, list[str | None]]:
    """A form, and stored labels: counted ones, jumps in that form, and names."""
    its = draw(form)
    jump = number.map(lambda value: label_of(its, value))
    return its, draw(st.lists(st.none() | jump | st.sampled_from(NAMED), max_size=12))


@given(books(), form)
def test_numbers_go_over_and_names_stay(book: tuple[str, list[str | None]], after: str) -> None:
    before, own = book
    shown = list(labels_in_order(own, before))
    now = list(labels_in_order(renumbered(own, before, after), after))
    for old, new, stored in zip(shown, now, own, strict=True):
        if stored in NAMED:
            assert new == old
        else:
            counted = number_in(old)
            assert counted is not None
            assert new == label_of(after, counted)


@given(books(), form)
def test_the_form_before_brings_the_same_numbers_back(
    book: tuple[str, list[str | None]], after: str
) -> None:
    before, own = book
    there = renumbered(own, before, after)
    back = renumbered(there, after, before)
    assert list(labels_in_order(back, before)) == list(labels_in_order(own, before))


@given(books())
def test_the_same_form_changes_no_number(book: tuple[str, list[str | None]]) -> None:
    before, own = book
    kept = renumbered(own, before, before)
    assert list(labels_in_order(kept, before)) == list(labels_in_order(own, before))


@pytest.mark.parametrize(
    ("label", "before", "after", "expected"),
    [
        ("第5回", "第{一}回", "第{1}章", "第5章"),
        ("第五节", "第{一}回", "第{1}章", "第5章"),
        ("Chapter Nine", "Chapter {1}", "{I}", "IX"),
        ("第12.5章", "第{1}章", "第{一}回", "第12.5回"),
        ("Chapter 1-2", "Chapter {1}", "第{1}章", "第1.2章"),
        ("Letter 8", "Letter {1}", "Chapter {1}", "Chapter 8"),
        ("Letter 8", "Chapter {1}", "第{一}章", "Letter 8"),
        ("007", "第{1}章", "Chapter {1}", "Chapter 7"),
        ("终", "第{1}章", "Chapter {1}", "终"),
    ],
)
def test_a_label_that_jumps(label: str, before: str, after: str, expected: str) -> None:
    assert renumbered([label], before, after) == [expected]


@pytest.mark.parametrize(
    "title", ["楔子", "序章", "番外", "番外 老周", "尾声", "Epilogue", "Prologue"]
)
def test_names_of_chapters(title: str) -> None:
    assert is_named(title)


@pytest.mark.parametrize("title", ["", "起风", "第三章", "The Sea", "* * *"])
def test_titles_that_name_no_special_chapter(title: str) -> None:
    assert not is_named(title)
