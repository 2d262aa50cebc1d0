"""Limits of calls that hold over all processes and machines at one library."""

from __future__ import annotations

import asyncio
import logging
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.profiles import ProviderProfile, host_of, is_loopback

log = logging.getLogger(__name__)

LONGEST_SLEEP = 1.0
"""Seconds until it is looked again: a place may be given back, or a limit be raised."""


class SharedPlaces(Protocol):
    """The shared place where all processes count their calls. Each method blocks."""

    def take(self, place: str, at_once: int, per_minute: int) -> tuple[int, float]:
        """The number of a call that may begin now, and 0.0; or 0, and the seconds to wait.

        Raises ``ArborisError`` where that cannot be stored.
        """

    def give_back(self, number: int) -> None:
        """Says that a call has ended."""


@asynccontextmanager
async def shared_place(
    places: SharedPlaces | None, profile: ProviderProfile
) -> AsyncIterator[None]:
    """Waits for a place among the calls of all, and holds it, if the author has set a limit.

    What goes by where a server is, is right for each process: it knows nothing of the others'.
    """
    if places is None or not (profile.max_parallel or profile.requests_per_minute):
        yield
        return
    try:
        number = await _taken(places, profile)
    except ArborisError as error:
        # What is asked for need not fail because others cannot be told: this process's limits hold.
        log.warning("a call is not counted for other processes: %s", error)
        number = 0
    try:
        yield
    finally:
        if number:
            await _give_back(places, number)


async def _give_back(places: SharedPlaces, number: int) -> None:
    try:
        await asyncio.shield(asyncio.to_thread(places.give_back, number))
    except RuntimeError:
        # The process is ending and lends no thread any more.
        places.give_back(number)


async def _taken(places: SharedPlaces, profile: ProviderProfile) -> int:
    while True:
        number, wait = await _take(places, profile)
        if number:
            return number
        await asyncio.sleep(min(wait, LONGEST_SLEEP))


async def _take(places: SharedPlaces, profile: ProviderProfile) -> tuple[int, float]:
    limits = profile.max_parallel, profile.requests_per_minute
    taking = asyncio.ensure_future(asyncio.to_thread(places.take, place_of(profile), *limits))
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        # Whatever place is taken all the same, nobody will use it.
        number, _wait = await taking
        if number:
            await asyncio.to_thread(places.give_back, number)
        raise


def place_of(profile: ProviderProfile) -> str:
    """A name for what the limits of a profile protect: a server on this computer is another one
    on each."""
    host = host_of(profile.connection.base_url)
    where = f"{host} of {platform.node()}" if is_loopback(host) else host
    return f"{profile.id} at {where}"[:255]
