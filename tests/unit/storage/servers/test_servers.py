"""A library on a server of each kind: what only servers have, and what must be as in a file."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.novels import Novels
from tests.support.server_library import name_of, queue_of, written
from tests.support.servers import Server

LIMIT_SECONDS = 120


@pytest.fixture
def library(server: Server, tmp_path: Path) -> Iterator[DataPaths]:
    """A new library on the server, as one machine knows it."""
    paths = DataPaths(tmp_path / "home", server.new_library())
    paths.create()
    yield paths
    assert paths.server is not None
    server.drop(paths.server)


@pytest.fixture
def on_server(library: DataPaths) -> Iterator[Database]:
    """The library, open."""
    with closing(Database(library)) as database:
        yield database


def test_a_database_of_a_newer_version_is_refused(server: Server, library: DataPaths) -> None:
    server.run("UPDATE alembic_version SET version_num = '9999'", name_of(library))

    with pytest.raises(StorageError) as caught:
        Database(library)

    assert caught.value.kind is ErrorKind.DATABASE_TOO_NEW


def test_a_database_of_something_else_is_left_alone(server: Server, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path, server.empty_database())
    server.run("CREATE TABLE invoices (id int)", name_of(paths))

    with pytest.raises(StorageError) as caught:
        Database(paths)

    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE
    assert "invoices" in caught.value.message
    assert paths.server is not None
    with server.connection(paths.server) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
            " OR table_schema = 'public'",
            [name_of(paths)],
        )
        assert list(cursor.fetchall()) == [("invoices",)]


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


def test_texts_that_only_a_file_takes_are_kept(on_server: Database, library: DataPaths) -> None:
    novels = Novels(on_server)
    author = "Longer than the column is declared for. " * 10

    project = novels.create(NewNovel("A book", premise="before\0after"))
    with on_server.write() as transaction:
        transaction.projects.describe(project, title="A book", author=author, numbering="")

    found = novels.open(project).project
    nul = "\ufffd" if library.server and library.server.startswith("postgresql") else "\0"
    assert (found.author, found.premise) == (author, f"before{nul}after")


def test_what_belongs_to_something_gone_is_told(on_server: Database) -> None:
    with pytest.raises(NotFoundError), on_server.write() as transaction:
        transaction.drafts.save(123, "Text.", "p", "owner")


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
                    if transaction.attempts.complete(
                        task, result={}, spent=Spent(), duration_seconds=1
                    ):
                        transaction.durations.count(task.id, 1)
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


def test_a_server_that_went_away_is_told_and_used_again(
    server: Server, library: DataPaths, on_server: Database
) -> None:
    queue, instance = queue_of(on_server, library)
    with closing(instance):
        written(on_server, 1)
        server.stop()
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
            server.start()

        assert len(queue.claim(1)) == 1
        assert instance.live_owners() == [instance.owner]
