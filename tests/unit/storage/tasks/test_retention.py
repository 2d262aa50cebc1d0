"""Old records are forgotten, others kept however old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.novel import NewNovel, VersionOrigin
from arboris_desktop.domain.settings import RetentionSettings
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisTask, GenerationConfig, TaskStatus
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.novels import Novels

LEASE = timedelta(seconds=30)


class Shelf:
    """A database whose clock the test moves, and tasks that end as it says."""

    def __init__(self, paths: DataPaths) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.database = Database(paths, lambda: self.now)

    def end(self, chapter_id: int, status: TaskStatus, *, read: bool = True) -> int:
        """A task that ended so, and its notification."""
        with self.database.write() as transaction:
            version = transaction.chapters.add_version(
                chapter_id, content="Text.", word_count=1, origin=VersionOrigin.MODEL
            )
            transaction.queue.add(
                project_id=transaction.chapters.overview(chapter_id).project_id,
                chapter_id=chapter_id,
                version_id=version.id,
                revision=1,
                priority=5,
                config=GenerationConfig(),
            )
            task = transaction.attempts.claim_next("worker", LEASE)
            assert task is not None
            _finish(transaction, task, status)
            notification = transaction.notifications.add(
                task, NotificationType.COMPLETED, title="t", message=""
            )
            if read:
                transaction.notifications.mark_read(notification)
        return task.id

    def prune(self, **settings: int) -> int:
        """Prunes once; returns how many rows went."""
        with self.database.write() as transaction:
            return transaction.retention.prune(RetentionSettings(**settings))

    def tasks(self) -> set[int]:
        """The tasks that are left."""
        with self.database.read() as transaction:
            return {task.id for task in transaction.queue.recent()}


def _finish(transaction: Transaction, task: AnalysisTask, status: TaskStatus) -> None:
    if status is TaskStatus.COMPLETED:
        transaction.attempts.complete(task, result={}, spent=Spent(), duration_seconds=1)
    elif status is TaskStatus.FAILED:
        transaction.attempts.fail(task, error_type="internal", message="", duration_seconds=1)
    else:
        transaction.queue.cancel(task.id)


@pytest.fixture
def shelf(paths: DataPaths) -> Iterator[Shelf]:
    shelf = Shelf(paths)
    yield shelf
    shelf.database.close()


@pytest.fixture
def chapter(shelf: Shelf) -> int:
    novels = Novels(shelf.database)
    return novels.add_chapter(novels.create(NewNovel("Old work")), "One").id


def test_old_work_that_was_done_again_goes(shelf: Shelf, chapter: int) -> None:
    old = shelf.end(chapter, TaskStatus.COMPLETED)
    cancelled = shelf.end(chapter, TaskStatus.CANCELLED)
    shelf.now += timedelta(days=91)
    new = shelf.end(chapter, TaskStatus.COMPLETED)
    assert shelf.tasks() == {old, cancelled, new}

    assert shelf.prune() == 2

    assert shelf.tasks() == {new}
    assert shelf.prune() == 0


def test_work_that_is_not_old_stays(shelf: Shelf, chapter: int) -> None:
    tasks = {shelf.end(chapter, TaskStatus.COMPLETED) for _ in range(3)}
    shelf.now += timedelta(days=89)
    assert shelf.prune() == 0
    assert shelf.tasks() == tasks


def test_what_is_analysed_is_never_forgotten(shelf: Shelf, chapter: int) -> None:
    analysed = shelf.end(chapter, TaskStatus.COMPLETED)
    last = shelf.end(chapter, TaskStatus.CANCELLED)
    shelf.now += timedelta(days=4000)

    shelf.prune()

    assert shelf.tasks() == {analysed, last}


def test_failed_and_unread_work_stays_however_old(shelf: Shelf, chapter: int) -> None:
    failed = shelf.end(chapter, TaskStatus.FAILED)
    unread = shelf.end(chapter, TaskStatus.COMPLETED, read=False)
    last = shelf.end(chapter, TaskStatus.COMPLETED)
    shelf.now += timedelta(days=4000)

    shelf.prune()

    assert shelf.tasks() == {failed, unread, last}
    with shelf.database.read() as transaction:
        (notification,) = transaction.notifications.list()
    assert notification.task_id == unread


def test_more_than_the_author_wants_to_keep_goes(shelf: Shelf, chapter: int) -> None:
    tasks = [shelf.end(chapter, TaskStatus.COMPLETED) for _ in range(105)]

    shelf.prune(finished_tasks=100, read_notifications=10)

    assert shelf.tasks() == set(tasks[5:])
    with shelf.database.read() as transaction:
        assert [n.task_id for n in transaction.notifications.list()] == tasks[:-11:-1]
