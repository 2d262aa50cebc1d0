"""Labels of chapters, as authors number them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import UNNUMBERED, Language
from arboris_desktop.text.number_labels import (
    form_of,
    forms_of_label,
    label_of,
    labels_in_order,
    number_in,
    own_labels,
)

FORMS = ["第{1}章", "第{一}回", "第{〇}节", "Chapter {1}", "CHAPTER {I}", "Chapter {One}", "{001}"]


@pytest.mark.parametrize(
    ("form", "number", "label"),
    [
        ("第{一}章", 10, "第十章"),
        ("第{一}章", 12, "第十二章"),
        ("第{一}章", 20, "第二十章"),
        ("第{一}章", 103, "第一百零三章"),
        ("第{一}章", 110, "第一百一十章"),
        ("第{一}章", 2001, "第二千零一章"),
        ("第{〇}章", 103, "第一〇三章"),
        ("第{壹}回", 12, "第拾贰回"),
        ("Chapter {One}", 21, "Chapter Twenty-One"),
        ("Chapter {One}", 100, "Chapter One Hundred"),
        ("Chapter {One}", 342, "Chapter Three Hundred and Forty-Two"),
        ("CHAPTER {I}", 44, "CHAPTER XLIV"),
        ("{001}", 7, "007"),
        (UNNUMBERED, 7, ""),
    ],
)
def test_labels_are_written_as_the_form_says(form: str, number: int, label: str) -> None:
    assert label_of(form, number) == label


@given(st.sampled_from(FORMS), st.integers(1, 999))
def test_a_label_gives_its_form_and_number(form: str, number: int) -> None:
    label = label_of(form, number)
    assert number_in(label) == number
    assert any(label_of(found, number) == label for found in forms_of_label(label))


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_book_is_that_of_most_labels(form: str) -> None:
    labels = ["", *(label_of(form, number) for number in range(1, 121)), ""]
    assert form_of(labels, Language.ENGLISH) == form
    assert own_labels(labels, form) == ["", *[None] * 120, ""]


def test_names_count_for_nothing_and_odd_numbers_are_kept() -> None:
    labels = ["", "第一章", "", "第二章", "第四章", "第五章", "第一章", "第二章"]
    kept = own_labels(labels, "第{一}章")
    assert kept == ["", None, "", None, "第四章", None, "第一章", None]
    assert list(labels_in_order(kept, "第{一}章")) == labels


def test_without_labels_the_form_is_that_of_the_language_or_none() -> None:
    assert form_of([], Language.CHINESE) == "第{1}章"
    assert form_of(["", ""], Language.CHINESE) == UNNUMBERED
    assert form_of(["第1章", "第2章"], Language.CHINESE) == "第{1}章"


@given(st.lists(st.one_of(st.just(""), st.integers(1, 200).map(lambda n: label_of("第{1}话", n)))))
def test_every_label_comes_back(labels: list[str]) -> None:
    form = form_of(labels, Language.CHINESE)
    assert list(labels_in_order(own_labels(labels, form), form)) == labels
