"""A streaming answer that is stored once a second as it grows."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.writing.kept_answers import keep_if_possible

log = logging.getLogger(__name__)

KEPT_EACH_SECONDS = 1.0
"""Seconds; a crash costs at most this much of an answer."""


class GrowingAnswer:
    """The text so far; ``keep`` writes all of it to disk, on another thread.

    If that fails, the text is still of use: the author sees it.
    """

    def __init__(self, keep: Callable[[str], None]) -> None:
        self._keep = keep
        self._text = self._kept = ""
        self._keeping = threading.Lock()

    def add(self, text: str) -> None:
        """Appends text; an empty one discards what came before."""
        self._text = self._text + text if text else ""

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Stores the text while the block runs, and once more at its end."""
        keeping = asyncio.ensure_future(self._keep_each_second())
        try:
            yield
        finally:
            keeping.cancel()
            await keep_if_possible(self._keep_now)

    async def _keep_each_second(self) -> None:
        while True:
            await asyncio.sleep(KEPT_EACH_SECONDS)
            try:
                await asyncio.to_thread(self._keep_now)
            except ArborisError as error:
                log.warning("an answer is not kept yet: %s", error)

    def _keep_now(self) -> None:
        with self._keeping:
            text = self._text
            if text != self._kept:
                self._keep(text)
                self._kept = text
