"""The base of the desks that ask a model, and show the course of a call in its bar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.work.desk import Work
from arboris_desktop.writing.call_events import CallAnswer, CallEvent

Tell = Callable[[CallEvent | CallAnswer[Any]], None]
"""Shows in the bar how a call goes, and its end."""


class AskingDesk(NovelDesk):
    """Runs one call of a bar at a time; asking for another while one runs does nothing.

    Before the model is asked, what the author typed is saved: it is told the book as it now is.
    A failure is told in the bar, where the author looks.
    """

    cure_requested = Signal(object)
    """The ``Cure`` of what made a call fail."""

    def __init__(self, parent: QObject, operations: Operations) -> None:
        super().__init__(parent)
        self._operations = operations
        self._calls: dict[CallBar, asyncio.Task[None]] = {}
        self._dropped: dict[CallBar, asyncio.Task[None]] = {}
        self._stopping: set[CallBar] = set()

    def is_calling(self, bar: CallBar) -> bool:
        """True if a call of a bar is under way."""
        return bar in self._calls and not self._calls[bar].done()

    def begin_call(self, bar: CallBar, call: Callable[[Tell], Work]) -> None:
        """Runs a coroutine that asks a model and tells its course in a bar.

        One whose answer has come, or that was dropped, may still be ending: it is waited for.
        """
        if self.is_calling(bar) and bar.is_busy:
            return
        ending = self._calls.get(bar) or self._dropped.pop(bar, None)
        if bar not in self._stopping:
            self._stopping.add(bar)
            bar.stop_requested.connect(lambda: self.stop_call(bar))
            if not isinstance(bar.window(), QDialog):
                bar.cure_requested.connect(self.cure_requested)
                bar.lead_to_cures()
        bar.begin()
        self._calls[bar] = self.spawn(self._told_in(bar, call, ending))

    async def _told_in(
        self, bar: CallBar, call: Callable[[Tell], Work], ending: asyncio.Task[None] | None
    ) -> None:
        asked = asyncio.current_task()

        def is_in_sight() -> bool:
            """A call that was dropped may end later, when the bar belongs to another."""
            return self._calls.get(bar) is asked

        def tell(event: CallEvent | CallAnswer[Any]) -> None:
            if is_in_sight():
                bar.show_event(event)

        try:
            if ending is not None:
                await asyncio.wait([ending])
            await self._operations.settled()
            await call(tell)
        except asyncio.CancelledError:
            if is_in_sight():
                bar.show_stopped()
            raise
        except Exception as error:
            # Nothing else is wrong.
            if is_in_sight():
                bar.show_failure(error)

    def stop_call(self, bar: CallBar) -> None:
        """Ends the call that is under way."""
        if bar in self._calls:
            self._calls[bar].cancel()

    def drop_call(self, bar: CallBar) -> None:
        """Ends the call that is under way without a word: what it was for is gone from sight."""
        self.stop_call(bar)
        if (dropped := self._calls.pop(bar, None)) is not None:
            self._dropped[bar] = dropped
        bar.clear()

    async def finish_call(self, bar: CallBar) -> None:
        """Ends the call of a bar that is going to be deleted, and waits for it."""
        if (asked := self._calls.get(bar)) is not None:
            asked.cancel()
            await asyncio.wait([asked])
            del self._calls[bar]
        self._stopping.discard(bar)
        self._dropped.pop(bar, None)
