"""A task is completed and the next one claimed in one transaction: both are stored, or neither."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.attempt import ClaimSuccessor
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import ScriptedProvider, error
from tests.unit.conftest import TEXT, Desk

pytestmark = pytest.mark.every_database


@pytest.fixture
def waiting(desk: Desk, novel: NovelContents) -> list[int]:
    """Three waiting tasks, in the order in which they are to run."""
    return [
        store_chapter(desk.database, chapter.id, TEXT, provider="scripted")[1]
        for chapter in novel.chapters
    ]


def work(desk: Desk, task: AnalysisTask, claim_successor: ClaimSuccessor) -> TaskOutcome:
    return desk.worker.run(
        task, threading.Event(), lambda _id, _step: None, claim_successor=claim_successor
    )


def states(desk: Desk, task_ids: list[int]) -> list[TaskStatus]:
    return [desk.queue.task(task_id).status for task_id in task_ids]


def test_a_worker_goes_from_task_to_task(
    desk: Desk, instance: Instance, waiting: list[int]
) -> None:
    outcome = work(desk, desk.claim(), desk.queue.claim_successor)

    second = outcome.successor
    assert (outcome.kind, outcome.task_id) == (OutcomeKind.COMPLETED, waiting[0])
    assert second is not None
    assert (second.id, second.attempt, second.lease_owner) == (waiting[1], 1, instance.owner)
    assert states(desk, waiting) == ["completed", "processing", "pending"]

    third = work(desk, second, desk.queue.claim_successor).successor
    assert third is not None
    assert work(desk, third, desk.queue.claim_successor).successor is None
    assert states(desk, waiting) == ["completed"] * 3


def test_no_task_is_claimed_if_the_completion_is_not_stored(desk: Desk, waiting: list[int]) -> None:
    taken: list[AnalysisTask | None] = []

    def claim_and_break(transaction: Transaction) -> AnalysisTask | None:
        taken.append(desk.queue.claim_successor(transaction))
        raise StorageError(ErrorKind.DISK_FULL, "the disk is full")

    outcome = work(desk, desk.claim(), claim_and_break)

    assert [task and task.id for task in taken] == [waiting[1]]
    assert (outcome.kind, outcome.successor) != (OutcomeKind.COMPLETED, taken[0])
    assert states(desk, waiting)[1:] == ["pending", "pending"]
    assert desk.queue.task(waiting[1]).attempt == 0


def test_a_task_that_was_lost_has_no_successor(
    desk: Desk, waiting: list[int], novel: NovelContents
) -> None:
    task = desk.claim()
    desk.queue.cancel(task.id)

    outcome = work(desk, task, desk.queue.claim_successor)

    assert (outcome.kind, outcome.successor) == (OutcomeKind.LOST, None)
    assert states(desk, waiting) == ["cancelled", "pending", "pending"]


def test_a_task_that_failed_has_no_successor(
    desk: Desk, waiting: list[int], scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: error(401, "no")

    outcome = work(desk, desk.claim(), desk.queue.claim_successor)

    assert (outcome.kind, outcome.successor) == (OutcomeKind.FAILED, None)
    assert states(desk, waiting) == ["failed", "pending", "pending"]


def test_a_pause_by_anybody_comes_between_two_tasks(desk: Desk, waiting: list[int]) -> None:
    task = desk.claim()
    with closing(Database(desk.database.paths)) as elsewhere:
        Preferences(elsewhere).set(QueueSettings(paused=True))

    outcome = work(desk, task, desk.queue.claim_successor)

    assert (outcome.kind, outcome.successor) == (OutcomeKind.COMPLETED, None)
    assert states(desk, waiting) == ["completed", "pending", "pending"]


def test_a_provider_that_anybody_found_out_of_order_comes_between_two_tasks(
    desk: Desk, instance: Instance, waiting: list[int]
) -> None:
    task = desk.claim()
    with closing(Database(desk.database.paths)) as elsewhere:
        queue = AnalysisQueue(elsewhere, instance)
        queue.circuits.open("somebody", ErrorKind.UNAUTHORIZED, 30.0, 30.0)

        outcome = work(desk, task, desk.queue.claim_successor)
        queue.circuits.close()
    next_one = work(desk, desk.claim(), desk.queue.claim_successor)

    assert (outcome.kind, outcome.successor) == (OutcomeKind.COMPLETED, None)
    assert next_one.successor is not None


def test_a_successor_of_high_priority_comes_first(desk: Desk, waiting: list[int]) -> None:
    task = desk.claim()
    desk.queue.set_priority(waiting[2], 9)

    successor = work(desk, task, desk.queue.claim_successor).successor

    assert successor is not None
    assert successor.id == waiting[2]
