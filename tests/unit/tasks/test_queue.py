"""What the author may do with a task, and what happens to tasks whose process died."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.supervision import GRACE_SECONDS, LEASE
from arboris_desktop.tasks.worker import OutcomeKind
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.unit.conftest import Desk


def test_tasks_of_a_dead_process_are_recovered_at_once(
    desk: Desk, instance: Instance, task_id: int
) -> None:
    other = Instance(desk.database.paths.instances)
    AnalysisQueue(desk.database, other).claim_next()
    assert desk.queue.recover_abandoned() == 0

    other.close()

    assert desk.queue.recover_abandoned() == 1
    task = desk.claim()
    assert (task.id, task.retry_count, task.attempt) == (task_id, 1, 2)
    assert desk.queue.failures(task_id)[0].error_type == ErrorKind.LEASE_EXPIRED


def test_a_process_that_slept_keeps_its_task(desk: Desk, instance: Instance, task_id: int) -> None:
    now = [0.0]
    queue = AnalysisQueue(desk.database, instance, monotonic=lambda: now[0])
    other = Instance(desk.database.paths.instances)
    sleeper = AnalysisQueue(desk.database, other)
    task = sleeper.claim_next()
    assert task is not None
    with desk.database.write() as transaction:
        transaction.queue.extend_lease(task, timedelta(hours=-8))

    assert queue.recover_abandoned() == 0
    now[0] += 5
    assert queue.recover_abandoned() == 0
    with desk.database.write() as transaction:
        assert transaction.queue.extend_lease(task, LEASE)
    now[0] += 60

    assert queue.recover_abandoned() == 0
    other.close()


def test_a_process_that_hangs_loses_its_task(desk: Desk, instance: Instance, task_id: int) -> None:
    now = [0.0]
    queue = AnalysisQueue(desk.database, instance, monotonic=lambda: now[0])
    other = Instance(desk.database.paths.instances)
    task = AnalysisQueue(desk.database, other).claim_next()
    assert task is not None
    with desk.database.write() as transaction:
        transaction.queue.extend_lease(task, timedelta(seconds=-1))

    assert queue.recover_abandoned() == 0
    now[0] += GRACE_SECONDS

    assert queue.recover_abandoned() == 1
    assert desk.queue.task(task_id).status is TaskStatus.PENDING
    other.close()


def test_a_chapter_that_kills_the_app_does_not_do_so_for_ever(desk: Desk, task_id: int) -> None:
    for _ in range(4):
        other = Instance(desk.database.paths.instances)
        AnalysisQueue(desk.database, other).claim_next()
        other.close()
        desk.queue.recover_abandoned()

    task = desk.queue.task(task_id)
    assert (task.status, task.error_type) == (TaskStatus.FAILED, ErrorKind.LEASE_EXPIRED)
    assert desk.queue.claim_next() is None


def test_a_task_that_was_given_up_after_crashes_is_told_to_the_author(
    desk: Desk, task_id: int
) -> None:
    for _ in range(4):
        other = Instance(desk.database.paths.instances)
        AnalysisQueue(desk.database, other).claim_next()
        other.close()
        desk.queue.recover_abandoned()

    with desk.database.read() as transaction:
        (notification,) = transaction.notifications.list()
    assert notification.data == {"error_type": "lease_expired"}


def test_a_paused_queue_gives_no_task(desk: Desk, task_id: int) -> None:
    Preferences(desk.database).set(QueueSettings(paused=True))

    assert desk.queue.claim_next() is None


def test_a_cancelled_task_can_be_retried_and_keeps_nothing_of_an_older_text(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    editing = Editing(desk.database)
    chapter_id = novel.chapters[0].id
    desk.queue.cancel(task_id)
    edited = editing.save(chapter_id, "Rewritten. " * 20, editing.open(chapter_id).version)

    desk.queue.retry(task_id)

    task = desk.queue.task(task_id)
    assert task.status is TaskStatus.PENDING
    assert (task.chapter_version_id, task.version_revision) == (edited.id, edited.revision)


def test_what_the_states_forbid_is_refused(desk: Desk, novel: NovelContents, task_id: int) -> None:
    with pytest.raises(RuleError):
        desk.queue.retry(task_id)
    assert desk.work().kind is OutcomeKind.COMPLETED
    with pytest.raises(RuleError):
        desk.queue.cancel(task_id)
    with pytest.raises(RuleError):
        desk.queue.retry(task_id)
    with pytest.raises(RuleError):
        desk.queue.set_priority(task_id, 7)
    with pytest.raises(NotFoundError):
        desk.queue.cancel(999)


def test_only_a_chapter_with_text_can_be_queued(desk: Desk, novel: NovelContents) -> None:
    with pytest.raises(RuleError):
        desk.queue.add_chapter(novel.chapters[1].id)
    with pytest.raises(NotFoundError):
        desk.queue.add_chapter(999)


@pytest.mark.parametrize("priority", [0, 11, -1])
def test_priorities_go_from_one_to_ten(
    desk: Desk, novel: NovelContents, task_id: int, priority: int
) -> None:
    with pytest.raises(RuleError):
        desk.queue.add_chapter(novel.chapters[0].id, priority)
    with pytest.raises(RuleError):
        desk.queue.set_priority(task_id, priority)


def test_an_older_task_is_not_retried_beside_a_newer_one(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    newer = desk.queue.add_chapter(novel.chapters[0].id)

    with pytest.raises(RuleError):
        desk.queue.retry(task_id)

    assert desk.queue.task(task_id).status is TaskStatus.CANCELLED
    assert desk.queue.task(newer).status is TaskStatus.PENDING
