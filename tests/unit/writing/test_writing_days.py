"""Words of a day: exact over autosaves and restarts, the author's own apart from a model's."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.writing_days import NotTyped, WritingDay, WritingTargets
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.writing_days import WritingDays

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Hands:
    """An author at work on a chapter, at a time that the test decides on."""

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self.now = NOON
        self.database = self._open()
        volume = OutlineVolume("One", (OutlineChapter("A", "plan"),))
        self.novel = Novels(self.database).create(NewNovel("Bells", volumes=(volume,)))
        self.chapter = Novels(self.database).open(self.novel).chapters[0].id

    def _open(self) -> Database:
        return Database(self._paths, clock=lambda: self.now)

    def restart(self) -> None:
        self.database.close()
        self.database = self._open()

    def save(self, text: str, not_typed: NotTyped | None = None) -> None:
        editing = Editing(self.database)
        version = editing.open(self.chapter).version
        editing.store(self.chapter, text, version, not_typed or NotTyped())

    def days(self) -> tuple[WritingDay, ...]:
        return WritingDays(self.database).of_novel(self.novel).days


@pytest.fixture
def hands(paths: DataPaths) -> Iterator[Hands]:
    made = Hands(paths)
    yield made
    made.database.close()


def test_however_often_it_is_saved_the_words_are_counted_once(hands: Hands) -> None:
    text = ""
    for word in ("She", "counted", "the", "bells"):
        text = f"{text} {word}".strip()
        hands.save(text)
        hands.save(text)
    hands.restart()
    hands.save("She counted bells again and again")
    assert [each.own_words for each in hands.days()] == [6]
    hands.save("She counted")
    assert [each.own_words for each in hands.days()] == [2], "what is deleted is taken off"


def test_what_a_model_wrote_is_told_apart(hands: Hands) -> None:
    store_chapter(hands.database, hands.chapter, "one two three four five", provider="p")
    hands.save("one two three four five six")
    hands.save("one two three four five six seven eight", NotTyped(by_model=2))
    hands.save("brought back words of old times here", NotTyped(brought_back=-1))
    (today,) = hands.days()
    assert (today.own_words, today.model_words) == (1, 7)
    store_chapter(hands.database, hands.chapter, "one two", provider="p")
    assert hands.days()[0].model_words == 2, "what it had written is gone"
    assert hands.days()[0].own_words == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of the process cannot be changed")
def test_a_day_ends_at_midnight_where_the_author_is(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        hands.now = datetime(2026, 3, 1, 10, 59, tzinfo=UTC)  # 23:59 there
        hands.save("before midnight")
        hands.now += timedelta(minutes=2)
        hands.save("before midnight and after")
        assert hands.days() == (
            WritingDay(date(2026, 3, 1), 2),
            WritingDay(date(2026, 3, 2), 2),
        )
    finally:
        monkeypatch.undo()
        time.tzset()


def test_targets_are_kept_with_the_novel(hands: Hands) -> None:
    wanted = WritingTargets(2_400, 1_000, 90_000)
    assert WritingDays(hands.database).aim_at(hands.novel, wanted).targets == wanted
    hands.restart()
    assert WritingDays(hands.database).of_novel(hands.novel).targets == wanted
    assert WritingDays(hands.database).of_novel("another").targets == WritingTargets()
