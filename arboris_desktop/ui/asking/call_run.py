"""Runs one model call after the other for a panel, and shows its course in the panel's bar."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.writing.asking import CallAnswer, CallEnded, CallEvent, CallText, TellEvent

Value = TypeVar("Value")


class CallRun(QObject):
    """One call at a time; asking for another while one runs does nothing.

    Before the model is asked, what the author typed is saved: it is told the book as it now is.
    A failure is told in the bar. What arrives reaches the handlers on the GUI thread.
    """

    def __init__(self, bar: CallBar, operations: Operations) -> None:
        super().__init__(bar)
        self._bar = bar
        self._operations = operations
        self._task: asyncio.Task[None] | None = None
        self._call: object | None = None
        self._coroutines = Coroutines(lambda _error: None)
        bar.stop_requested.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """True if a call is under way."""
        return self._task is not None and not self._task.done()

    def stream(
        self,
        events: Callable[[], AsyncGenerator[CallEvent, None]],
        on_text: Callable[[str], None],
        on_end: Callable[[CallEnded], None],
    ) -> None:
        """Runs an answer in words; the pieces go to ``on_text``, the whole to ``on_end``."""

        async def run(call: object) -> None:
            async with aclosing(events()) as stream:
                async for event in stream:
                    if not self._is_in_sight(call):
                        return
                    self._bar.show_event(event)
                    if isinstance(event, CallText):
                        on_text(event.text)
                    elif isinstance(event, CallEnded):
                        on_end(event)

        self._start(run)

    def answer(
        self,
        ask: Callable[[TellEvent], Awaitable[CallAnswer[Value]]],
        on_value: Callable[[Value], None],
        on_text: Callable[[str], None] = lambda _text: None,
    ) -> None:
        """Runs a call for an answer of a declared form; its value goes to ``on_value``."""

        async def run(call: object) -> None:
            def tell(event: CallEvent) -> None:
                if self._is_in_sight(call):
                    self._bar.show_event(event)
                    if isinstance(event, CallText):
                        on_text(event.text)

            found = await ask(tell)
            if self._is_in_sight(call):
                self._bar.show_end(found)
                on_value(found.value)

        self._start(run)

    @Slot()
    def stop(self) -> None:
        """Ends the call that is under way."""
        if self._task is not None:
            self._task.cancel()

    def drop(self) -> None:
        """Ends the call that is under way without a word: what it was for is gone from sight.

        What it still brings, such as an answer that was just being stored, reaches nobody.
        """
        self._call = None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._bar.clear()

    async def finish(self) -> None:
        """Ends what is under way and waits for it."""
        await self._coroutines.stop()

    def _start(self, run: Callable[[object], Awaitable[None]]) -> None:
        if not self.is_running:
            self._bar.begin()
            self._call = object()
            self._task = self._coroutines.spawn(self._guarded(run, self._call))

    async def _guarded(self, run: Callable[[object], Awaitable[None]], call: object) -> None:
        try:
            await self._operations.settled()
            await run(call)
        except asyncio.CancelledError:
            if self._is_in_sight(call):
                self._bar.show_stopped()
            raise
        except Exception as error:
            # The bar is where the author looks; nothing else is wrong.
            if self._is_in_sight(call):
                self._bar.show_failure(error)

    def _is_in_sight(self, call: object) -> bool:
        """True if the bar still belongs to a call; a dropped one may end later."""
        return call is self._call
