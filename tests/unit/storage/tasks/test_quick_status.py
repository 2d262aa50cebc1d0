"""The queue looked at without opening the data as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.tasks import DEFAULT_PRIORITY, GenerationConfig, TaskStatus
from arboris_desktop.storage.backups.restore import _only_restorer
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.tables.columns import UtcDateTime
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks import rows, sql
from arboris_desktop.storage.tasks.quick_status import QuickStatus, quick_status
from arboris_desktop.writing.novels import NovelContents, Novels
from tests.benchmarks.books import add_novel

LIMIT = 20


@pytest.fixture
def queue(database: Database, novel: NovelContents) -> list[str]:
    """Two novels with tasks in every state; their ids."""
    other = add_novel(database, 30, "她回家了。")
    with database.write() as transaction:
        for number, chapter in enumerate(transaction.chapters.of_project(other)):
            version = transaction.chapters.selected_version(chapter.id)
            assert version is not None
            task_id = transaction.queue.add(
                project_id=other,
                chapter_id=chapter.id,
                version_id=version.id,
                revision=1,
                priority=DEFAULT_PRIORITY + number % 3,
                config=GenerationConfig(),
            )
            if number % 3 == 0:
                transaction.queue.cancel(task_id)
        for _ in range(4):
            assert transaction.attempts.claim_next("me", timedelta(seconds=30)) is not None
    return [novel.project.id, other]


def by_reader(database: Database, project_id: str | None) -> QuickStatus:
    with database.read() as transaction:
        return QuickStatus(
            transaction.queue.counts(project_id), transaction.queue.recent(project_id, LIMIT)
        )


def test_it_sees_what_the_reader_sees(
    paths: DataPaths, database: Database, queue: list[str]
) -> None:
    for project_id in (None, *queue):
        assert quick_status(paths, project_id, LIMIT) == by_reader(database, project_id)
    seen = quick_status(paths, None, LIMIT)
    assert seen is not None
    assert (seen.counts.processing, seen.counts.pending, seen.counts.cancelled) == (4, 16, 10)
    states = [task.status for task in seen.recent]
    assert states == [TaskStatus.PROCESSING] * 4 + [TaskStatus.PENDING] * 16


def test_an_unknown_novel_is_told(paths: DataPaths, queue: list[str]) -> None:
    with pytest.raises(NotFoundError):
        quick_status(paths, "nobody", LIMIT)


def test_what_has_to_be_opened_first_is_not_looked_at(paths: DataPaths, database: Database) -> None:
    assert quick_status(DataPaths(paths.home / "absent"), None, LIMIT) is None
    with _only_restorer(paths):
        assert quick_status(paths, None, LIMIT) is None
    paths.restore_lock.unlink()
    with database._store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert quick_status(paths, None, LIMIT) is None


def test_a_file_that_is_no_database_is_left_to_whoever_opens_it(paths: DataPaths) -> None:
    paths.database.write_bytes(b"no database " * 100)
    assert quick_status(paths, None, LIMIT) is None


@pytest.mark.parametrize("of_project", [False, True])
def test_nothing_reads_all_tasks(database: Database, of_project: bool) -> None:
    counts = sql.counts(sql.COUNTED_ALONG, of_project=of_project)
    given = {"limit": LIMIT, "project_id": "any"}
    with database._store.writing() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        for statement in (sql.recent(rows.TASK_SQL, of_project=of_project), counts):
            plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", given)]
            tasks = [step for step in plan if "pending_analysis" in step]
            assert tasks
            assert all("INDEX" in step or "PRIMARY KEY" in step for step in tasks), plan
        assert all("SEARCH" in step for step in tasks), plan


def test_the_columns_are_those_of_the_table() -> None:
    left_out = {"result", "claim_rank"}
    assert set(rows.STORED_COLUMNS) == {c.name for c in pending_analysis.c} - left_out
    for column, name in product(pending_analysis.c, rows.STORED_COLUMNS):
        if column.name == name:
            assert isinstance(column.type, UtcDateTime) == (name in rows._TIMES)
            assert (str(column.type) == "JSON") == (name in rows._JSON)


def test_status_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    environment = {**os.environ, "ARBORIS_HOME": str(tmp_path / "home")}
    status = [sys.executable, "-m", "arboris_desktop", "status", "--json"]
    subprocess.run(status, env=environment, check=True)
    script = (
        "import sys; from arboris_desktop.cli import main; main(['status', '--json'])\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    heavy = {"sqlalchemy", "alembic", "httpx", "pydantic", "asyncio", "keyring", "filelock"}
    assert heavy.isdisjoint(printed.split())
    assert "sqlite3" in printed.split()


def test_the_novels_stay_as_they_are(
    paths: DataPaths, database: Database, queue: list[str]
) -> None:
    with database.read() as transaction:
        before = transaction.whole.counts(queue[1])
    quick_status(paths, queue[1], LIMIT)
    assert not Novels(database).open(queue[0]).chapters[0].has_draft
    with database.read() as transaction:
        assert transaction.whole.counts(queue[1]) == before
