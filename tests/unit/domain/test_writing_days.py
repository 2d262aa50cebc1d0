"""Days of writing: in a row, in order, and as a record that saves add to."""

from __future__ import annotations

from datetime import date, timedelta

from arboris_desktop.domain.writing_days import (
    NotTyped,
    WritingDay,
    WritingRecord,
    last_days,
    streak,
)

TODAY = date(2026, 3, 1)


def day(ago: int, own: int = 100, by_model: int = 0) -> WritingDay:
    return WritingDay(TODAY - timedelta(days=ago), own, by_model)


def test_days_in_a_row_end_today_or_yesterday() -> None:
    assert streak([], TODAY) == 0
    assert streak([day(0), day(1), day(2), day(4)], TODAY) == 3
    assert streak([day(1), day(2)], TODAY) == 2, "today is still to come"
    assert streak([day(2), day(3)], TODAY) == 0
    assert streak([day(0), day(1, own=0, by_model=900), day(2)], TODAY) == 1, "a model is not you"
    assert streak([day(0, own=-20), day(1)], TODAY) == 1


def test_the_last_days_have_those_without_a_word_too() -> None:
    found = last_days([day(1, 5), day(40, 9)], TODAY, 3)
    assert [each.own_words for each in found] == [0, 5, 0]
    assert [each.day for each in found] == [TODAY - timedelta(days=ago) for ago in (2, 1, 0)]


def test_a_record_grows_by_what_is_saved() -> None:
    record = WritingRecord((day(2, 10),)).with_words(TODAY, 7, 3).with_words(TODAY, -2, 0)
    assert record.on(TODAY) == WritingDay(TODAY, 5, 3)
    assert [each.day for each in record.days] == [TODAY - timedelta(days=2), TODAY]
    assert (record.own_words, record.model_words) == (15, 3)
    assert record.on(TODAY - timedelta(days=1)).own_words == 0


def test_what_is_not_typed_is_added_and_taken_back() -> None:
    assert NotTyped(3, 1) + -NotTyped(3, 1) == NotTyped()
