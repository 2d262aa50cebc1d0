"""The queue without a window: one task after the other, while somebody waits."""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.sequential_worker import SequentialWorker
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import ScriptedProvider, stall
from tests.unit.conftest import Desk


def test_a_task_is_worked_to_its_end_and_told(desk: Desk, task_id: int) -> None:
    told: list[TaskOutcome] = []

    assert asyncio.run(SequentialWorker(desk.queue, desk.worker, told.append).work_one())

    assert desk.queue.task(task_id).status is TaskStatus.COMPLETED
    assert [(outcome.task_id, outcome.kind) for outcome in told] == [
        (task_id, OutcomeKind.COMPLETED)
    ]


def test_the_novel_is_looked_after_and_a_failure_of_that_is_passed_over(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    seen: list[str] = []

    async def look_after(project_id: str) -> None:
        seen.append(project_id)
        raise ProviderError(ErrorKind.EMPTY_ANSWER, "nothing")

    asyncio.run(SequentialWorker(desk.queue, desk.worker, look_after=look_after).until_idle())

    assert seen == [novel.project.id]
    assert desk.queue.task(task_id).status is TaskStatus.COMPLETED


def test_without_a_task_it_comes_back_after_a_moment(desk: Desk) -> None:
    assert not asyncio.run(SequentialWorker(desk.queue, desk.worker).work_one())


def test_it_works_until_nothing_is_left(desk: Desk, task_id: int) -> None:
    asyncio.run(SequentialWorker(desk.queue, desk.worker).until_idle())

    assert desk.queue.is_idle()
    assert desk.queue.task(task_id).status is TaskStatus.COMPLETED


def test_a_paused_queue_is_left_alone(desk: Desk, task_id: int) -> None:
    Preferences(desk.database).set(QueueSettings(paused=True))

    asyncio.run(SequentialWorker(desk.queue, desk.worker).until_idle())

    assert desk.queue.task(task_id).status is TaskStatus.PENDING


def test_a_task_of_a_process_that_died_is_taken_over(desk: Desk, task_id: int) -> None:
    other = Instance(desk.database.paths.instances)
    type(desk.queue)(desk.database, other).claim_next()
    other.close()

    assert asyncio.run(SequentialWorker(desk.queue, desk.worker).work_one())

    assert desk.queue.task(task_id).status is TaskStatus.COMPLETED


def test_a_task_that_is_stopped_goes_back_into_the_queue(
    desk: Desk, task_id: int, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall())

    async def stop_amid() -> None:
        working = asyncio.ensure_future(SequentialWorker(desk.queue, desk.worker).work_one())
        await asyncio.to_thread(scripted_provider.wait_for_requests, 1)
        working.cancel()
        await asyncio.wait({working})
        assert working.cancelled()

    asyncio.run(stop_amid())

    task = desk.queue.task(task_id)
    assert (task.status, task.retry_count) == (TaskStatus.PENDING, 0)
