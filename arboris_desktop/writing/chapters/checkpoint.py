"""A growing text, written to disk once a second off the event loop's thread."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.chapters.rescue_copy import RescueCopy

log = logging.getLogger(__name__)

Result = TypeVar("Result")
StoreText = Callable[[str, str], None]

CHECKPOINT_SECONDS = 1.0
"""Seconds; a crash costs at most this much of a streamed chapter."""


class Checkpoint:
    """Collects the text.

    ``store`` writes all of it to disk, with the name of its writer, and may be called on any
    thread; if that fails, the text is kept elsewhere.
    """

    def __init__(self, initial: str, store: StoreText, rescue_copy: RescueCopy) -> None:
        self.provider = ""
        self.is_refused = False
        """True if the last attempt to store the text failed."""
        self._store = store
        self._rescue_copy = rescue_copy
        self._pieces = [initial]
        self._initial = self._saved = initial
        self._tried_at = time.monotonic()
        self._saving = threading.Lock()
        self._later: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    async def add(self, text: str) -> None:
        """Appends text and sees that it is saved within a second."""
        self._pieces.append(text)
        left = CHECKPOINT_SECONDS - (time.monotonic() - self._tried_at)
        if left <= 0:
            await self._try()
        elif self._later is None or self._later.done():
            # A pausing model adds nothing for a while, but what it wrote before is paid for.
            self._later = asyncio.ensure_future(self._try_in(left))

    async def finish(self) -> None:
        """Stores what is not stored yet, trying for a while. Raises ``UnsavedTextError``."""
        if self._later is not None:
            self._later.cancel()
        try:
            await patiently(self._save_last)
        except StorageError as error:
            raise self._rescue_copy.unsaved(error) from error

    async def conclude(self, store: Callable[[], Result]) -> Result:
        """Stores the complete text with ``store_all``, trying for a while, and returns its result.

        Raises ``UnsavedTextError``.
        """
        try:
            stored = await patiently(store)
        except StorageError as error:
            await asyncio.to_thread(self._rescue_copy.keep, self.text, self.provider)
            raise self._rescue_copy.unsaved(error) from error
        await asyncio.to_thread(self._rescue_copy.forget)
        return stored

    async def _try_in(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._try()

    async def _try(self) -> None:
        try:
            await asyncio.to_thread(self._save)
        except StorageError as error:
            # The stream continues, since it is paid for: its text is kept elsewhere, and ``finish``
            # reports it.
            log.warning("the text is not saved yet: %s", error)
        self._tried_at = time.monotonic()

    def append(self, text: str) -> None:
        """Appends text without storing it yet."""
        if text:
            self._pieces.append(text)

    def replace(self, text: str) -> None:
        """Replaces the text: some of it did not belong there."""
        self._pieces = [text]

    def _save_last(self) -> None:
        """Stores again what may have been stored in a file that has been lost since."""
        self._save(again=True)

    def _save(self, *, again: bool = False) -> None:
        """Stores what has arrived, if it is not stored."""
        with self._saving:
            text = self.text
            # What did not belong to the text is removed from the disk, too.
            if text == self._saved and not (again and text != self._initial):
                return
            try:
                self._store(text, self.provider)
            except StorageError:
                self.is_refused = True
                self._rescue_copy.keep(text, self.provider)
                raise
            self.is_refused = False
            self._saved = text
            self._rescue_copy.forget()
