"""The gate before a provider: over threads and event loops, fairly, and without busy waiting."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.call_gate import MINUTE, CallGate

WAIT_SECONDS = 60.0


class Counter:
    """A counter of how many are inside at once, over all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self.most = 0
        self.entered = 0

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            self.entered += 1
            self.most = max(self.most, self._inside)

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._inside -= 1


@settings(max_examples=15, deadline=None)
@given(
    limit=st.integers(1, 4), threads=st.integers(1, 4), calls=st.integers(1, 6), cut=st.booleans()
)
def test_no_more_than_allowed_get_in_and_all_do(
    limit: int, threads: int, calls: int, cut: bool
) -> None:
    gate, counter = CallGate(limit), Counter()

    async def call(number: int) -> None:
        async with gate.place(background=number % 2 == 0):
            with counter:
                await asyncio.sleep(0)

    async def one_loop() -> None:
        running = [asyncio.ensure_future(call(number)) for number in range(calls)]
        if cut:
            # Those that give up, waiting or inside, leave no place taken.
            await asyncio.sleep(0)
            running[0].cancel()
        await asyncio.gather(*running, return_exceptions=True)

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(asyncio.run, one_loop()) for _ in range(threads)]:
            done.result(WAIT_SECONDS)

    assert counter.most <= limit
    assert threads * (calls - cut) <= counter.entered <= threads * calls
    asyncio.run(asyncio.wait_for(one_loop(), WAIT_SECONDS))


def test_who_is_waited_for_goes_first_and_the_others_as_they_came() -> None:
    gate, order = CallGate(1), []

    async def call(name: str, *, background: bool) -> None:
        async with gate.place(background=background):
            order.append(name)

    async def play() -> None:
        async with gate.place():
            waiting = [
                asyncio.ensure_future(call("analysis 1", background=True)),
                asyncio.ensure_future(call("analysis 2", background=True)),
                asyncio.ensure_future(call("chapter 1", background=False)),
                asyncio.ensure_future(call("chapter 2", background=False)),
            ]
            await asyncio.sleep(0)
        await asyncio.gather(*waiting)

    asyncio.run(play())
    assert order == ["chapter 1", "chapter 2", "analysis 1", "analysis 2"]


def test_a_minute_holds_so_many_beginnings() -> None:
    now = [1000.0]
    gate = CallGate(requests_per_minute=2, monotonic=lambda: now[0])

    async def play() -> None:
        for _ in range(2):
            async with gate.place():
                pass
        third = asyncio.ensure_future(_through(gate))
        await asyncio.sleep(0.02)
        assert not third.done()
        now[0] += MINUTE
        gate.limit_to(0, 3)  # wakes it, as the passing of the minute would
        await asyncio.wait_for(third, WAIT_SECONDS)

    asyncio.run(play())


def test_it_opens_by_itself_when_the_time_has_come() -> None:
    gate = CallGate()
    gate.pause(0.05)

    async def play() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.wait_for(_through(gate), WAIT_SECONDS)
        return loop.time() - began

    assert asyncio.run(play()) >= 0.04


def test_a_long_pause_is_told_instead_of_waited_for() -> None:
    gate = CallGate()
    gate.pause(3600)
    with pytest.raises(ProviderError) as caught:
        asyncio.run(_through(gate))
    assert caught.value.kind is ErrorKind.RATE_LIMITED
    assert caught.value.retry_after == pytest.approx(3600, abs=5)

    gate.reopen()
    asyncio.run(asyncio.wait_for(_through(gate), WAIT_SECONDS))


def test_a_raised_limit_lets_those_in_who_wait() -> None:
    gate = CallGate(1)

    async def play() -> None:
        async with gate.place():
            second = asyncio.ensure_future(_through(gate))
            await asyncio.sleep(0.02)
            assert not second.done()
            gate.limit_to(2, 0)
            await asyncio.wait_for(second, WAIT_SECONDS)

    asyncio.run(play())


async def _through(gate: CallGate) -> None:
    async with gate.place():
        pass
