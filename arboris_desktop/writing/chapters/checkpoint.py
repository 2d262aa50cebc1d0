"""A growing text, written to the disk once a second off the event loop's thread."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.chapters.aside import Aside

log = logging.getLogger(__name__)

Result = TypeVar("Result")
StoreText = Callable[[str, str], None]

CHECKPOINT_SECONDS = 1.0
"""A crash costs at most this much of a streamed chapter."""


class Checkpoint:
    """Gathers the text. ``store`` puts all of it on the disk, with the name of who writes it, and
    may be called on any thread; what it does not take is put aside."""

    def __init__(self, initial: str, store: StoreText, aside: Aside) -> None:
        self.provider = ""
        self.is_refused = False
        """True if the text could not be stored when that was tried last."""
        self._store = store
        self._aside = aside
        self._pieces = [initial]
        self._initial = self._saved = initial
        self._tried_at = time.monotonic()
        self._saving = threading.Lock()
        self._later: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._pieces)

    async def add(self, text: str) -> None:
        """Takes what came, and sees to its being saved within a second."""
        self._pieces.append(text)
        left = CHECKPOINT_SECONDS - (time.monotonic() - self._tried_at)
        if left <= 0:
            await self._try()
        elif self._later is None or self._later.done():
            # A model that pauses adds nothing for a while, and what it wrote before is paid for.
            self._later = asyncio.ensure_future(self._try_in(left))

    async def finish(self) -> None:
        """Stores what is not stored yet, trying for a while; raises ``UnsavedTextError``."""
        if self._later is not None:
            self._later.cancel()
        try:
            await patiently(self._save_last)
        except StorageError as error:
            raise self._aside.unsaved(error) from error

    async def conclude(self, store: Callable[[], Result]) -> Result:
        """Stores the whole text as what it was asked for, trying for a while, and returns what that
        returns; raises ``UnsavedTextError``."""
        try:
            stored = await patiently(store)
        except StorageError as error:
            await asyncio.to_thread(self._aside.keep, self.text, self.provider)
            raise self._aside.unsaved(error) from error
        await asyncio.to_thread(self._aside.forget)
        return stored

    async def _try_in(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._try()

    async def _try(self) -> None:
        try:
            await asyncio.to_thread(self._save)
        except StorageError as error:
            # The stream goes on, since it is paid for: its text is put aside, and ``finish`` tells.
            log.warning("the text is not saved yet: %s", error)
        self._tried_at = time.monotonic()

    def append(self, text: str) -> None:
        """Takes what came last, without storing it yet."""
        if text:
            self._pieces.append(text)

    def replace(self, text: str) -> None:
        """Takes another text in place of all that came: some of that was none."""
        self._pieces = [text]

    def _save_last(self) -> None:
        """Stores once more what may be stored already: in a file that has been lost since."""
        self._save(again=True)

    def _save(self, *, again: bool = False) -> None:
        """Stores what has come by now, if it is not stored."""
        with self._saving:
            text = self.text
            # What came and was none of the text is gone from the disk too.
            if text == self._saved and not (again and text != self._initial):
                return
            try:
                self._store(text, self.provider)
            except StorageError:
                self.is_refused = True
                self._aside.keep(text, self.provider)
                raise
            self.is_refused = False
            self._saved = text
            self._aside.forget()
