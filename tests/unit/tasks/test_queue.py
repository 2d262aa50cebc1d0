"""Actions of the author on tasks, and the fate of tasks whose process died."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.supervision import GRACE_SECONDS, LEASE
from arboris_desktop.writing.chapters.drafting import store_chapter
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
    assert (task.id, task.retry_count, task.rescue_count, task.attempt) == (task_id, 0, 1, 2)
    assert desk.queue.failures(task_id)[0].error_type == ErrorKind.LEASE_EXPIRED


def test_a_process_that_slept_keeps_its_task(desk: Desk, instance: Instance, task_id: int) -> None:
    now = [0.0]
    queue = AnalysisQueue(desk.database, instance, monotonic=lambda: now[0])
    other = Instance(desk.database.paths.instances)
    sleeper = AnalysisQueue(desk.database, other)
    task = sleeper.claim_next()
    assert task is not None
    with desk.database.write() as transaction:
        transaction.attempts.extend_lease(task, timedelta(hours=-8))

    assert queue.recover_abandoned() == 0
    now[0] += 5
    assert queue.recover_abandoned() == 0
    with desk.database.write() as transaction:
        assert transaction.attempts.extend_lease(task, LEASE)
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
        transaction.attempts.extend_lease(task, timedelta(seconds=-1))

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


def crash(desk: Desk, at_once: int = 3) -> list[int]:
    """Another window takes what it may run at once, and dies; the ids of what it had taken."""
    other = Instance(desk.database.paths.instances)
    taken = [task.id for task in AnalysisQueue(desk.database, other).claim(at_once)]
    other.close()
    desk.queue.recover_abandoned()
    return taken


def test_what_only_ran_beside_the_culprit_does_not_fail(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    chapters = novel.chapters[1:3]
    for chapter in chapters:
        store_chapter(desk.database, chapter.id, "It rained. " * 20, provider="p")
    innocent = [task.id for task in desk.queue.recent() if task.id != task_id]
    desk.queue.set_priority(task_id, 10)

    taken = [crash(desk) for _ in range(5)]

    # After two crashes each suspect runs alone, so that it turns out whose doing it is.
    assert [sorted(ids) for ids in taken[:2]] == [sorted([task_id, *innocent])] * 2
    assert taken[2:4] == [[task_id], [task_id]]
    assert desk.queue.task(task_id).status is TaskStatus.FAILED
    for number in innocent:
        task = desk.queue.task(number)
        assert (task.status, task.retry_count) == (TaskStatus.PENDING, 0)
    for _ in innocent:
        desk.work()
    assert {desk.queue.task(number).status for number in innocent} == {TaskStatus.COMPLETED}


def test_a_suspect_runs_alone_and_waits_for_what_runs(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    for chapter in novel.chapters[1:3]:
        store_chapter(desk.database, chapter.id, "It rained. " * 20, provider="p")
    crash(desk, at_once=1)
    crash(desk, at_once=1)
    desk.queue.set_priority(task_id, 1)

    beside = desk.claim()
    assert beside.id != task_id
    other = desk.claim()
    assert other.id not in (task_id, beside.id)
    assert desk.queue.claim_next() is None, "the suspect waits until nothing else runs"
    for task in (beside, other):
        desk.queue.cancel(task.id)
    assert desk.claim().id == task_id
    chapter = novel.chapters[1]
    store_chapter(desk.database, chapter.id, "It rained again. " * 20, provider="p")
    assert desk.queue.claim_next() is None, "and nothing begins beside it"


def test_failures_are_counted_apart_from_rescues(desk: Desk, task_id: int) -> None:
    crash(desk)
    task = desk.claim()
    with desk.database.write() as transaction:
        transaction.attempts.postpone(task, error_type="connection", message="", wait=timedelta(0))
    task = desk.queue.task(task_id)
    assert (task.retry_count, task.rescue_count) == (1, 1)
    desk.queue.cancel(task_id)
    desk.queue.retry(task_id)
    task = desk.queue.task(task_id)
    assert (task.retry_count, task.rescue_count) == (0, 0)


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


@pytest.mark.parametrize("paths", ["sqlite", "postgresql", "mariadb"], indirect=True)
def test_a_pause_amid_the_work_gives_no_further_task(desk: Desk, novel: NovelContents) -> None:
    for chapter in novel.chapters:
        store_chapter(desk.database, chapter.id, "She came home.", provider="scripted")
    preferences = Preferences(desk.database)

    assert desk.queue.claim_next() is not None
    preferences.set(QueueSettings(paused=True))
    assert desk.queue.claim_next() is None
    preferences.set(QueueSettings())
    assert len(desk.queue.claim(5)) == 2
    assert desk.queue.claim(5) == []


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


@pytest.mark.parametrize("paths", ["sqlite", "postgresql", "mariadb"], indirect=True)
def test_the_longest_wait_is_that_of_any_priority(desk: Desk, novel: NovelContents) -> None:
    assert desk.queue.oldest_waiting() is None
    tasks = [
        store_chapter(desk.database, chapter.id, "She came home.", provider="scripted")[1]
        for chapter in novel.chapters
    ]
    desk.queue.set_priority(tasks[0], 1)
    oldest = desk.queue.task(tasks[0]).created_at

    assert desk.queue.oldest_waiting() == oldest

    assert desk.queue.claim_next() is not None, "another one, which is more urgent"
    assert desk.queue.oldest_waiting() == oldest
    desk.queue.cancel(tasks[0])
    assert desk.queue.oldest_waiting() == desk.queue.task(tasks[2]).created_at
