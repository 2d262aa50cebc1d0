"""Limits on calls that apply across all processes and machines of one library."""

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
"""Seconds between two checks whether a place has been given back or a limit raised."""


class SharedPlaces(Protocol):
    """The shared registry in which all processes count their calls. Each method blocks."""

    def take(self, place: str, at_once: int, per_minute: int) -> tuple[int, float]:
        """Returns the number of a call that may begin now, and 0.0; or 0, and the seconds to wait.

        Raises ``ArborisError`` if that cannot be stored.
        """

    def give_back(self, number: int) -> None:
        """Unregisters a call that has ended."""


@asynccontextmanager
async def shared_place(
    places: SharedPlaces | None, profile: ProviderProfile
) -> AsyncIterator[None]:
    """Waits for a place among the calls of all processes and holds it, if the author has set a
    limit.

    Limits that depend on where a server is are left to each process.
    """
    if places is None or not (profile.max_parallel or profile.requests_per_minute):
        yield
        return
    try:
        number = await _taken(places, profile)
    except ArborisError as error:
        # A call need not fail because others cannot be told: this process's own limits apply.
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
        # The process is ending, and its executor takes no more work.
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
        # If a place is taken nevertheless, nobody will use it.
        number, _wait = await taking
        if number:
            await asyncio.to_thread(places.give_back, number)
        raise


def place_of(profile: ProviderProfile) -> str:
    """Returns a name for what a profile's limits protect: on each computer, localhost is another
    server."""
    host = host_of(profile.connection.base_url)
    where = f"{host} of {platform.node()}" if is_loopback(host) else host
    return f"{profile.id} at {where}"[:255]
