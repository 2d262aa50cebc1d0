from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop import __version__
from arboris_desktop.updates.versions import Version

# The example of semver.org, and what authors of versions get wrong.
IN_ORDER = [
    *("0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2"),
    *("1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.2.0", "1.10.0", "2.0.0"),
]

numbers = st.tuples(*[st.integers(0, 10**6)] * 3)
words = st.from_regex(r"\A(0|[1-9][0-9]{0,3}|[a-z-][0-9a-z-]{0,4})\Z")
versions = st.builds(Version, numbers, st.lists(words, max_size=3).map(tuple))


def test_the_order_is_that_of_semver() -> None:
    parsed = [Version.parse(text) for text in IN_ORDER]
    assert all(first < second for first, second in pairwise(parsed))
    assert all(second > first for first, second in pairwise(parsed))


def test_build_metadata_says_nothing() -> None:
    assert Version.parse("1.2.3+linux.7") == Version.parse("1.2.3")


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-", "1.2.3-01", "1.02.3", "1.2.3\n", "１.2.3"],
)
def test_other_texts_are_no_versions(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        Version.parse(text)


@given(versions)
def test_a_version_is_what_it_writes(version: Version) -> None:
    assert Version.parse(str(version)) == version


@given(versions, versions, versions)
def test_versions_are_in_one_order(first: Version, second: Version, third: Version) -> None:
    assert (first < second) + (first == second) + (first > second) == 1
    if first < second < third:
        assert first < third


def test_our_own_version_can_be_compared() -> None:
    assert str(Version.parse(__version__)) == __version__
