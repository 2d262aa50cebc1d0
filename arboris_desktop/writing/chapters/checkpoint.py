"""A growing text, written to the disk once a second off the event loop's thread."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.engine.retrying_store import patiently

log = logging.getLogger(__name__)

CHECKPOINT_SECONDS = 1.0
"""A crash costs at most this much of a streamed chapter."""


class Checkpoint:
    """Gathers the text; ``store`` puts all of it on the disk, and may be called on any thread."""

    def __init__(self, initial: str, store: Callable[[str], None]) -> None:
        self._store = store
        self._pieces = [initial]
        self._saved_characters = len(initial)
        self._tried_at = time.monotonic()
        self._saving = threading.Lock()
        self._later: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._pieces)

    async def add(self, text: str) -> None:
        """Takes what came; raises a ``StorageError`` that no waiting mends."""
        self._pieces.append(text)
        left = CHECKPOINT_SECONDS - (time.monotonic() - self._tried_at)
        if left <= 0:
            await self._try()
        elif self._later is None or self._later.done():
            # A model that pauses adds nothing for a while, and what it wrote before is paid for.
            self._later = asyncio.ensure_future(self._try_in(left))

    async def finish(self) -> None:
        """Stores what is not stored yet, trying for a while; raises ``StorageError``."""
        if self._later is not None:
            self._later.cancel()
        await patiently(self._save)

    async def _try_in(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        try:
            await self._try()
        except StorageError as error:
            # The next words, or the end, will meet it too, and can say so.
            log.warning("the text cannot be saved: %s", error)

    async def _try(self) -> None:
        try:
            await asyncio.to_thread(self._save)
        except StorageError as error:
            # The stream goes on, since it is paid for: the next second may be a better one.
            if not error.retryable:
                raise
            log.warning("the text is not saved yet: %s", error)
        self._tried_at = time.monotonic()

    def _save(self) -> None:
        """Stores what has come by now, if that is more than is stored."""
        with self._saving:
            text = self.text
            if len(text) == self._saved_characters:
                return
            self._store(text)
            self._saved_characters = len(text)
