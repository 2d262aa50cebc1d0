"""A library on a real PostgreSQL server: what only a server has, and what must be as in a file."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Inspector, create_engine, inspect, select

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths, data_paths
from arboris_desktop.storage.tables.schema import metadata
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels
from tests.support.postgres_server import PostgresServer

LIMIT_SECONDS = 120


@pytest.fixture
def library(server_paths: DataPaths) -> DataPaths:
    """A new library on the server, as one machine knows it."""
    server_paths.create()
    return server_paths


@pytest.fixture
def on_server(library: DataPaths) -> Iterator[Database]:
    """The library, open."""
    with closing(Database(library)) as database:
        yield database


def name_of(paths: DataPaths) -> str:
    assert paths.server is not None
    return paths.server.partition("?")[0].rpartition("/")[2]


def queue_of(database: Database, paths: DataPaths) -> tuple[AnalysisQueue, Instance]:
    instance = database.known_to_others(Instance(paths.instances))
    return AnalysisQueue(database, instance), instance


def written(database: Database, chapters: int) -> list[int]:
    """The tasks of as many chapters of a new novel."""
    novels = Novels(database)
    project = novels.create(NewNovel("A book"))
    numbers = [novels.add_chapter(project, str(n)).id for n in range(chapters)]
    return [store_chapter(database, chapter, "Text.", provider="p")[1] for chapter in numbers]


# --- the schema ---


def test_the_schema_is_that_of_a_file(
    database: Database, postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    assert library.server is not None
    of_file = create_engine(f"sqlite:///{database.paths.database}")
    of_server = create_engine(library.server)
    try:
        assert described(inspect(of_server)) == described(inspect(of_file))
        with of_file.connect() as file, of_server.connect() as server:
            for table in metadata.sorted_tables:
                query = select(table)
                if table.primary_key.columns:
                    query = query.order_by(*table.primary_key.columns)
                assert server.execute(query).all() == file.execute(query).all(), table.name
    finally:
        of_file.dispose()
        of_server.dispose()


def described(tables: Inspector) -> dict[str, Any]:
    return {name: described_table(tables, name) for name in metadata.tables}


def described_table(tables: Inspector, name: str) -> dict[str, Any]:
    def condition(index: Any) -> str:
        """The words of the condition of a partial index; each database writes it in its way."""
        options = index["dialect_options"]
        found = options.get("sqlite_where", options.get("postgresql_where", ""))
        return "partial" if str(found) else "whole"

    return {
        "columns": {each["name"]: each["nullable"] for each in tables.get_columns(name)},
        "key": tables.get_pk_constraint(name)["constrained_columns"],
        "references": {
            (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
            for each in tables.get_foreign_keys(name)
        },
        "unique": {tuple(each["column_names"]) for each in tables.get_unique_constraints(name)},
        "indexes": {
            each["name"]: (each["column_names"], bool(each["unique"]), condition(each))
            for each in tables.get_indexes(name)
            if "duplicates_constraint" not in each
        },
    }


def test_rows_end_with_what_they_belong_to_as_in_a_file(
    database: Database, postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    rules = postgres.run(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, confdeltype"
        " FROM pg_constraint WHERE contype = 'f'",
        name_of(library),
    )
    declared = {
        (table.name, key.column.table.name, {"CASCADE": "c", "SET NULL": "n", None: "a"}[rule])
        for table in metadata.tables.values()
        for key in table.foreign_keys
        for rule in [key.ondelete]
    }
    found = {(str(one), str(other), str(rule)) for one, other, rule in rules}
    assert found - {("passages_fts", "passages", "c")} == declared


def test_a_database_of_a_newer_version_is_refused(
    postgres: PostgresServer, library: DataPaths
) -> None:
    postgres.run("UPDATE alembic_version SET version_num = '9999'", name_of(library))

    with pytest.raises(StorageError) as caught:
        Database(library)

    assert caught.value.kind is ErrorKind.DATABASE_TOO_NEW


def test_a_database_of_something_else_is_left_alone(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    paths = DataPaths(tmp_path, postgres.empty_database())
    postgres.run("CREATE TABLE invoices (id int)", name_of(paths))

    with pytest.raises(StorageError) as caught:
        Database(paths)

    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE
    assert "invoices" in caught.value.message
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert postgres.run(tables, name_of(paths)) == [("invoices",)]


# --- the address ---


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense with a secret", "no address"),
        ("mysql+pymysql://me:secret@host/name", "cannot be used yet"),
        ("sqlite:///secret.db", "only postgresql"),
        ("postgresql+psycopg://me:secret@host", "names no database"),
    ],
)
def test_what_is_no_address_of_a_server_is_told(address: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Database(DataPaths(tmp_path, address))

    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE
    assert words in caught.value.message
    assert "secret" not in caught.value.message


def test_the_address_may_be_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "address"
    kept.write_text("postgresql+psycopg://me:secret@host/name\n", encoding="utf-8")
    environment = {"ARBORIS_HOME": str(tmp_path), "ARBORIS_DATABASE_URL_FILE": str(kept)}

    paths = data_paths(environment)

    assert paths.server == "postgresql+psycopg://me:secret@host/name"
    assert "secret" not in repr(paths)
    kept.unlink()
    with pytest.raises(StorageError) as caught:
        data_paths(environment)
    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE


# --- transactions ---


def test_one_writes_at_a_time_and_others_claim_meanwhile(
    on_server: Database, library: DataPaths
) -> None:
    tasks = written(on_server, 3)
    queue, instance = queue_of(on_server, library)
    with closing(instance), closing(Database(library)) as elsewhere:
        began = threading.Event()
        seen: list[int] = []

        def write_later() -> None:
            began.set()
            while not seen:
                # On a slow machine it may be told that somebody else writes.
                with suppress(StorageError), elsewhere.write() as transaction:
                    seen.append(transaction.queue.counts().cancelled)

        later = threading.Thread(target=write_later)
        with on_server.write() as transaction:
            transaction.queue.cancel(tasks[0])
            later.start()
            assert began.wait(LIMIT_SECONDS)
            claimed = queue.claim(3)
        later.join(LIMIT_SECONDS)

        # The task that the writer had in its hands was passed over, not waited for.
        assert [task.id for task in claimed] == tasks[1:]
        assert seen == [1]


def test_a_failed_block_leaves_no_trace(on_server: Database) -> None:
    tasks = written(on_server, 1)

    def cancel_and_fail() -> None:
        with on_server.write() as transaction:
            transaction.queue.cancel(tasks[0])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cancel_and_fail()

    with on_server.read() as transaction:
        assert transaction.queue.counts().pending == 1


def test_what_others_wrote_is_noticed(on_server: Database, library: DataPaths) -> None:
    told: list[bool] = []
    with closing(Database(library)) as elsewhere:
        forget = on_server.on_change(lambda: told.append(True))
        until(lambda: told, "it listens")
        until(lambda: not on_server.changed_elsewhere(), "all is known")
        told.clear()
        with on_server.write():
            pass  # what this process writes is no news to it
        with elsewhere.write():
            pass
        until(lambda: told, "it is told")
        assert told == [True]
        assert on_server.changed_elsewhere()
        until(lambda: not on_server.changed_elsewhere(), "all is known")
        forget()


def test_news_are_told_again_when_the_server_is_back(
    postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    told: list[bool] = []
    on_server.on_change(lambda: told.append(True))
    until(lambda: told, "it listens")
    postgres.stop()
    try:
        told.clear()
        with pytest.raises(StorageError):
            on_server.changed_elsewhere()
    finally:
        postgres.start()
    until(lambda: told, "it listens again")
    told.clear()
    with closing(Database(library)) as elsewhere, elsewhere.write():
        pass
    until(lambda: told, "it is told")


def until(condition: Callable[[], object], what: str) -> None:
    """Waits until the condition holds."""
    end = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.01)


def test_texts_that_only_a_file_takes_are_kept(on_server: Database) -> None:
    novels = Novels(on_server)
    author = "Longer than the column is declared for. " * 10

    project = novels.create(NewNovel("A book", premise="before\0after"))
    with on_server.write() as transaction:
        transaction.projects.describe(project, title="A book", author=author, numbering="")

    found = novels.open(project).project
    assert (found.author, found.premise) == (author, "before\ufffdafter")


def test_what_belongs_to_something_gone_is_told(on_server: Database) -> None:
    with pytest.raises(NotFoundError), on_server.write() as transaction:
        transaction.drafts.save(123, "Text.", "p", "owner")


# --- processes ---


def test_who_lives_is_known_on_all_machines(library: DataPaths, tmp_path: Path) -> None:
    other_machine = replace(library, home=tmp_path / "other")
    other_machine.create()
    with closing(Database(library)) as here, closing(Database(other_machine)) as there:
        (mine, one), (theirs, other) = queue_of(here, library), queue_of(there, other_machine)
        with closing(one):
            with closing(other), theirs.worked_here(), other.claim("run-7") as is_free:
                assert is_free
                assert one.live_owners() == sorted([one.owner, other.owner])
                assert one.is_live(other.owner)
                assert mine.processors() == 1
                with one.claim("run-7") as is_free_here:
                    assert not is_free_here
            assert one.live_owners() == [one.owner]
            assert mine.processors() == 0
            with one.claim("run-7") as is_free:
                assert is_free


def test_tasks_of_a_machine_that_is_gone_are_taken_up(
    library: DataPaths, on_server: Database
) -> None:
    written(on_server, 1)
    queue, instance = queue_of(on_server, library)
    gone, dead = queue_of(on_server, library)
    with closing(instance):
        assert gone.claim_next() is not None
        assert queue.recover_abandoned() == 0
        dead.close()
        assert queue.recover_abandoned() == 1
        assert queue.claim_next() is not None


_WORKER = """
import sys
from contextlib import closing
from pathlib import Path
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.queue import AnalysisQueue
paths = DataPaths(Path(sys.argv[1]), sys.argv[2])
paths.create()
with closing(Database(paths)) as database:
    with closing(database.known_to_others(Instance(paths.instances))) as instance:
        queue = AnalysisQueue(database, instance)
        while tasks := queue.claim(3):
            for task in tasks:
                with database.write() as transaction:
                    if transaction.queue.complete(
                        task, result={}, spent=Spent(), duration_seconds=1
                    ):
                        transaction.durations.count(1)
                        print(task.id)
"""


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_four_processes_do_a_thousand_tasks_once_each(
    library: DataPaths, on_server: Database, tmp_path: Path
) -> None:
    assert library.server is not None
    tasks = written(on_server, 1000)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(tmp_path / f"machine{n}"), library.server],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    done = [int(word) for worker in workers for word in worker.communicate()[0].split()]

    assert [worker.returncode for worker in workers] == [0] * 4
    assert sorted(done) == sorted(tasks)
    with on_server.read() as transaction:
        assert transaction.queue.counts().completed == 1000
        assert sum(bucket.number for bucket in transaction.durations.buckets()) == 1000


# --- the server goes away ---


def test_a_server_that_went_away_is_told_and_used_again(
    postgres: PostgresServer, library: DataPaths, on_server: Database
) -> None:
    queue, instance = queue_of(on_server, library)
    with closing(instance):
        written(on_server, 1)
        postgres.stop()
        try:
            with pytest.raises(StorageError) as caught:
                queue.claim(1)
            assert caught.value.kind is ErrorKind.DATABASE_UNREACHABLE
            assert caught.value.retryable
            with pytest.raises(StorageError):
                instance.live_owners()
            with pytest.raises(StorageError):
                Database(library)
        finally:
            postgres.start()

        assert len(queue.claim(1)) == 1
        assert instance.live_owners() == [instance.owner]
