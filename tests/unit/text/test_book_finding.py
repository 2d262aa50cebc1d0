"""The search in a book finds what the search in a chapter finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.book_finding import SearchedText, excerpt
from arboris_desktop.text.finding import Wanted, find_all
from arboris_desktop.text.quotations import Span

LETTERS = "aAbé1 \n龍龙门'’“”\"😀.İ"
TEXTS = st.text(LETTERS, max_size=40)


@given(TEXTS, st.text(LETTERS, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_places_are_those_of_the_search_in_a_chapter(
    text: str, words: str, exact: bool, whole: bool
) -> None:
    wanted = Wanted(words, exact=exact, whole_word=whole)
    assert SearchedText(text).places(wanted) == [each.span for each in find_all(text, wanted)]


def test_beginnings_parts_and_both_kinds_of_characters_are_found() -> None:
    def found(text: str, words: str) -> list[str]:
        return [text[s.start : s.end] for s in SearchedText(text).places(Wanted(words))]

    assert found("我的iPhone15和iphone", "iPhone") == ["iPhone", "iphone"]
    assert found("龍門客棧，龙门", "龙門") == ["龍門", "龙门"]
    assert found("He said “don’t”", "\"don't") == ["“don’t"]
    assert found("", "a") == []


@given(st.text("ab \n龙，", max_size=200), st.integers(0, 200), st.integers(1, 5))
def test_an_excerpt_shows_the_place_on_one_line(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    words, place = excerpt(text, span)
    assert "\n" not in words
    assert words[place.start : place.end] == " ".join(text[span.start : span.end].split())
