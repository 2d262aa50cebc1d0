"""Storing what is paid for, and so must not be lost to a lock or a full disk of a moment."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from arboris_desktop.domain.errors import StorageError

log = logging.getLogger(__name__)

Result = TypeVar("Result")

AGAIN_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
"""The interval, and the time, in which a write is tried again that a lock or the disk forbids."""


async def patiently(write: Callable[[], Result]) -> Result:
    """Calls ``write`` on another thread until it succeeds, and returns its result.

    Raises the last ``StorageError`` when the time is up, and at once one that no waiting mends.
    ``write`` must leave no trace when it raises, as a transaction does.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await asyncio.to_thread(write)
        except StorageError as error:
            if not error.retryable or time.monotonic() >= until:
                raise
            log.warning("storing is tried again: %s", error)
        await asyncio.sleep(AGAIN_SECONDS)


async def to_its_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Awaits what must not be cut short by a cancellation, which is passed on at its end.

    ``asyncio.shield`` lets the work go on too, but nobody would hear how it ended.
    """
    task = asyncio.ensure_future(work)
    is_cancelled = False
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            is_cancelled = True
    result = task.result()
    if is_cancelled:
        raise asyncio.CancelledError
    return result
