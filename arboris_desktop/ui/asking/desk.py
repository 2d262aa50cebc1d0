"""The base class of desks that ask a model and show the course of a call in a bar."""

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
"""Called with the events of a call."""


class AskingDesk(NovelDesk):
    """Runs one call per bar at a time; another request while one runs is ignored.

    What the author typed is saved before the model is asked, so that it sees the present text.
    Failures are shown in the bar, where the author looks.
    """

    cure_requested = Signal(object)
    """The ``Cure`` for what made a call fail."""

    def __init__(self, parent: QObject, operations: Operations) -> None:
        super().__init__(parent)
        self._operations = operations
        self._calls: dict[CallBar, asyncio.Task[None]] = {}
        self._dropped: dict[CallBar, asyncio.Task[None]] = {}
        self._stopping: set[CallBar] = set()

    def is_calling(self, bar: CallBar) -> bool:
        """True if a call of the bar is running."""
        return bar in self._calls and not self._calls[bar].done()

    def begin_call(self, bar: CallBar, call: Callable[[Tell], Work]) -> None:
        """Runs a coroutine that asks a model and reports to a bar.

        A previous one whose answer has arrived, or that was cancelled, may still be ending: this
        waits for it.
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
            """A cancelled call may end later, when the bar belongs to another."""
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
        """Stops the running call."""
        if bar in self._calls:
            self._calls[bar].cancel()

    def drop_call(self, bar: CallBar) -> None:
        """Cancels the running call silently: its subject is no longer shown."""
        self.stop_call(bar)
        if (dropped := self._calls.pop(bar, None)) is not None:
            self._dropped[bar] = dropped
        bar.clear()

    async def finish_call(self, bar: CallBar) -> None:
        """Cancels the call of a bar that is about to be deleted, and waits for it."""
        if (asked := self._calls.get(bar)) is not None:
            asked.cancel()
            await asyncio.wait([asked])
            del self._calls[bar]
        self._stopping.discard(bar)
        self._dropped.pop(bar, None)
