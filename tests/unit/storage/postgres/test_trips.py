"""Ways to a PostgreSQL server and back, of which each takes as long as what is done there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels
from tests.support.postgres_server import PostgresServer
from tests.support.servers import name_in

CHAPTERS = 4

_TRIP = re.compile(r"LOG:  (?:statement|execute \S+):\s*(.*)")
"""A line of the server's log for what it was sent at once."""

_FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no space is left' USING ERRCODE = 'disk_full'; END $$;
    CREATE {trigger} EXECUTE FUNCTION full_disk()
"""


@pytest.fixture
def library(server_paths: DataPaths) -> DataPaths:
    """A new library on the server with a few tasks."""
    server_paths.create()
    with closing(Database(server_paths)) as database:
        novels = Novels(database)
        project = novels.create(NewNovel("A book"))
        for number in range(CHAPTERS):
            chapter = novels.add_chapter(project, str(number)).id
            store_chapter(database, chapter, "Text.", provider="p")
    return server_paths


@pytest.fixture
def queue(library: DataPaths) -> Iterator[tuple[Database, AnalysisQueue]]:
    with (
        closing(Database(library)) as database,
        closing(database.known_to_others(Instance(library.instances))) as instance,
    ):
        yield database, AnalysisQueue(database, instance)


def complete(database: Database, queue: AnalysisQueue, task: AnalysisTask) -> AnalysisTask | None:
    """Completes a task; returns the next one, claimed with that."""
    with database.write_in(task.project_id) as transaction:
        assert transaction.attempts.complete(task, result={}, spent=Spent(), duration_seconds=1.0)
        transaction.durations.count(task.id, 1.0)
        return queue.claim_successor(transaction)


def claimed(queue: AnalysisQueue) -> AnalysisTask:
    task = queue.claim_next()
    assert task is not None
    return task


def test_a_task_is_completed_and_the_next_one_claimed_in_five(
    library: DataPaths, postgres: PostgresServer
) -> None:
    assert library.server is not None
    postgres.run(f"ALTER DATABASE {name_in(library.server)} SET log_statement = 'all'")
    log: Path = postgres.folder / "log"
    with (
        closing(Database(library)) as database,
        closing(database.known_to_others(Instance(library.instances))) as instance,
    ):
        queue = AnalysisQueue(database, instance)
        task = claimed(queue)
        begun = log.stat().st_size
        assert complete(database, queue, task)
        said = log.read_bytes()[begun:].decode(errors="replace")

    trips = _TRIP.findall(said)
    assert len(trips) == 5, trips


def test_tasks_that_were_claimed_before_a_fault_are_run(
    library: DataPaths, postgres: PostgresServer, queue: tuple[Database, AnalysisQueue]
) -> None:
    assert library.server is not None
    (_database, tasks) = queue
    third = tasks.recent()[2]
    trigger = "TRIGGER full_disk BEFORE UPDATE ON pending_analysis FOR EACH ROW"
    full = _FULL.format(trigger=f"{trigger} WHEN (NEW.id = {third.id})")
    postgres.run(full, name_in(library.server))

    found = tasks.claim(CHAPTERS)

    assert len(found) == 2
    assert [tasks.task(task.id).attempt for task in found] == [1, 1]
    with pytest.raises(StorageError) as caught:
        tasks.claim(1)
    assert caught.value.kind is ErrorKind.DISK_FULL


def test_what_was_not_stored_is_not_told(
    library: DataPaths, postgres: PostgresServer, queue: tuple[Database, AnalysisQueue]
) -> None:
    """A commit that fails fails for whoever wrote, and leaves the session fit for use."""
    assert library.server is not None
    (database, tasks) = queue
    trigger = "CONSTRAINT TRIGGER full_disk AFTER UPDATE ON analysis_durations"
    full = _FULL.format(trigger=f"{trigger} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW")
    postgres.run(full, name_in(library.server))

    task = claimed(tasks)
    with pytest.raises(StorageError) as caught:
        complete(database, tasks, task)

    assert caught.value.kind is ErrorKind.DISK_FULL
    assert tasks.counts().completed == 0
    postgres.run("DROP TRIGGER full_disk ON analysis_durations", name_in(library.server))
    complete(database, tasks, task)
    assert tasks.counts().completed == 1
