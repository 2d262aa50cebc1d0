"""Promises of the database: durable commits, no half-done writes, and errors in words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, StorageError
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import sqlite as engine_module
from arboris_desktop.storage.engine.errors import storage_errors
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.sqlite import create_database_engine
from arboris_desktop.writing.novels import NovelContents
from tests.support.sqlite_of import sqlite_of


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for another writer only briefly."""
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.05)


@pytest.fixture
def writer_elsewhere(database: Database) -> Iterator[None]:
    """Another process that is in the midst of a write."""
    with closing(sqlite3.connect(database.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.every_database
def test_one_that_is_closed_twice_can_be_opened_again(paths: DataPaths) -> None:
    database = Database(paths)
    database.close()
    database.close()

    with closing(Database(paths)) as opened, opened.read() as transaction:
        assert list(transaction.projects.all()) == []


def test_pragmas_are_in_force(database: Database) -> None:
    engine = create_database_engine(database.paths.database)
    with engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_write_that_fails_leaves_no_trace(database: Database) -> None:
    def write_half() -> None:
        with database.write() as transaction:
            transaction.projects.add(NewNovel("Half a book"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()

    with database.read() as transaction:
        assert transaction.projects.all() == []


def test_a_signal_amid_a_statement_undoes_the_transaction_and_hinders_nobody(
    database: Database,
) -> None:
    """Remains of it can be cleared away, while the interrupted code is still held."""

    def interrupted(cursor: sqlite3.Cursor, statement: str, values: Any, _context: object) -> None:
        cursor.execute(statement, values)
        raise KeyboardInterrupt

    def write_half() -> None:
        with database.write() as transaction:
            transaction.projects.add(NewNovel("Half a book"))
            event.listen(writer, "do_execute", interrupted)
            transaction.projects.all()

    writer = sqlite_of(database)._writer
    with pytest.raises(KeyboardInterrupt) as caught:
        write_half()
    event.remove(writer, "do_execute", interrupted)

    with database.write() as transaction:
        transaction.projects.add(NewNovel("A whole book"))
    with database.read() as transaction:
        assert [each.title for each in transaction.projects.all()] == ["A whole book"]
    del caught


def test_what_is_written_in_a_read_is_not_kept(database: Database) -> None:
    with database.read() as transaction:
        transaction.projects.add(NewNovel("Not kept"))

    with database.read() as transaction:
        assert transaction.projects.all() == []


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.read() as reader:
        assert reader.projects.all() == []
        with database.write() as writer:
            writer.projects.add(NewNovel("Meanwhile"))
        assert reader.projects.all() == []

    with database.read() as reader:
        assert [project.title for project in reader.projects.all()] == ["Meanwhile"]


def test_books_survive_closing(paths: DataPaths) -> None:
    database = Database(paths)
    with database.write() as transaction:
        project_id = transaction.projects.add(NewNovel("书", language=Language.CHINESE))
    database.close()

    again = Database(paths)
    with again.read() as transaction:
        project = transaction.projects.get(project_id)
    again.close()

    assert (project.title, project.language) == ("书", Language.CHINESE)
    assert project.created_at.tzinfo is not None


def test_removing_a_novel_removes_all_that_belongs_to_it(
    database: Database, novel: NovelContents
) -> None:
    with database.write() as transaction:
        transaction.drafts.save(novel.chapters[0].id, "Draft.", "host/model", "me")
        transaction.projects.remove(novel.project.id)

    with database.read() as transaction:
        assert transaction.drafts.all() == []
        assert transaction.chapters.of_project(novel.project.id) == []
        with pytest.raises(NotFoundError):
            transaction.projects.get(novel.project.id)


@pytest.mark.usefixtures("impatient", "writer_elsewhere")
def test_a_database_locked_by_another_is_reported_as_that(paths: DataPaths) -> None:
    with pytest.raises(StorageError) as caught:
        _write_to(Database(paths))

    assert caught.value.kind is ErrorKind.DATABASE_LOCKED
    assert caught.value.retryable


def _write_to(database: Database) -> None:
    try:
        with database.write() as transaction:
            transaction.projects.add(NewNovel("Never"))
    finally:
        database.close()


def run_sql(path: Path, *statements: str) -> None:
    engine = create_database_engine(path)
    try:
        with storage_errors(), engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        pytest.param(
            ["PRAGMA query_only = ON", "DELETE FROM novel_projects"],
            ErrorKind.DATABASE_READ_ONLY,
            id="read-only",
        ),
        pytest.param(
            [
                "PRAGMA max_page_count = 1",
                "CREATE TABLE big AS SELECT zeroblob(1000000) AS content",
            ],
            ErrorKind.DISK_FULL,
            id="full",
        ),
    ],
)
def test_faults_of_the_environment_are_reported_by_kind(
    database: Database, statements: list[str], kind: ErrorKind
) -> None:
    with pytest.raises(StorageError) as caught:
        run_sql(database.paths.database, *statements)

    assert caught.value.kind is kind


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anyway")
def test_a_folder_without_write_permission_is_reported_as_that(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)

    with pytest.raises(StorageError) as caught:
        Database(DataPaths(home))

    assert caught.value.kind is ErrorKind.DATABASE_READ_ONLY


def test_a_folder_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Database(DataPaths(tmp_path / "nowhere"))

    assert caught.value.kind is ErrorKind.DATABASE_READ_ONLY


def test_a_file_that_is_no_database_is_reported_and_left_alone(paths: DataPaths) -> None:
    content = b"This is a shopping list, not a database. " * 100
    paths.database.write_bytes(content)

    with pytest.raises(StorageError) as caught:
        Database(paths)

    assert caught.value.kind is ErrorKind.DATABASE_CORRUPT
    assert paths.database.read_bytes() == content


def test_defects_of_ours_are_not_disguised_as_faults_of_the_disk(database: Database) -> None:
    with pytest.raises(OperationalError, match="no such column"):
        run_sql(database.paths.database, "SELECT nonsense FROM novel_projects")


def test_only_what_others_write_counts_as_a_change(database: Database) -> None:
    elsewhere = Database(database.paths)
    assert not database.changed_elsewhere()
    with database.write() as transaction:
        transaction.settings.set(QueueSettings(poll_seconds=20))
    assert not database.changed_elsewhere()

    with elsewhere.write() as transaction:
        transaction.settings.set(QueueSettings(poll_seconds=30))

    assert database.changed_elsewhere()
    assert not database.changed_elsewhere()
    elsewhere.close()


def test_who_waits_is_told_of_every_change_after_it(database: Database) -> None:
    """A queue that is paused reads that it is, and then waits to be told that it goes on."""
    elsewhere = Database(database.paths)
    watching = threading.Thread(target=lambda: database.changed_elsewhere(wait=True))
    with database.write() as transaction:
        transaction.settings.set(QueueSettings(poll_seconds=20))
        watching.start()
    watching.join()

    with elsewhere.write() as other:
        other.settings.set(QueueSettings(poll_seconds=30))

    assert database.changed_elsewhere()
    elsewhere.close()


def test_what_belongs_to_a_removed_novel_is_told_as_not_found(paths: DataPaths) -> None:
    database = Database(paths)
    try:
        with pytest.raises(NotFoundError) as told, database.write() as transaction:
            transaction.kept_answers.put(AnswerKey("gone", AnswerKind.VOLUMES), {})
    finally:
        database.close()
    assert told.value.kind is ErrorKind.NOT_FOUND
    assert "removed meanwhile" in told.value.message


def test_with_the_database_all_tables_are_known_that_refer_to_each_other() -> None:
    """Whoever joins or deletes may be the first to use a table that no repository has read yet."""
    script = (
        "import arboris_desktop.storage.database\n"
        "from arboris_desktop.storage.tables.columns import metadata\n"
        "print(*sorted(k.column.table.name for t in metadata.tables.values()"
        " for k in t.foreign_keys))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "novel_projects" in done.stdout.split()
