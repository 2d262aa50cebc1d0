"""Writing again and again while a lock or a full disk forbids it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine.retrying_store import patiently, to_its_end


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.0)


def failing(times: int, kind: ErrorKind) -> tuple[Callable[[], str], list[int]]:
    """A write that fails so often, and the list of its calls."""
    calls: list[int] = []

    def write() -> str:
        calls.append(len(calls))
        if len(calls) <= times:
            raise StorageError(kind, "not now")
        return "stored"

    return write, calls


@pytest.mark.parametrize("kind", [ErrorKind.DISK_FULL, ErrorKind.DATABASE_LOCKED])
def test_a_passing_fault_is_waited_for(kind: ErrorKind) -> None:
    write, calls = failing(3, kind)
    assert asyncio.run(patiently(write)) == "stored"
    assert len(calls) == 4


def test_a_lasting_fault_is_told_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.0)
    write, calls = failing(3, ErrorKind.DISK_FULL)
    with pytest.raises(StorageError):
        asyncio.run(patiently(write))
    assert len(calls) == 1


def test_what_no_waiting_mends_is_told_at_once() -> None:
    write, calls = failing(1, ErrorKind.DATABASE_CORRUPT)
    with pytest.raises(StorageError):
        asyncio.run(patiently(write))
    assert len(calls) == 1


def test_work_that_must_not_be_cut_short_ends_and_tells_how_also_when_cancelled_twice() -> None:
    """The cancellation is passed on, unless the work has something worse to say."""
    ended: list[str] = []

    async def store(*, fails: bool) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        ended.append("stored")
        if fails:
            raise StorageError(ErrorKind.DISK_FULL, "not now")

    async def cancelled_twice(*, fails: bool) -> BaseException | None:
        task = asyncio.ensure_future(to_its_end(store(fails=fails)))
        for _ in range(2):
            await asyncio.sleep(0)
            task.cancel()
        (end,) = await asyncio.gather(task, return_exceptions=True)
        return end

    assert isinstance(asyncio.run(cancelled_twice(fails=False)), asyncio.CancelledError)
    assert isinstance(asyncio.run(cancelled_twice(fails=True)), StorageError)
    assert ended == ["stored", "stored"]
