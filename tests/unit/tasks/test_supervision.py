"""Watching over a call: it is stopped, timed out and kept alive, and always ended."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError, StorageError
from arboris_desktop.tasks import supervision
from arboris_desktop.tasks.supervision import (
    LeaseLostError,
    Supervisor,
    TaskStoppedError,
)


class EndlessCall:
    """A call that never returns by itself, and knows whether it was cancelled."""

    def __init__(self) -> None:
        self.cancelled = False

    async def run(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled = True


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(supervision, "HEARTBEAT_SECONDS", 0.02)


async def _answer() -> str:
    return "answer"


async def _fail() -> None:
    raise ProviderError(ErrorKind.STALLED, "silent")


def test_a_call_gives_its_result_or_its_error() -> None:
    supervisor = Supervisor(threading.Event(), lambda: True, 60)

    assert asyncio.run(supervisor.watch(_answer())) == "answer"
    with pytest.raises(ProviderError, match="silent"):
        asyncio.run(supervisor.watch(_fail()))


def test_a_call_ends_when_it_took_too_long() -> None:
    call = EndlessCall()
    supervisor = Supervisor(threading.Event(), lambda: True, timeout_seconds=0.05)

    with pytest.raises(ProviderError) as caught:
        asyncio.run(supervisor.watch(call.run()))

    assert caught.value.kind is ErrorKind.TOTAL_TIMEOUT
    assert call.cancelled


def test_the_time_limit_is_that_of_the_whole_task() -> None:
    supervisor = Supervisor(threading.Event(), lambda: True, timeout_seconds=0.0)

    with pytest.raises(ProviderError):
        asyncio.run(supervisor.watch(_answer()))


def test_a_call_ends_when_the_task_shall_stop() -> None:
    call, stop = EndlessCall(), threading.Event()

    async def run() -> None:
        asyncio.get_running_loop().call_later(0.03, stop.set)
        await Supervisor(stop, lambda: True, 60).watch(call.run())

    with pytest.raises(TaskStoppedError):
        asyncio.run(run())
    assert call.cancelled


def test_the_heart_beats_until_the_lease_is_lost() -> None:
    call = EndlessCall()
    beats = iter([True, True, False])

    with pytest.raises(LeaseLostError):
        asyncio.run(Supervisor(threading.Event(), lambda: next(beats), 60).watch(call.run()))

    assert call.cancelled
    assert list(beats) == []


LOCKED = StorageError(ErrorKind.DATABASE_LOCKED, "another program is writing")


def test_heartbeats_that_cannot_be_written_do_not_end_the_call() -> None:
    faults = iter([LOCKED, LOCKED, LOCKED])
    written = asyncio.Event()

    def beat() -> bool:
        if fault := next(faults, None):
            raise fault
        written.set()
        return True

    assert asyncio.run(Supervisor(threading.Event(), beat, 60).watch(written.wait()))


def test_a_call_ends_when_the_lease_could_not_be_extended_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervision, "LEASE", timedelta(0))
    call = EndlessCall()

    def beat() -> bool:
        raise LOCKED

    with pytest.raises(StorageError):
        asyncio.run(Supervisor(threading.Event(), beat, 60).watch(call.run()))
    assert call.cancelled


def test_a_lease_outlives_several_missed_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert supervision.LEASE.total_seconds() >= 3 * supervision.HEARTBEAT_SECONDS
