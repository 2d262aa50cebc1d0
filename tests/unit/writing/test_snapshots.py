"""Snapshots of the author's words: one each ten minutes, before changes, by name, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from arboris_desktop.domain.novel import ChapterVersion, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import RetentionSettings
from arboris_desktop.domain.snapshots import SnapshotKind
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.snapshots import Snapshots


class Desk:
    """A chapter that is typed into, and a clock that is set by hand."""

    def __init__(self, paths: DataPaths) -> None:
        self.now = datetime(2026, 8, 3, 14, 0, tzinfo=UTC)
        self.database = Database(paths, clock=lambda: self.now)
        volume = OutlineVolume("", (OutlineChapter(""),))
        novels = Novels(self.database)
        project_id = novels.create(NewNovel("A novel", volumes=(volume,)))
        self.chapter_id = novels.open(project_id).chapters[0].id
        self.snapshots = Snapshots(self.database)
        self.version: ChapterVersion | None = None

    def type(self, text: str, *, after: timedelta = timedelta(seconds=1)) -> None:
        self.now += after
        self.version = Editing(self.database).save(self.chapter_id, text, self.version)

    def kept(self) -> list[str]:
        return [each.content for each in self.snapshots.of_chapter(self.chapter_id)]

    def bound(self, **limits: int) -> None:
        with self.database.write() as transaction:
            transaction.settings.set(RetentionSettings(**limits))


@pytest.fixture
def desk(paths: DataPaths) -> Iterator[Desk]:
    made = Desk(paths)
    yield made
    made.database.close()


def test_the_end_of_a_session_is_kept_when_the_next_begins(desk: Desk) -> None:
    desk.type("One.")
    desk.type("One. Two.")
    assert desk.kept() == []
    desk.type("Gone.", after=timedelta(hours=20))
    assert desk.kept() == ["One. Two."]
    (snapshot,) = desk.snapshots.of_chapter(desk.chapter_id)
    assert (snapshot.kind, snapshot.word_count) == (SnapshotKind.WORK, 2)


def test_there_is_at_most_one_each_ten_minutes(desk: Desk) -> None:
    for number in range(60):
        desk.type(f"Text {number}.", after=timedelta(minutes=1))
    times = [each.created_at for each in desk.snapshots.of_chapter(desk.chapter_id)]
    assert len(times) == 5
    gaps = [newer - older for newer, older in pairwise(times)]
    assert min(gaps) >= timedelta(minutes=10)


def test_a_clock_that_is_set_back_keeps_as_many_as_before(desk: Desk) -> None:
    desk.type("Written under a wrong clock.")
    desk.type("Kept under it.", after=timedelta(minutes=20))
    assert desk.kept() == ["Written under a wrong clock."]
    desk.now -= timedelta(days=400)
    for number in range(21):
        desk.type(f"Text {number}.", after=timedelta(minutes=1))
    assert desk.kept() == ["Text 19.", "Text 9.", "Kept under it.", "Written under a wrong clock."]


def test_the_same_text_is_not_kept_twice_unless_it_gets_a_name(desk: Desk) -> None:
    desk.type("One.")
    assert desk.snapshots.take(desk.chapter_id, SnapshotKind.MODEL) is not None
    assert desk.snapshots.take(desk.chapter_id, SnapshotKind.RESTORE) is None
    named = desk.snapshots.take(desk.chapter_id, SnapshotKind.NAMED, "First draft")
    assert named is not None
    assert named.name == "First draft"
    desk.type("Two.", after=timedelta(hours=1))
    assert desk.kept() == ["One.", "One."]


def test_nothing_is_taken_of_a_chapter_without_words(desk: Desk) -> None:
    assert desk.snapshots.take(desk.chapter_id, SnapshotKind.NAMED, "Nothing") is None
    desk.type(" \n")
    desk.type("One.", after=timedelta(hours=1))
    assert desk.kept() == []


def test_their_number_and_age_are_bounded_and_named_ones_stay(desk: Desk) -> None:
    desk.bound(snapshots=2, snapshot_days=30)
    desk.type("Named.")
    desk.snapshots.take(desk.chapter_id, SnapshotKind.NAMED, "Stays")
    for number in range(5):
        desk.type(f"Text {number}.", after=timedelta(hours=1))
    assert desk.kept() == ["Text 3.", "Text 2.", "Named."]
    desk.type("Much later.", after=timedelta(days=31))
    assert desk.kept() == ["Text 4.", "Named."]
    desk.snapshots.remove(desk.snapshots.of_chapter(desk.chapter_id)[0].id)
    assert desk.kept() == ["Named."]
