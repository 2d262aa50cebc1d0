"""Changes between two texts, told so that both can be had back from them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.differences import (
    changed_middle,
    changes,
    is_revision,
    paragraph_anchors,
    text_diff,
    with_changes,
)

WORDS = st.lists(
    st.sampled_from(["Mara", "came", "home", ".", " ", "\n\n", "灯", "塔", "。", "don't", "“"])
).map("".join)


def changed(old: str, new: str) -> list[tuple[str, str]]:
    return [(segment.old, segment.new) for segment in changes(text_diff(old, new))]


@given(WORDS | st.text(), WORDS | st.text())
def test_joined_the_segments_are_the_texts(old: str, new: str) -> None:
    segments = text_diff(old, new)

    assert "".join(segment.old for segment in segments) == old
    assert "".join(segment.new for segment in segments) == new
    for segment in segments:
        assert old[segment.old_start :].startswith(segment.old)
        assert new[segment.new_start :].startswith(segment.new)


@given(WORDS, WORDS)
def test_same_and_changed_take_turns(old: str, new: str) -> None:
    kinds = [segment.is_change for segment in text_diff(old, new)]

    assert all(first != second for first, second in pairwise(kinds))


@given(WORDS, WORDS)
def test_all_changes_make_the_new_text_and_none_the_old(old: str, new: str) -> None:
    segments = text_diff(old, new)

    assert with_changes(segments, range(len(segments))) == new
    assert with_changes(segments, ()) == old


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Mara came home late.", "Mara came home early.", [("late", "early")]),
        ("She didn't go.", "She did go.", [("didn't", "did")]),
        ("灯塔熄灭了，她回家。", "灯塔点亮了，她回家。", [("熄灭", "点亮")]),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", [("", "\n\nThree.")]),
        ("", "All new.", [("", "All new.")]),
        ("The same.", "The same.", []),
    ],
)
def test_a_change_is_told_by_words(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert changed(old, new) == expected


def test_one_of_two_changes_can_be_made() -> None:
    segments = text_diff("The red boat sailed at dawn.", "The blue boat sailed at dusk.")

    assert with_changes(segments, {1}) == "The red boat sailed at dusk."


def test_passages_with_nothing_in_common_are_one_replacement() -> None:
    old = "The lamp burned low while the keeper slept on his narrow bed."
    new = "Rain had washed the road away; nobody would bring the letters."

    assert changed(old, new) == [(old, new)]


def test_a_paragraph_that_was_put_in_is_told_as_such() -> None:
    old = "The lamp burned low.\n\nMara read the letter twice.\n\nThe storm came at noon."
    new = (
        "The lamp burned lower.\n\nNobody spoke.\n\n"
        "Mara read the letter three times.\n\nThe storm came at dusk."
    )

    assert ("", "Nobody spoke.\n\n") in changed(old, new)
    assert ("twice", "three times") in changed(old, new)


def test_a_space_between_two_changed_words_belongs_to_the_change() -> None:
    old, new = "It was a very dark night at sea.", "It was a rather pale night at sea."

    assert changed(old, new) == [("very dark", "rather pale")]


def test_a_long_chinese_chapter_is_compared_quickly() -> None:
    sentences = [f"第{number}盏灯在海风里摇晃，她数着远处的船帆。" for number in range(400)]
    old = "\n\n".join("".join(sentences[at : at + 5]) for at in range(0, 400, 5))
    new = old.replace("船帆", "桅杆")

    began = time.process_time()
    found = changed(old, new)

    assert found == [("船帆", "桅杆")] * 400
    assert time.process_time() - began < 5


@given(st.text("ab\n😀", max_size=12), st.text("ab\n😀", max_size=12))
def test_what_is_the_same_at_both_ends_is_left_alone(old: str, new: str) -> None:
    span, middle = changed_middle(old, new)
    assert old[: span.start] + middle + old[span.end :] == new
    gone = old[span.start : span.end]
    if gone and middle:
        assert gone[0] != middle[0]
        assert gone[-1] != middle[-1]


@given(WORDS | st.text(), WORDS | st.text())
def test_anchors_rise_in_both_texts_and_stand_at_paragraphs(old: str, new: str) -> None:
    anchors = paragraph_anchors(old, new)

    for (one, other), (later_one, later_other) in pairwise(anchors):
        assert one < later_one
        assert other < later_other
    for one, other in anchors:
        assert one == 0 or old[one - 1] == "\n"
        assert other == 0 or new[other - 1] == "\n"


def test_paragraphs_that_say_the_same_are_anchors_of_each_other() -> None:
    old, new = "A lamp.\n\nThe bell rang twice.", "Fog.\n\nA lamp.\n\nRain.\n\nThe bell rang."
    assert paragraph_anchors(old, new)[0] == (0, new.index("A lamp"))
    assert paragraph_anchors(old, new)[-1] == (old.index("The bell"), new.index("The bell"))


def test_a_revision_is_told_from_a_text_of_its_own() -> None:
    assert is_revision(text_diff("She left the lamp.", "She left the old lamp."))
    assert is_revision(text_diff("", ""))
    assert not is_revision(text_diff("She left the lamp.", "Fog came in over the water."))
