"""A task whose database is locked, full or read-only for a while: it finishes, nothing is doubled.

The fault begins while the model answers, so that the step that was paid for cannot be stored.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.tasks import supervision
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from tests.faults.disk_faults import (
    DiskFault,
    Full,
    Locked,
    MayNotGrow,
    ReadOnly,
    storage_fault_noticed,
)
from tests.faults.provider_desk import (
    CHANGE,
    PERFECT,
    STEP,
    MovableClock,
    ProviderDesk,
    provider_desk,
)
from tests.faults.small_disk import small_disk
from tests.support.scripted_provider import Behaviour, json_answer, schema_name

pytestmark = pytest.mark.faults

WAIT_SECONDS = 60.0

MANY_CHANGES = [
    CHANGE | {"change": f"{number}. {'她变了。' * 45}", "reason": "海" * 150} for number in range(7)
]
"""Too much for the pages that the database has; Chinese takes more bytes."""


each_fault = pytest.mark.parametrize("kind", [Locked, MayNotGrow, ReadOnly, Full])


class Scene:
    """A desk, its fault, and the moment when the fault was first noticed."""

    def __init__(self, desk: ProviderDesk, fault: DiskFault, noticed: threading.Event) -> None:
        self.desk = desk
        self.fault = fault
        self.noticed = noticed
        self._begun = False
        desk.provider.rule = self._answer

    def _answer(self, request: dict[str, Any]) -> Behaviour:
        if schema_name(request) != STEP:
            return PERFECT(request)
        if not self._begun:
            self._begun = True
            self.fault.begin()
        return json_answer({"changes": MANY_CHANGES})

    def assert_finished_once(self) -> None:
        """Every fact, notification and summary is there once, and only the step was repeated."""
        assert self.desk.task.status is TaskStatus.COMPLETED
        statements = sorted(fact.statement[:2] for fact in self.desk.facts())
        assert statements == [f"{number}." for number in range(7)]
        assert [n.type for n in self.desk.notifications()] == [NotificationType.COMPLETED]
        assert self.desk.summary() == "Mara comes home."
        assert len(self.desk.requests_for(AnalysisStep.SUMMARY)) == 1
        for step in (AnalysisStep.NEW_CHARACTERS, AnalysisStep.FORESHADOWING):
            assert len(self.desk.requests_for(step)) == 1


@contextmanager
def scene(kind: type, folder: Path, clock: MovableClock | None = None) -> Iterator[Scene]:
    with provider_desk(folder, clock=clock) as desk, storage_fault_noticed() as noticed:
        yield Scene(desk, kind(desk), noticed)


@pytest.fixture
def folder(kind: type, tmp_path: Path) -> Iterator[Path]:
    """The folder of the data: on a small disk for the fault that fills it."""
    if kind is not Full:
        yield tmp_path
        return
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        yield disk


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.02)
    monkeypatch.setattr(supervision, "HEARTBEAT_SECONDS", 0.1)


@each_fault
def test_a_step_that_is_paid_for_waits_until_it_can_be_stored(kind: type, folder: Path) -> None:
    with scene(kind, folder) as this, ThreadPoolExecutor(1) as pool:
        outcome: Future[TaskOutcome] = pool.submit(this.desk.work)
        assert this.noticed.wait(WAIT_SECONDS)
        this.fault.end()

        assert outcome.result(WAIT_SECONDS).kind is OutcomeKind.COMPLETED
        this.assert_finished_once()
        assert len(this.desk.requests_for(STEP)) == 1
        assert this.desk.task.retry_count == 0
        assert this.desk.queue.failures(this.desk.task_id) == []


@each_fault
def test_a_task_comes_back_when_the_fault_outlasts_our_patience(
    kind: type, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.2)
    clock = MovableClock()
    with scene(kind, folder, clock) as this:
        outcome = this.desk.work()
        this.fault.end()

        # Where not even the failure could be noted, the lease brings the task back.
        assert outcome.kind in (OutcomeKind.POSTPONED, OutcomeKind.LOST)
        assert outcome.error is not None
        assert outcome.error.value in ("database_locked", "disk_full", "database_read_only")
        if outcome.kind is OutcomeKind.LOST:
            let_the_lease_run_out(this.desk, clock)
        assert this.desk.task.status is TaskStatus.PENDING
        # A worker that was lost is a rescue, not a failed attempt.
        assert this.desk.task.retry_count == int(outcome.kind is OutcomeKind.POSTPONED)

        assert this.desk.work_again().kind is OutcomeKind.COMPLETED
        this.assert_finished_once()
        assert len(this.desk.requests_for(STEP)) == 2


def let_the_lease_run_out(desk: ProviderDesk, clock: MovableClock) -> None:
    assert desk.task.status is TaskStatus.PROCESSING
    clock.ahead += supervision.LEASE.total_seconds() + 1
    assert desk.queue.recover_abandoned() == 0, "its owner may only have slept"
    clock.ahead += supervision.GRACE_SECONDS + 1
    assert desk.queue.recover_abandoned() == 1


def test_no_task_is_claimed_while_nothing_can_be_written(tmp_path: Path) -> None:
    with provider_desk(tmp_path) as desk:
        fault = Locked(desk)
        fault.begin()
        with pytest.raises(StorageError):
            desk.queue.claim_next()
        fault.end()

        assert desk.task.attempt == 0
        assert desk.work().kind is OutcomeKind.COMPLETED
