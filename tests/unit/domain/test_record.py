"""A record is what the library's frozen class with slots is, to whoever uses it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import (
    FrozenInstanceError,
    asdict,
    astuple,
    dataclass,
    field,
    fields,
    is_dataclass,
    replace,
)
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.record import record

_WAYS: dict[str, Callable[[], Any]] = {
    "bare": field,
    "with a default": lambda: field(default=7),
    "with a list": lambda: field(default_factory=lambda: [1]),
    "by name only": lambda: field(kw_only=True),
    "by name, with a default": lambda: field(default=None, kw_only=True),
    "not compared": lambda: field(default=1, compare=False),
    "compared, not hashed": lambda: field(default=2, hash=False),
    "not shown": lambda: field(default=3, repr=False),
    "not given": lambda: field(default=4, init=False),
    "made, not given": lambda: field(default_factory=list, init=False),
}
_HAS_DEFAULT = ("default", "list")


@st.composite
def _layouts(draw: st.DrawFn) -> list[str]:
    """The ways of some fields; by position, one without a default comes before those with one."""
    drawn = draw(st.lists(st.sampled_from(sorted(_WAYS)), max_size=6))
    return sorted(drawn, key=lambda way: way != "bare")


def _both(layout: list[str]) -> tuple[Any, Any]:
    """The same class made by the library, and as a record."""

    def plain() -> type:
        names = [f"each_{place}" for place in range(len(layout))]
        body: dict[str, Any] = {
            "__doc__": "A value.",
            "__module__": __name__,
            "__annotations__": dict.fromkeys(names, "object"),
        }
        for name, way in zip(names, layout, strict=True):
            if way != "bare":
                body[name] = _WAYS[way]()
        return type("Value", (), body)

    return dataclass(frozen=True, slots=True)(plain()), record(plain())


def _outcome(make: Callable[[], object]) -> object:
    """Tells what comes of it: a value as it is shown, or an error."""
    try:
        return repr(make())
    except (TypeError, FrozenInstanceError) as error:
        return type(error), str(error)


_arguments = st.lists(st.integers(0, 3), max_size=5)
_named = st.dictionaries(
    st.sampled_from([*(f"each_{place}" for place in range(6)), "other"]), st.integers(0, 3)
)


@given(_layouts(), _arguments, _named)
def test_a_record_is_made_and_shown_as_the_library_does(
    layout: list[str], given: list[int], named: dict[str, int]
) -> None:
    known, ours = _both(layout)
    for _first_and_again in range(2):
        assert _outcome(lambda: ours(*given, **named)) == _outcome(lambda: known(*given, **named))
    assert [each.name for each in fields(ours)] == [each.name for each in fields(known)]
    assert ours.__match_args__ == known.__match_args__
    assert ours.__slots__ == known.__slots__


@given(_layouts(), st.data())
def test_records_are_equal_and_hashed_as_those_of_the_library(
    layout: list[str], data: st.DataObject
) -> None:
    known, ours = _both(layout)
    taken = [each.name for each in fields(known) if each.init]
    wanted = st.fixed_dictionaries({name: st.integers(0, 1) for name in taken})
    one, other = data.draw(wanted), data.draw(wanted)
    assert (ours(**one) == ours(**other)) == (known(**one) == known(**other))
    assert ours(**one) != known(**one), "another class is another value"
    assert _outcome(lambda: hash(ours(**one))) == _outcome(lambda: hash(known(**one)))


def _set(name: str, value: object) -> None:
    setattr(value, name, 1)


def _delete(name: str, value: object) -> None:
    delattr(value, name)


@given(_layouts())
def test_a_record_stays_what_it_is(layout: list[str]) -> None:
    known, ours = _both(layout)
    taken = {each.name: 5 for each in fields(known) if each.init}
    value: Any = ours(**taken)
    twin: Any = known(**taken)
    for each in fields(ours):
        for change in (partial(_set, each.name), partial(_delete, each.name)):
            assert _outcome(partial(change, value)) == _outcome(partial(change, twin))
    for name in [*(each.name for each in fields(ours)), "other"]:
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 1)
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)
    assert not hasattr(value, "__dict__")
    assert is_dataclass(ours)
    assert asdict(value) == asdict(twin)
    assert astuple(value) == astuple(twin)
    assert replace(value) == value
    assert copy.deepcopy(value) == value


@record
class Point:
    """A place."""

    x: int
    y: int = 0

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError(self.x)


@record
class Named(Point):
    """A place with a name; one of its own is as good as another."""

    name: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"<{self.name}>"


def test_a_record_may_build_on_another() -> None:
    assert Named(1, 2, "here") == Named(1, 2, "there")
    assert Named(1, 2) != Point(1, 2)
    assert repr(Named(1, name="here")) == "<here>", "what the class says itself holds"
    assert pickle.loads(pickle.dumps(Named(1, 2, "here"))).name == "here"
    with pytest.raises(ValueError, match="-1"):
        Named(-1)


def test_a_record_without_words_of_its_own_has_its_name() -> None:
    class Bare:
        x: int

    assert record(Bare).__doc__ == "Bare"
