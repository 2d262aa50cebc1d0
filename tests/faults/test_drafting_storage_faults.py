"""A chapter that streams while nothing can be stored: the stream goes on, and its text is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError, StorageError
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.writing.chapters import checkpoint
from arboris_desktop.writing.chapters.drafting import DraftStored, DraftText
from tests.faults.disk_faults import DiskFault, Locked, ReadOnly, storage_fault_noticed
from tests.faults.provider_desk import ProviderDesk, provider_desk
from tests.support.scripted_provider import Behaviour, Exchange, delta_of, in_two_parts

pytestmark = pytest.mark.faults

WAIT_SECONDS = 60.0
FIRST = "The rain had followed her home. "
SECOND = "She lit the lamp."

each_fault = pytest.mark.parametrize("kind", [Locked, ReadOnly])


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.02)
    monkeypatch.setattr(checkpoint, "CHECKPOINT_SECONDS", 0.0)


class Scene:
    """A desk, a fault that begins with the next answer, and the moment when it was noticed."""

    def __init__(self, desk: ProviderDesk, fault: DiskFault, noticed: threading.Event) -> None:
        self.desk = desk
        self.fault = fault
        self.noticed = noticed

    def answer_with(self, behaviour: Behaviour) -> None:
        def behave(exchange: Exchange) -> None:
            self.fault.begin()
            behaviour(exchange)

        self.desk.provider.behaviours.append(behave)

    def write(self) -> tuple[str, DraftStored]:
        """Writes the planned chapter; returns what was shown, and what was stored."""

        async def run() -> tuple[str, DraftStored]:
            events = [event async for event in self.desk.drafting.write(self.desk.planned_id)]
            stored = events[-1]
            assert isinstance(stored, DraftStored)
            return "".join(e.text for e in events if isinstance(e, DraftText)), stored

        return asyncio.run(run())

    def offered(self) -> list[str]:
        return [draft.content for draft in self.desk.drafting.left_behind()]


@contextmanager
def scene(kind: type, folder: Path) -> Iterator[Scene]:
    with provider_desk(folder) as desk, storage_fault_noticed() as noticed:
        yield Scene(desk, kind(desk), noticed)


@each_fault
def test_a_fault_amid_the_stream_does_not_end_it(kind: type, tmp_path: Path) -> None:
    gate = threading.Event()
    with scene(kind, tmp_path) as this, ThreadPoolExecutor(1) as pool:
        this.answer_with(in_two_parts(FIRST, SECOND, gate))
        written = pool.submit(this.write)
        assert this.noticed.wait(WAIT_SECONDS)
        this.fault.end()
        gate.set()

        shown, stored = written.result(WAIT_SECONDS)
        assert shown == stored.version.content == FIRST + SECOND
        assert this.offered() == []
        assert len(this.desk.provider.requests) == 1


@each_fault
def test_a_chapter_waits_until_it_can_be_stored(kind: type, tmp_path: Path) -> None:
    gate = threading.Event()
    gate.set()
    with scene(kind, tmp_path) as this, ThreadPoolExecutor(1) as pool:
        this.answer_with(in_two_parts(FIRST, SECOND, gate))
        written = pool.submit(this.write)
        assert this.noticed.wait(WAIT_SECONDS)
        this.fault.end()

        assert written.result(WAIT_SECONDS)[1].version.content == FIRST + SECOND
        assert this.desk.queue.counts().pending == 2


@each_fault
def test_a_stream_that_is_cut_while_nothing_can_be_stored_is_kept(
    kind: type, tmp_path: Path
) -> None:
    def cut(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(delta_of(FIRST))
        exchange.hold(this.noticed)
        exchange.end()

    with scene(kind, tmp_path) as this, ThreadPoolExecutor(1) as pool:
        this.answer_with(cut)
        written = pool.submit(this.write)
        assert this.noticed.wait(WAIT_SECONDS)
        this.fault.end()

        with pytest.raises(ProviderError) as caught:
            written.result(WAIT_SECONDS)
        assert caught.value.kind is ErrorKind.CONNECTION
        assert this.offered() == [FIRST]


@each_fault
def test_a_fault_that_lasts_is_told_and_stores_nothing_by_halves(
    kind: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.1)
    gate = threading.Event()
    gate.set()
    with scene(kind, tmp_path) as this:
        this.answer_with(in_two_parts(FIRST, SECOND, gate))

        with pytest.raises(StorageError) as caught:
            this.write()
        this.fault.end()

        assert caught.value.kind in (ErrorKind.DATABASE_LOCKED, ErrorKind.DATABASE_READ_ONLY)
        with this.desk.database.read() as transaction:
            assert transaction.chapters.versions(this.desk.planned_id) == []
        assert this.desk.queue.counts().pending == 1
