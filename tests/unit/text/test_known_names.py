from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.known_names import KnownNames

NAMES = KnownNames({"Nell": 1, "Nell Tangye": 1, "Denzil": 2, "陶七": 3, "陶七娘": 4, "É": 5})


def found(text: str, names: KnownNames = NAMES) -> list[tuple[str, int]]:
    return [(text[e.span.start : e.span.end], e.number) for e in names.found_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nell Tangye saw Denzil.", [("Nell Tangye", 1), ("Denzil", 2)]),
        ("Nell’s book", [("Nell", 1)]),
        ("Nellie and nell and Nells", []),
        ("陶七娘看见陶七。", [("陶七娘", 4), ("陶七", 3)]),
        ("他喊“Denzil”，没人应。", [("Denzil", 2)]),
        ("É alone is too short", []),
        ("", []),
    ],
)
def test_names_are_found_as_they_are_written(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(text) == expected


names = st.dictionaries(st.text("ab 陶七é", max_size=4), st.integers(), max_size=5)


@given(st.text("ab 陶七é.", max_size=40), names)
def test_what_is_found_stands_there_in_order(text: str, known: dict[str, int]) -> None:
    places = list(KnownNames(known).found_in(text))
    for one, other in pairwise(places):
        assert one.span.end <= other.span.start
    for each in places:
        assert known[text[each.span.start : each.span.end]] == each.number


@given(names)
def test_each_name_alone_is_found_if_it_is_long_enough(known: dict[str, int]) -> None:
    for name, number in known.items():
        expected = [(name, number)] if len(name) > 1 else []
        assert found(name, KnownNames(known)) == expected
        assert bool(KnownNames(known)) is any(len(each) > 1 for each in known)
