"""Finding in a chapter: what counts as the same, whole words, patterns, and bounds."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.finding import (
    PatternError,
    PatternTooSlowError,
    Wanted,
    find_all,
    replacement,
)


def found(text: str, words: str, **options: bool) -> list[str]:
    places = find_all(text, Wanted(words, **options))
    return [text[place.span.start : place.span.end] for place in places]


def test_case_width_of_characters_and_quotation_marks_do_not_count() -> None:
    assert found("Lantern, LANTERN, lantern", "lantern") == ["Lantern", "LANTERN", "lantern"]
    assert found("龍門客棧，龙门客栈", "龙门客栈") == ["龍門客棧", "龙门客栈"]
    assert found("龍門客棧，龙门客栈", "龍門") == ["龍門", "龙门"]
    assert found("She said “don’t”.", 'said "don\'t"') == ["said “don’t”"]


def test_exactly_means_to_the_letter() -> None:
    assert found("Lantern, lantern", "lantern", exact=True) == ["lantern"]
    assert found("龍門，龙门", "龙门", exact=True) == ["龙门"]
    assert found("don’t", "don't", exact=True) == []


def test_a_whole_word_is_no_part_of_another() -> None:
    assert found("Will will goodwill, willing.", "will", whole_word=True) == ["Will", "will"]
    assert found("林风说，Will来了", "林风", whole_word=True) == ["林风"]
    assert found("林风说，Will来了", "Will", whole_word=True) == ["Will"]
    assert found("1984 and 19845", "1984", whole_word=True) == ["1984"]
    assert found("a (b) c", "(b)", whole_word=True) == ["(b)"]


def test_words_are_no_pattern() -> None:
    assert found("a.c abc a*c [x] \\d", "a.c") == ["a.c"]
    assert found("a.c abc a*c [x] \\d", "[x] \\d") == ["[x] \\d"]


def test_a_pattern_is_one() -> None:
    assert found("He ran. She runs.\nThey run.", r"r[au]n\w*", is_pattern=True) == [
        "ran", "runs", "run",
    ]  # fmt: skip
    assert found("one\ntwo", "^t", is_pattern=True) == ["t"]
    assert found("abc", "x*", is_pattern=True) == []


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "(?P<a", "a{2", "\\"])
def test_a_pattern_that_is_not_finished_is_told_or_taken_as_it_stands(pattern: str) -> None:
    with contextlib.suppress(PatternError):
        find_all("some (text) [a", Wanted(pattern, is_pattern=True))


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(a|aa)+b", r"(.*)*x(.*)*y(.*)*z", r"(a?){60}a{60}b"]
)
def test_a_pattern_without_end_is_given_up(pattern: str) -> None:
    text = "a" * 50_000 + "!"
    try:
        find_all(text, Wanted(pattern, is_pattern=True))
    except PatternTooSlowError:
        return
    # The engine saw through it; what counts is that it came back.


def test_a_catastrophe_is_told_as_one() -> None:
    with pytest.raises(PatternTooSlowError):
        find_all("a" * 5_000 + "!", Wanted(r"(?:a+|aa|[ab])+(?=c|d)", is_pattern=True))


def test_what_replaces_a_pattern_knows_its_groups_as_they_stand() -> None:
    wanted = Wanted(r"(\w+), (?P<given>\w+)", is_pattern=True)
    (place,) = find_all("龍, 飛", wanted)
    assert replacement(place, "龍, 飛", r"\g<given> \1\n\\ \q", wanted) == "飛 龍\n\\ \\q"
    with pytest.raises(PatternError):
        replacement(place, "龍, 飛", r"\3", wanted)
    with pytest.raises(PatternError):
        replacement(place, "龍, 飛", r"\g<other>", wanted)


def test_what_replaces_words_is_put_as_it_stands() -> None:
    wanted = Wanted("a")
    (place,) = find_all("a", wanted)
    assert replacement(place, "a", r"\1 $1", wanted) == r"\1 $1"


@given(st.text(), st.text(min_size=1), st.booleans(), st.booleans())
def test_places_lie_in_order_and_hold_what_is_looked_for(
    text: str, words: str, exact: bool, whole: bool
) -> None:
    places = find_all(text, Wanted(words, exact=exact, whole_word=whole))
    ends = [0]
    for place in places:
        assert ends[-1] <= place.span.start < place.span.end <= len(text)
        ends.append(place.span.end)
        if exact:
            assert text[place.span.start : place.span.end] == words


@given(st.text(), st.text(min_size=1), st.text())
def test_what_stands_there_is_found(before: str, words: str, after: str) -> None:
    assert find_all(before + words + after, Wanted(words))
