"""A file that is exchanged under the program is noticed before anything is called stored."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.storage.backups.backup import back_up, check_integrity
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import database_file
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.novels import Novels
from tests.support.sqlite_of import sqlite_of
from tests.unit.storage.engine.test_migrations import NOW

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows protects files that are open")

pytestmark = on_posix


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_file, "AGAIN_SECONDS", 0.01)


@pytest.fixture
def older(database: Database, paths: DataPaths) -> Path:
    """A copy of the library from before its last novel, as an author or a tool makes one."""
    Novels(database).create(NewNovel("Then"))
    copy = back_up(paths.database, paths.backups, reason="older", now=NOW)
    sqlite_of(database)._generation_at = 0.0  # a second passes
    Novels(database).create(NewNovel("Now"))
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    database.refuse_exchanged()  # as is asked each second
    return copy


def delete(paths: DataPaths, _older: Path) -> None:
    paths.database.unlink()


def rename(paths: DataPaths, _older: Path) -> None:
    paths.database.rename(paths.home / "mine.db")


def replace(paths: DataPaths, older: Path) -> None:
    os.replace(older, paths.database)


def restore_copy(paths: DataPaths, _older: Path) -> None:
    """Even a copy of what is there now is another file, which is not written to."""
    copy = back_up(paths.database, paths.home, reason="copy", now=NOW)
    os.replace(copy, paths.database)


def empty(paths: DataPaths, _older: Path) -> None:
    paths.database.write_bytes(b"")


def put_foreign(paths: DataPaths, _older: Path) -> None:
    paths.database.unlink()
    make_foreign(paths.database)


def rename_folder(paths: DataPaths, _older: Path) -> None:
    paths.home.rename(paths.home.with_name("elsewhere"))


def replace_folder(paths: DataPaths, _older: Path) -> None:
    shutil.copytree(paths.home, paths.home.with_name("copy"))
    rename_folder(paths, _older)
    paths.home.with_name("copy").rename(paths.home)


def delete_folder(paths: DataPaths, _older: Path) -> None:
    shutil.rmtree(paths.home)


def take_log(paths: DataPaths, _older: Path) -> None:
    (paths.home / "arboris.db-wal").unlink()


def overwrite(paths: DataPaths, older: Path) -> None:
    shutil.copyfile(older, paths.database)


EXCHANGES = [
    delete,
    rename,
    replace,
    restore_copy,
    empty,
    put_foreign,
    rename_folder,
    replace_folder,
    delete_folder,
    take_log,
    overwrite,
]
each_exchange = pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda each: each.__name__)

Exchange = Callable[[DataPaths, Path], None]


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


@each_exchange
def test_nothing_is_stored_into_a_file_that_is_not_there(
    database: Database, paths: DataPaths, older: Path, exchange: Exchange
) -> None:
    exchange(paths, older)

    for attempt in (
        database.refuse_exchanged,
        database.changed_elsewhere,
        lambda: Novels(database).create(NewNovel("Lost")),
    ):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.kind is ErrorKind.DATABASE_EXCHANGED
        assert not caught.value.retryable


@each_exchange
def test_it_is_noticed_too_while_a_transaction_is_under_way(
    database: Database, paths: DataPaths, older: Path, exchange: Exchange
) -> None:
    def write() -> None:
        with database.write() as transaction:
            transaction.settings.set(WritingSettings(target_words=7))
            exchange(paths, older)

    with pytest.raises(StorageError) as caught:
        write()
    assert caught.value.kind is ErrorKind.DATABASE_EXCHANGED


@pytest.mark.parametrize("exchange", [replace, restore_copy, put_foreign, replace_folder])
def test_the_file_that_came_is_left_as_it_is(
    database: Database, paths: DataPaths, older: Path, exchange: Exchange
) -> None:
    """Above all, it does not meet the log of the one before it."""
    exchange(paths, older)
    came = paths.database.read_bytes()
    with pytest.raises(StorageError):
        database.refuse_exchanged()
    database.close()

    assert paths.database.read_bytes() == came
    if exchange is not put_foreign:
        assert check_integrity(paths.database) == []
        titles = [novel.title for novel in Novels(Database(paths)).all()]
        assert titles == (["Then"] if exchange is replace else ["Now", "Then"])


def test_a_file_that_comes_back_is_written_again(
    database: Database, paths: DataPaths, older: Path
) -> None:
    rename_folder(paths, older)
    with pytest.raises(StorageError):
        database.refuse_exchanged()
    paths.home.with_name("elsewhere").rename(paths.home)

    Novels(database).create(NewNovel("Later"))

    assert {novel.title for novel in Novels(database).all()} == {"Then", "Now", "Later"}


def test_a_moment_without_the_file_is_not_believed(
    database: Database, paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = paths.home / "away.db"
    paths.database.rename(away)
    monkeypatch.setattr("time.sleep", lambda _seconds: away.rename(paths.database))

    Novels(database).create(NewNovel("Now"))
    assert [novel.title for novel in Novels(database).all()] == ["Now"]


def test_a_network_folder_may_renumber_its_files(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = database_file._look

    def renumbered(path: str | Path) -> database_file.FilePlace:
        device, inode = look(path)
        return device, inode + 7

    monkeypatch.setattr(database_file, "_look", renumbered)
    Novels(database).create(NewNovel("Now"))
    database.refuse_exchanged()

    monkeypatch.undo()
    Novels(database).create(NewNovel("Later"))
    assert {novel.title for novel in Novels(database).all()} == {"Now", "Later"}


def test_a_network_folder_that_does_not_answer_is_no_exchange(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> database_file.FilePlace:
        raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(database_file, "_look", fails)
    with pytest.raises(StorageError) as caught:
        Novels(database).create(NewNovel("Now"))
    assert caught.value.kind is ErrorKind.DISK_ERROR
    assert caught.value.retryable
    monkeypatch.undo()
    Novels(database).create(NewNovel("Now"))


def test_a_neighbour_that_opens_writes_and_closes_is_no_exchange(
    database: Database, paths: DataPaths
) -> None:
    for number in range(3):
        neighbour = Database(paths)
        Novels(neighbour).create(NewNovel(f"Theirs {number}"))
        neighbour.close()
        Novels(database).create(NewNovel(f"Ours {number}"))
        database.refuse_exchanged()
    assert len(Novels(database).all()) == 6


# --- at a start ---


@pytest.fixture
def taken(paths: DataPaths) -> Iterator[DataPaths]:
    """A data folder in which nothing may be changed."""
    yield paths
    names = {path.name for path in paths.home.iterdir()}
    assert names == {"arboris.db"}


def test_an_emptied_file_is_damage_and_stays_as_it_is(taken: DataPaths) -> None:
    taken.database.write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        Database(taken)
    assert caught.value.kind is ErrorKind.DATABASE_CORRUPT
    assert taken.database.read_bytes() == b""


def test_the_database_of_another_program_is_damage_and_stays_as_it_is(taken: DataPaths) -> None:
    make_foreign(taken.database)
    before = taken.database.read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(taken)
    assert caught.value.kind is ErrorKind.DATABASE_CORRUPT
    assert taken.database.read_bytes() == before


def test_a_new_library_does_not_meet_the_log_of_a_lost_one(
    database: Database, paths: DataPaths
) -> None:
    Novels(database).create(NewNovel("Now"))
    log = (paths.home / "arboris.db-wal").read_bytes()
    database.close()
    paths.database.unlink()
    (paths.home / "arboris.db-wal").write_bytes(log)

    new = Database(paths)

    assert Novels(new).all() == []
    assert [path.read_bytes() for path in paths.home.glob("arboris.db.lost-*-wal")] == [log]
    new.close()
    assert check_integrity(paths.database) == []
