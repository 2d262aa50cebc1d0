"""A growing text, written to the disk once a second off the event loop's thread."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from arboris_desktop.domain.errors import StorageError

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

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._pieces)

    async def add(self, text: str) -> None:
        """Takes what came; raises a ``StorageError`` that no waiting mends."""
        self._pieces.append(text)
        if time.monotonic() - self._tried_at < CHECKPOINT_SECONDS:
            return
        try:
            await asyncio.to_thread(self.save)
        except StorageError as error:
            # The stream goes on, since it is paid for: the next second may be a better one.
            if not error.retryable:
                raise
            log.warning("the text is not saved yet: %s", error)
        self._tried_at = time.monotonic()

    def save(self) -> None:
        """Stores what has come by now, if that is more than is stored; for any thread."""
        with self._saving:
            text = self.text
            if len(text) == self._saved_characters:
                return
            self._store(text)
            self._saved_characters = len(text)
