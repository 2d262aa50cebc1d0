"""A disk that lets the studio wait."""

from __future__ import annotations

import asyncio
import threading

from tests.support.studio_stage import WAIT_SECONDS, Stage


class SlowDisk:
    """Keeps whatever is asked for after it waiting, until it is let go."""

    def __init__(self, stage: Stage) -> None:
        self._awake = threading.Event()
        self._ended = stage.studio._operations.call(lambda: self._awake.wait(WAIT_SECONDS))

    async def let_go(self) -> None:
        """Does all that was asked for meanwhile."""
        self._awake.set()
        await self._ended


async def turns() -> None:
    """Lets what was begun ask for what it needs."""
    for _ in range(5):
        await asyncio.sleep(0)
