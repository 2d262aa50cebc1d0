"""Coroutines of a desk: after it was stopped, none begins that nobody would wait for."""

from __future__ import annotations

import asyncio

from arboris_desktop.ui.work.coroutines import Coroutines


def test_what_is_asked_for_after_the_stop_never_begins() -> None:
    begun: list[str] = []

    async def work(name: str) -> None:
        begun.append(name)
        await asyncio.Event().wait()

    async def run() -> None:
        failures: list[BaseException] = []
        coroutines = Coroutines(failures.append)
        first = coroutines.spawn(work("before"))
        await asyncio.sleep(0)
        await coroutines.stop()
        late = coroutines.spawn(work("late"))
        await asyncio.wait([late])
        assert first.cancelled()
        assert late.cancelled()
        assert failures == []

    asyncio.run(run())

    assert begun == ["before"]
