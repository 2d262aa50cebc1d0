"""A task that is cancelled or released amid a call: the call ends, and nothing is counted.

The server tells when the client has left. It waits at most ten seconds for that, less than any
time-out of these calls: only the stop can have ended them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from tests.faults.provider_desk import PERFECT, STEP, ProviderDesk, failing_with, provider_desk
from tests.support.scripted_provider import Behaviour, drip, keep_alive_only, schema_name, stall

pytestmark = pytest.mark.faults

WAIT_SECONDS = 60.0

UNFINISHED = {
    "before the headers": stall(),
    "before the first word": stall(after=""),
    "amid the stream": stall(after='{"chan'),
    "while nothing but keep-alive comes": keep_alive_only(),
    "while words come": drip(0.02),
}

amid_a_call = pytest.mark.parametrize("answer", UNFINISHED.values(), ids=UNFINISHED)


@contextmanager
def working(
    folder: Path, answer: Behaviour
) -> Iterator[tuple[ProviderDesk, threading.Event, Future[TaskOutcome]]]:
    """A worker whose summary is stored and whose next call is not answered to its end."""
    stop = threading.Event()
    with provider_desk(folder) as desk, ThreadPoolExecutor(1) as pool:
        desk.provider.rule = failing_with((answer,))
        outcome = pool.submit(desk.work, stop=stop)
        try:
            desk.provider.wait_for_requests(2)
            yield desk, stop, outcome
        finally:
            stop.set()


@amid_a_call
def test_cancelling_closes_the_connection(answer: Behaviour, tmp_path: Path) -> None:
    with working(tmp_path, answer) as (desk, stop, outcome):
        desk.queue.cancel(desk.task_id)
        stop.set()

        assert desk.provider.client_left.wait(WAIT_SECONDS)
        assert outcome.result(WAIT_SECONDS).kind is OutcomeKind.LOST
        assert (desk.task.status, desk.task.retry_count) == (TaskStatus.CANCELLED, 0)
        assert desk.queue.failures(desk.task_id) == []
        assert desk.notifications() == []
        assert desk.facts() == []
        assert desk.queue.claim_next() is None


@amid_a_call
def test_quitting_releases_the_task_and_counts_no_retry(answer: Behaviour, tmp_path: Path) -> None:
    with working(tmp_path, answer) as (desk, stop, outcome):
        stop.set()

        assert desk.provider.client_left.wait(WAIT_SECONDS)
        assert outcome.result(WAIT_SECONDS).kind is OutcomeKind.RELEASED
        task = desk.task
        assert (task.status, task.retry_count, task.not_before) == (TaskStatus.PENDING, 0, None)
        assert (task.error_type, task.lease_owner) == (None, None)
        assert desk.queue.failures(desk.task_id) == []

        desk.provider.rule = PERFECT
        assert desk.work().kind is OutcomeKind.COMPLETED
        assert len(desk.requests_for(AnalysisStep.SUMMARY)) == 1
        assert len(desk.requests_for(STEP)) == 2


def test_a_task_that_was_cancelled_elsewhere_ends_at_the_next_heartbeat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.tasks.supervision.HEARTBEAT_SECONDS", 0.05)
    with working(tmp_path, stall(after='{"chan')) as (desk, _stop, outcome):
        desk.queue.cancel(desk.task_id)

        assert desk.provider.client_left.wait(WAIT_SECONDS)
        assert outcome.result(WAIT_SECONDS).kind is OutcomeKind.LOST
        assert desk.task.status is TaskStatus.CANCELLED


def test_a_stop_before_the_first_call_asks_nothing(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with provider_desk(tmp_path) as desk:
        assert desk.work(stop=stop).kind is OutcomeKind.RELEASED

        assert desk.provider.requests == []
        assert (desk.task.status, desk.task.retry_count) == (TaskStatus.PENDING, 0)


def test_a_step_that_was_answered_when_the_app_quits_is_not_paid_for_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worker looks at the flag only before a call, so that this one ends by itself.
    monkeypatch.setattr("arboris_desktop.tasks.supervision.LOOK_SECONDS", WAIT_SECONDS)
    stop = threading.Event()

    def quit_while_answering(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == STEP:
            stop.set()
        return PERFECT(request)

    with provider_desk(tmp_path) as desk:
        desk.provider.rule = quit_while_answering

        assert desk.work(stop=stop).kind is OutcomeKind.RELEASED
        assert desk.work().kind is OutcomeKind.COMPLETED
        assert len(desk.requests_for(STEP)) == 1
