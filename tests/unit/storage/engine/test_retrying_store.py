"""Writing again and again while a lock or a full disk forbids it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine.retrying_store import patiently


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
