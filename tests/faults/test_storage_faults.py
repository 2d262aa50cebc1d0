"""Disks that are full, files that are damaged, locked or gone: what is said, and what is left."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from arboris_desktop.cli import main
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.services import build_services
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents, Novels
from tests.faults.small_disk import fill, small_disk
from tests.support.sqlite_of import sqlite_of

pytestmark = pytest.mark.faults

LONG = " ".join(["The tide went out and did not come back."] * 5000)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    with small_disk(tmp_path / "small") as folder:
        yield folder


def begin(database: Database) -> tuple[Editing, int]:
    novels = Novels(database)
    chapter = novels.ensure_chapter(novels.create(NewNovel(title="Tides")), 1)
    return Editing(database), chapter.id


def stored(editing: Editing, chapter_id: int) -> str | None:
    version = editing.open(chapter_id).version
    return None if version is None else version.content


def test_a_full_disk_loses_nothing_and_is_left_behind_when_there_is_room(disk: Path) -> None:
    paths = DataPaths(disk)
    database = Database(paths)
    editing, chapter_id = begin(database)
    first = editing.save(chapter_id, "Before.", None)
    ballast = fill(disk)

    with pytest.raises(StorageError) as caught:
        editing.save(chapter_id, LONG, first)
    with pytest.raises(StorageError) as no_backup:
        Backups(paths).make()

    assert caught.value.kind is ErrorKind.DISK_FULL
    assert no_backup.value.kind is ErrorKind.DISK_FULL
    assert list(paths.backups.glob("*")) == []
    assert stored(editing, chapter_id) == "Before."
    ballast.unlink()
    editing.save(chapter_id, LONG, first)
    assert stored(editing, chapter_id) == LONG
    database.close()


def test_a_database_that_may_not_grow_is_a_full_disk(database: Database) -> None:
    editing, chapter_id = begin(database)
    first = editing.save(chapter_id, "Before.", None)
    with closing(sqlite3.connect(database.paths.database)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    database.close()
    event.listen(sqlite_of(database)._writer, "connect", limit)
    with pytest.raises(StorageError) as caught:
        editing.save(chapter_id, LONG, first)

    assert caught.value.kind is ErrorKind.DISK_FULL
    event.remove(sqlite_of(database)._writer, "connect", limit)
    database.close()
    editing.save(chapter_id, LONG, first)
    assert stored(editing, chapter_id) == LONG


def test_a_read_only_disk_is_told_and_can_be_mended(disk: Path) -> None:
    database = Database(DataPaths(disk))
    editing, chapter_id = begin(database)
    database.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        with pytest.raises(StorageError) as caught:
            editing.save(chapter_id, "Text.", None)
    finally:
        database.close()
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)

    assert caught.value.kind is ErrorKind.DATABASE_READ_ONLY
    editing.save(chapter_id, "Text.", None)
    assert stored(editing, chapter_id) == "Text."
    database.close()


def test_a_lock_longer_than_our_patience_is_told_and_a_retry_succeeds(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    database = Database(paths)
    editing, chapter_id = begin(database)
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(paths.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(StorageError) as caught:
            editing.save(chapter_id, "Text.", None)
        holder.communicate()

    assert caught.value.kind is ErrorKind.DATABASE_LOCKED
    assert caught.value.retryable
    editing.save(chapter_id, "Text.", None)
    assert stored(editing, chapter_id) == "Text."
    database.close()


def overwrite_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    noise = random.Random(7)
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 2048] = noise.randbytes(2048)
    path.write_bytes(content)


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def replace(path: Path) -> None:
    path.write_bytes(b"a letter to my aunt " * 500)


DAMAGES: list[Callable[[Path], None]] = [overwrite_pages, halve, empty, replace]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_found_and_the_newest_backup_restored(
    database: Database,
    novel: NovelContents,
    damage: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = database.paths
    monkeypatch.setenv("ARBORIS_HOME", str(paths.home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    backups = Backups(paths)
    backups.make()
    database.close()
    damage(paths.database)
    damaged = paths.database.read_bytes()

    assert main(["doctor", "--list-backups", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["novels"], listed["damage"]) == (1, None)
    assert main(["doctor"]) == 1
    assert "doctor --restore newest" in capsys.readouterr().out
    damaged = paths.database.read_bytes()
    assert main(["doctor", "--restore", "newest"]) == 0

    assert [p.read_bytes() for p in paths.home.glob("arboris.db.damaged-*Z")] == [damaged]
    restored = Database(paths)
    assert Novels(restored).open(novel.project.id).project.title == novel.project.title
    restored.close()
    backups.refuse_damaged()


def test_a_restore_keeps_what_was_there_with_what_its_wal_held(
    database: Database, novel: NovelContents
) -> None:
    backups = Backups(database.paths)
    old = backups.make()
    later = Novels(database).create(NewNovel(title="Later"))
    database.close()

    kept = backups.restore(old)

    assert kept is not None
    restored = Database(database.paths)
    assert [n.title for n in Novels(restored).all()] == [novel.project.title]
    restored.close()
    backups.restore(kept)
    again = Database(database.paths)
    assert Novels(again).open(later).project.title == "Later"
    again.close()


def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    database: Database, novel: NovelContents
) -> None:
    backups = Backups(database.paths)
    made = backups.make()
    overwrite_pages(made)
    database.close()
    before = database.paths.database.read_bytes()

    with pytest.raises(StorageError) as caught:
        backups.restore(made)

    assert caught.value.kind is ErrorKind.BACKUP_DAMAGED
    assert backups.newest_good() is None
    assert database.paths.database.read_bytes() == before


def test_a_running_instance_forbids_restoring(database: Database) -> None:
    backups = Backups(database.paths)
    made = backups.make()
    database.close()
    other = Instance(database.paths.instances)

    with pytest.raises(StorageError, match="running") as caught:
        backups.restore(made)

    assert caught.value.kind is ErrorKind.DATABASE_LOCKED
    other.close()
    assert backups.restore(made) is not None


def test_a_start_while_restoring_is_refused(database: Database) -> None:
    from filelock import FileLock

    database.close()
    with (
        FileLock(database.paths.restore_lock),
        pytest.raises(StorageError, match="being restored"),
    ):
        build_services({"ARBORIS_HOME": str(database.paths.home)})
    build_services({"ARBORIS_HOME": str(database.paths.home)}).close()


def test_a_vanished_wal_leaves_a_sound_older_state(paths: DataPaths, tmp_path: Path) -> None:
    database = Database(paths)
    editing, chapter_id = begin(database)
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    editing.save(chapter_id, "Only in the WAL.", None)
    found = DataPaths(tmp_path / "found")
    found.create()
    found.database.write_bytes(paths.database.read_bytes())
    database.close()

    survivor = Database(found)

    assert stored(Editing(survivor), chapter_id) is None
    Backups(found).refuse_damaged()
    survivor.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, ErrorKind.DISK_FULL),
        (sqlite3.SQLITE_IOERR_SHMSIZE, ErrorKind.DISK_FULL),
        (sqlite3.SQLITE_IOERR_SHMMAP, ErrorKind.DISK_UNSUITABLE),
        (sqlite3.SQLITE_IOERR_READ, ErrorKind.DISK_ERROR),
        (sqlite3.SQLITE_IOERR_FSYNC, ErrorKind.DISK_ERROR),
    ],
)
def test_a_failing_disk_is_not_called_full(code: int, kind: ErrorKind) -> None:
    from arboris_desktop.storage.engine.errors import storage_errors

    error = sqlite3.OperationalError("fault")
    error.sqlite_errorcode = code
    with pytest.raises(StorageError) as caught, storage_errors():
        raise error
    assert caught.value.kind is kind


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_a_limit_on_the_size_of_files_is_told_as_one(tmp_path: Path) -> None:
    """A real one, in a process of its own: SQLite says only that the write failed."""
    program = (
        "import resource, signal, sqlite3, sys\n"
        "from arboris_desktop.domain.errors import StorageError\n"
        "from arboris_desktop.storage.engine.errors import storage_errors\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('create table texts (text)')\n"
        "try:\n"
        "    with storage_errors(), connection:\n"
        "        connection.execute('insert into texts values (?)', ['x' * 1_000_000])\n"
        "except StorageError as error:\n"
        "    print(error.kind.value)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "arboris.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ErrorKind.FILE_SIZE_LIMIT.value
