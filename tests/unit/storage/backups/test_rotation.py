"""Backups are due in time, the right ones are kept, and one can be looked into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arboris_desktop.domain.backups import Backup, BackupReason, is_due, superseded
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import NovelContents

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def backup(made_at: datetime) -> Backup:
    return Backup(Path(f"{made_at:%d%H}.db"), made_at, BackupReason.AUTOMATIC, 1)


@pytest.mark.parametrize(
    ("newest", "changed", "due"),
    [
        (None, None, False),
        (None, NOW, True),
        (NOW - HOUR, NOW, False),
        (NOW - DAY, NOW, True),
        (NOW - DAY, NOW - 2 * DAY, False),
    ],
)
def test_a_backup_is_due_daily_if_something_changed(
    newest: datetime | None, changed: datetime | None, due: bool
) -> None:
    assert is_due(newest, changed, NOW) is due


def test_the_newest_the_days_and_the_weeks_are_kept() -> None:
    hourly = [backup(NOW - hours * HOUR) for hours in range(8)]
    daily = [backup(NOW - days * DAY) for days in range(1, 40)]

    dropped = superseded([*daily, *hourly])

    kept = {b.made_at for b in [*hourly, *daily] if b not in dropped}
    wanted = {NOW - hours * HOUR for hours in range(5)} | {NOW - d * DAY for d in range(1, 7)}
    # 2026-11-24 is a Tuesday: the newest of the weeks before are Sundays.
    wanted |= {NOW - days * DAY for days in (2, 9, 16)}
    assert kept == wanted


def test_backups_by_hand_and_by_the_clock_do_not_displace_each_other() -> None:
    automatic = [backup(NOW - days * DAY) for days in range(7)]
    by_hand = [
        Backup(Path(f"{minutes}"), NOW + timedelta(minutes=minutes), BackupReason.BY_HAND, 1)
        for minutes in range(12)
    ]
    assert superseded([*automatic, *by_hand]) == [by_hand[1], by_hand[0]]


def test_a_day_of_changes_makes_one_backup_and_old_ones_go(
    database: Database, novel: NovelContents
) -> None:
    moment = datetime.now(UTC)
    backups = Backups(database.paths, lambda: moment)
    assert backups.make_if_due() is not None
    assert backups.make_if_due() is None, "it has just been made"
    for _ in range(20):
        moment += HOUR
        backups.make()

    kept = backups.list()

    assert kept[0].made_at == moment.replace(microsecond=0)
    assert 5 <= len(kept) <= 7, "five, and the newest of the day and week before"
    contents = backups.examine(kept[0])
    assert contents.is_good
    assert (contents.novels, contents.chapters) == (1, 0)
    assert [path for path in database.paths.backups.iterdir() if path.suffix != ".db"] == []


def test_a_clock_that_was_set_back_makes_one_backup_a_day(
    database: Database, novel: NovelContents
) -> None:
    moment = datetime.now(UTC) + 400 * DAY
    backups = Backups(database.paths, lambda: moment)
    assert backups.make_if_due() is not None
    moment -= 399 * DAY

    made = []
    for _ in range(30):
        made.append(backups.make_if_due() is not None)
        moment += HOUR
        database.paths.database.touch()

    assert made[0]
    assert sum(made) == 1


def test_two_backups_in_one_second_are_two(database: Database) -> None:
    backups = Backups(database.paths, lambda: NOW)

    assert backups.make() != backups.make()
    assert [b.reason for b in backups.list()] == [BackupReason.AUTOMATIC] * 2


def test_a_damaged_database_makes_no_backup_and_displaces_none(database: Database) -> None:
    moment = NOW
    backups = Backups(database.paths, lambda: moment)
    for _ in range(5):
        backups.make()
    before = backups.list()
    database.close()
    content = bytearray(database.paths.database.read_bytes())
    content[8192:40960] = bytes(range(256)) * 128
    database.paths.database.write_bytes(content)

    with pytest.raises(StorageError) as caught:
        backups.make()

    assert caught.value.kind is ErrorKind.DATABASE_CORRUPT
    assert backups.list() == before
    with pytest.raises(StorageError):
        backups.refuse_damaged()


def test_a_folder_that_cannot_be_made_is_told(database: Database) -> None:
    database.paths.backups.write_text("a file in the way")

    with pytest.raises(StorageError) as caught:
        Backups(database.paths).make()

    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE
