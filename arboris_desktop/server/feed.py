"""New notifications in the order in which they appeared, which need not be that of their ids."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.server.shared_notifications import SharedNotifications
from arboris_desktop.tasks.inbox import Inbox

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.04
"""The interval at which it looks whether anybody wrote; a look costs no query."""

_AFTER_FAULT_SECONDS = 1.0

LATE = 10_000
"""The distance below the largest id at which one may still appear, from a slow transaction."""

_PAGE = 200

_NOBODY = 0
"""In the place of one that was deleted."""


class NotificationFeed:
    """Keeps the order in which the notifications appeared since the server's start.

    An id says little: one transaction may take a low id and commit after another with a higher
    one. Whoever follows is at a place in this order, so that nothing is missing and nothing comes
    twice. Lives in one event loop.
    """

    def __init__(
        self,
        inbox: Inbox,
        has_changed: Callable[[], bool],
        on_change: Callable[[Callable[[], None]], Callable[[], None]],
    ) -> None:
        self._inbox = inbox
        self._texts = SharedNotifications(inbox)
        self._has_changed = has_changed
        self._on_change = on_change
        self._news = asyncio.Event()
        self._order: list[int] = []
        self._places: dict[int, int] = {}
        self._recent: set[int] = set()
        self._floor = 0
        self._appeared = asyncio.Event()
        self._looking = asyncio.Lock()

    async def begin(self) -> None:
        """Learns what is there already; raises ``StorageError``."""
        await asyncio.to_thread(self._has_changed)
        await self.look()

    async def watch(self) -> None:
        """Looks for what appears, for as long as the server runs: when the database tells of it,
        and besides at an interval."""
        loop = asyncio.get_running_loop()
        forget = self._on_change(lambda: _tell(loop, self._news))
        try:
            await self._watch()
        finally:
            forget()

    async def _watch(self) -> None:
        wait = LOOK_SECONDS
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._news.wait()
            self._news.clear()
            try:
                if await asyncio.to_thread(self._has_changed) or wait != LOOK_SECONDS:
                    await self.look()
                wait = LOOK_SECONDS
            except ArborisError as error:
                log.warning("notifications cannot be read: %s", error)
                wait = _AFTER_FAULT_SECONDS

    async def look(self) -> None:
        """Takes in what has appeared, and forgets what is gone: its id may be given again."""
        async with self._looking:
            known = set(self._recent)
            there = await asyncio.to_thread(self._inbox.ids_above, self._floor)
            for number in known.difference(there):
                self._order[self._places.pop(number)] = _NOBODY
                self._recent.discard(number)
            self.add(there)

    def add(self, ids: Iterable[int]) -> None:
        """Takes in ids that somebody has seen, at the end of the order unless they are known."""
        new = sorted(
            number for number in ids if number > self._floor and number not in self._places
        )
        if not new:
            return
        for number in new:
            self._places[number] = len(self._order)
            self._order.append(number)
        self._raise_floor(new)
        # One event for all who wait: a condition would let them go one after the other.
        self._appeared.set()
        self._appeared = asyncio.Event()

    def _raise_floor(self, new: list[int]) -> None:
        self._recent.update(new)
        floor = max(self._recent) - LATE
        if floor > self._floor:
            self._floor = floor
            self._recent = {number for number in self._recent if number > floor}

    def follow(self, after: int | None) -> AsyncIterator[str]:
        """Each notification that appears from now on, as JSON; with ``after``, from that one on.

        If that one is not known, as it was deleted, those of larger ids are given first.
        """
        if after is None:
            return self._from(len(self._order))
        if after in self._places:
            return self._from(self._places[after] + 1)
        larger = sorted(number for number in self._order if number > after)
        return self._from(len(self._order), larger)

    async def _from(self, place: int, first: Sequence[int] = ()) -> AsyncIterator[str]:
        for begin in range(0, len(first), _PAGE):
            for text in await self._texts.of(first[begin : begin + _PAGE]):
                yield text
        while True:
            while len(self._order) <= place:
                await self._appeared.wait()
            page = self._order[place : place + _PAGE]
            for text in await self._texts.of(page):
                yield text
            place += len(page)


def _tell(loop: asyncio.AbstractEventLoop, told: asyncio.Event) -> None:
    """Wakes the watch from another thread; the loop may have ended meanwhile."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(told.set)
