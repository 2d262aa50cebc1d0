"""The queue: its order, its claims, and that only the owner of a task changes it."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from arboris_desktop.domain.novel import NewNovel, VersionOrigin
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import (
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    TaskStatus,
)
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.tasks.history import StepCheckpoint
from arboris_desktop.storage.tasks.reader import WAITING
from arboris_desktop.writing.novels import NovelContents, Novels

pytestmark = pytest.mark.every_database

LEASE = timedelta(seconds=30)
CHECKPOINT = StepCheckpoint(
    AnalysisStep.SUMMARY, {"summary": "It is so."}, Spent(TokenUsage(3, 4)), duration_seconds=1.5
)


class SettableClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **units: float) -> None:
        self.now += timedelta(**units)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def database(paths: DataPaths, clock: SettableClock) -> Iterator[Database]:
    database = Database(paths, clock)
    yield database
    database.close()


def add_task(database: Database, chapter_id: int, priority: int = 5) -> int:
    """A new version of a chapter with its task."""
    with database.write() as transaction:
        overview = transaction.chapters.overview(chapter_id)
        version = transaction.chapters.add_version(
            chapter_id, content="Text.", word_count=1, origin=VersionOrigin.MODEL
        )
        return transaction.queue.add(
            project_id=overview.project_id,
            chapter_id=chapter_id,
            version_id=version.id,
            revision=version.revision,
            priority=priority,
            config=GenerationConfig(),
        )


def claim(database: Database, owner: str = "worker") -> AnalysisTask | None:
    with database.write() as transaction:
        return transaction.attempts.claim_next(owner, LEASE)


def claimed(database: Database, owner: str = "worker") -> AnalysisTask:
    task = claim(database, owner)
    assert task is not None
    return task


def status_of(database: Database, task_id: int) -> TaskStatus:
    with database.read() as transaction:
        return transaction.queue.get(task_id).status


def test_claims_go_by_priority_then_age(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    first, second, third = (chapter.id for chapter in novel.chapters)
    old_low = add_task(database, first, priority=3)
    clock.pass_time(seconds=1)
    old_high = add_task(database, second, priority=8)
    clock.pass_time(seconds=1)
    new_high = add_task(database, third, priority=8)

    assert [claimed(database).id for _ in range(3)] == [old_high, new_high, old_low]
    assert claim(database) is None


def test_a_claim_records_owner_lease_and_attempt(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    add_task(database, novel.chapters[0].id)

    task = claimed(database, "me")

    assert task.status is TaskStatus.PROCESSING
    assert (task.lease_owner, task.lease_expires_at) == ("me", clock.now + LEASE)
    assert (task.attempt, task.started_at) == (1, clock.now)
    assert task.chapter_title == "The Harbour"


def test_four_threads_claim_each_task_exactly_once(database: Database) -> None:
    novels = Novels(database)
    project_id = novels.create(NewNovel("A long book"))
    chapters = [novels.add_chapter(project_id, f"Chapter {n}").id for n in range(40)]
    expected = {add_task(database, chapter_id) for chapter_id in chapters}
    found: list[int] = []
    begin = threading.Barrier(4)

    def work(owner: str) -> None:
        begin.wait()
        while (task := claim(database, owner)) is not None:
            found.append(task.id)

    threads = [threading.Thread(target=work, args=(f"worker-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(found) == Counter(expected)


def test_a_task_that_waits_is_claimed_only_when_due(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        assert transaction.attempts.postpone(
            task, error_type="connection", message="refused", wait=timedelta(seconds=60)
        )
    due = clock.now + timedelta(seconds=60)

    with database.read() as transaction:
        assert transaction.queue.next_due_at() == due
    assert claim(database) is None
    clock.pass_time(seconds=60)
    again = claimed(database)
    assert (again.id, again.attempt, again.retry_count) == (task.id, 2, 1)
    assert again.error_type is None


def test_make_due_ends_the_waiting(database: Database, novel: NovelContents) -> None:
    add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        transaction.attempts.postpone(
            task, error_type="connection", message="", wait=timedelta(hours=1)
        )
        transaction.queue.make_due()

    assert claimed(database).id == task.id


def test_an_old_attempt_changes_nothing(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    add_task(database, novel.chapters[0].id)
    stale = claimed(database, "slow")
    with database.write() as transaction:
        transaction.attempts.release(stale)
    current = claimed(database, "quick")
    clock.pass_time(seconds=5)

    with database.write() as transaction:
        attempts = transaction.attempts
        kept = [
            attempts.extend_lease(stale, LEASE),
            attempts.begin_step(stale, AnalysisStep.SUMMARY),
            attempts.is_own(stale),
            attempts.complete(stale, result={}, spent=Spent(), duration_seconds=1),
            attempts.fail(stale, error_type="internal", message="", duration_seconds=1),
            attempts.postpone(stale, error_type="internal", message="", wait=LEASE),
            attempts.release(stale),
            attempts.retarget(stale, stale.chapter_version_id, 2),
        ]

    assert kept == [False] * len(kept)
    with database.read() as transaction:
        assert transaction.queue.get(current.id) == current


def test_a_cancelled_task_takes_no_result(database: Database, novel: NovelContents) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        assert transaction.queue.cancel(task_id)
        assert not transaction.attempts.complete(task, result={}, spent=Spent(), duration_seconds=1)
        assert not transaction.queue.cancel(task_id)

    assert status_of(database, task_id) is TaskStatus.CANCELLED


def test_a_completed_task_stays_completed(database: Database, novel: NovelContents) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        assert transaction.attempts.complete(
            task, result={"a": 1}, spent=Spent(TokenUsage(5, 6)), duration_seconds=2.5
        )
    with database.write() as transaction:
        assert not transaction.queue.requeue(task_id, task.chapter_version_id, 1)
        assert not transaction.queue.cancel(task_id)
        stored = transaction.queue.get(task_id)
        assert transaction.queue.result(task_id) == {"a": 1}

    assert stored.status is TaskStatus.COMPLETED
    assert (stored.spent.usage, stored.duration_seconds) == (TokenUsage(5, 6), 2.5)
    assert stored.lease_owner is None


@pytest.mark.parametrize(
    ("live", "passed_seconds", "expected"),
    [
        pytest.param(["worker"], 29, False, id="alive"),
        pytest.param(["worker"], 31, True, id="lease ran out"),
        pytest.param(["other"], 1, True, id="process is dead"),
        pytest.param([], 1, True, id="nobody lives"),
        pytest.param(["worker"], -3600, True, id="clock set back"),
    ],
)
def test_abandoned_tasks_are_found(
    database: Database,
    novel: NovelContents,
    clock: SettableClock,
    live: list[str],
    passed_seconds: float,
    expected: bool,
) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    claimed(database, "worker")
    clock.pass_time(seconds=passed_seconds)

    with database.read() as transaction:
        found = [task.id for task in transaction.queue.expired(live, LEASE)]

    assert found == ([task_id] if expected else [])


def test_a_heartbeat_extends_the_lease(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    add_task(database, novel.chapters[0].id)
    task = claimed(database)
    clock.pass_time(seconds=20)
    with database.write() as transaction:
        assert transaction.attempts.extend_lease(task, LEASE)
    clock.pass_time(seconds=20)

    with database.read() as transaction:
        assert transaction.queue.expired(["worker"], LEASE) == []


def test_a_new_version_cancels_the_unfinished_task_of_its_chapter(
    database: Database, novel: NovelContents
) -> None:
    chapter_id = novel.chapters[0].id
    waiting = add_task(database, chapter_id)
    running = add_task(database, chapter_id)
    claimed(database)
    newest = add_task(database, chapter_id)

    states = [status_of(database, task_id) for task_id in (waiting, running, newest)]

    assert states == [TaskStatus.CANCELLED, TaskStatus.CANCELLED, TaskStatus.PENDING]


def test_two_unfinished_tasks_of_a_chapter_cannot_be_stored(
    database: Database, novel: NovelContents
) -> None:
    chapter_id = novel.chapters[0].id
    old = add_task(database, chapter_id)
    add_task(database, chapter_id)

    with database.read() as transaction:
        version_id = transaction.queue.get(old).chapter_version_id
    with pytest.raises(IntegrityError), database.write() as transaction:
        transaction.queue.requeue(old, version_id, 1)

    assert status_of(database, old) is TaskStatus.CANCELLED


def test_steps_and_failures_are_kept_as_history(database: Database, novel: NovelContents) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        transaction.history.save_step(task.id, CHECKPOINT)
        transaction.history.add_failure(
            task,
            step=AnalysisStep.FORESHADOWING,
            error_type="stalled",
            message="silent",
            provider="host",
            model="model",
        )

    with database.read() as transaction:
        assert transaction.history.steps(task_id) == {AnalysisStep.SUMMARY: CHECKPOINT}
        (failure,) = transaction.history.failures(task_id)
    assert (failure.attempt, failure.step) == (1, AnalysisStep.FORESHADOWING)
    assert (failure.error_type, failure.provider, failure.model) == ("stalled", "host", "model")


def test_steps_of_an_old_text_are_forgotten(database: Database, novel: NovelContents) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    task = claimed(database)
    with database.write() as transaction:
        transaction.history.save_step(task.id, CHECKPOINT)
        assert transaction.attempts.retarget(task, task.chapter_version_id, 2)
        transaction.history.forget_steps(task.id)

    with database.read() as transaction:
        assert transaction.history.steps(task_id) == {}
        assert transaction.queue.get(task_id).version_revision == 2


def test_counts_and_panel_order(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    tasks = []
    for chapter, priority in zip(novel.chapters, (9, 2, 7), strict=True):
        tasks.append(add_task(database, chapter.id, priority))
        clock.pass_time(seconds=1)
    running = claimed(database)

    with database.read() as transaction:
        counts = transaction.queue.counts(novel.project.id)
        order = [task.id for task in transaction.queue.recent()]

    assert (counts.processing, counts.pending, counts.total) == (1, 2, 3)
    assert order == [running.id, tasks[2], tasks[1]]


def test_only_a_waiting_task_changes_priority(database: Database, novel: NovelContents) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    with database.write() as transaction:
        assert transaction.queue.set_priority(task_id, 9)
    task = claimed(database)
    with database.write() as transaction:
        assert not transaction.queue.set_priority(task_id, 1)

    assert task.priority == 9


def test_a_low_priority_ages(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    first, second, third = (chapter.id for chapter in novel.chapters)
    old_low = add_task(database, first, priority=1)
    clock.pass_time(minutes=91)
    fresh_high = add_task(database, second, priority=10)
    clock.pass_time(minutes=1)
    fresh_low = add_task(database, third, priority=1)

    assert [claimed(database).id for _ in range(3)] == [old_low, fresh_high, fresh_low]


def test_a_changed_priority_counts_as_if_given_from_the_start(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    first, second = (chapter.id for chapter in novel.chapters[:2])
    lowered = add_task(database, first, priority=7)
    clock.pass_time(seconds=1)
    other = add_task(database, second, priority=6)
    with database.write() as transaction:
        assert transaction.queue.set_priority(lowered, 5)

    assert [claimed(database).id for _ in range(2)] == [other, lowered]


def test_a_wait_that_a_clock_set_back_made_endless_is_over(
    database: Database, novel: NovelContents, clock: SettableClock
) -> None:
    task_id = add_task(database, novel.chapters[0].id)
    with database.write() as transaction:
        task = transaction.attempts.claim_next("worker", LEASE)
        assert task is not None
        transaction.attempts.postpone(task, error_type="stalled", message="", wait=LEASE)
    clock.pass_time(days=-365)

    assert claimed(database).id == task_id


@pytest.mark.only_sqlite
def test_claims_read_only_their_index(database: Database) -> None:
    with closing(sqlite3.connect(database.paths.database)) as connection:
        (plan,) = [
            row[3]
            for row in connection.execute(
                "EXPLAIN QUERY PLAN SELECT id FROM pending_analysis WHERE "
                f"{WAITING.text} ORDER BY claim_rank, id LIMIT 1"
            )
        ]

    assert plan == "SCAN pending_analysis USING INDEX ix_pending_analysis_claim"
