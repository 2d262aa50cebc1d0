"""Allowed ranges of the queue's settings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import QueueSettings, WritingSettings

RANGES = {
    "poll_seconds": (5, 10, 30),
    "max_concurrent": (1, 3, 10),
    "task_timeout_seconds": (300, 600, 900),
}


def queue_settings(name: str, value: int) -> QueueSettings:
    return QueueSettings(**{name: value})  # type: ignore[arg-type]  # names from RANGES are counts


@pytest.mark.parametrize(("name", "limits"), RANGES.items())
def test_defaults(name: str, limits: tuple[int, int, int]) -> None:
    assert getattr(QueueSettings(), name) == limits[1]


@pytest.mark.parametrize(("name", "limits"), RANGES.items())
@given(value=st.integers(-1000, 10_000))
def test_values_are_taken_within_their_range_only(
    name: str, limits: tuple[int, int, int], value: int
) -> None:
    if limits[0] <= value <= limits[2]:
        assert getattr(queue_settings(name, value), name) == value
    else:
        with pytest.raises(RuleError, match=f"{name} must be from {limits[0]} to {limits[2]}"):
            queue_settings(name, value)


@pytest.mark.parametrize(("name", "limits"), RANGES.items())
def test_both_ends_of_a_range_are_allowed(name: str, limits: tuple[int, int, int]) -> None:
    assert getattr(queue_settings(name, limits[0]), name) == limits[0]
    assert getattr(queue_settings(name, limits[2]), name) == limits[2]
    for outside in (limits[0] - 1, limits[2] + 1):
        with pytest.raises(RuleError):
            queue_settings(name, outside)


def test_a_chapter_is_as_long_as_readers_of_its_language_expect() -> None:
    assert WritingSettings().words_in(Language.ENGLISH) == 1200
    assert 2000 <= WritingSettings().words_in(Language.CHINESE) <= 3000
    assert WritingSettings(target_words=1200).words_in(Language.CHINESE) == 1200


@pytest.mark.parametrize(("chosen", "near", "far"), [(0, 1, 2), (1, 1, 1), (2, 2, 2), (5, 5, 5)])
def test_one_version_is_written_where_calls_go_one_at_a_time(
    chosen: int, near: int, far: int
) -> None:
    settings = WritingSettings(candidates=chosen)
    assert settings.versions(one_at_a_time=True) == near
    assert settings.versions(one_at_a_time=False) == far
