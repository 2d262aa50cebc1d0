"""Long work on another thread with progress and cancellation."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from arboris_desktop.background.operations import Operations
from arboris_desktop.exchange.progress import Progress, StoppedError
from arboris_desktop.text.prose import at_most, one_line

Result = TypeVar("Result")

_LONGEST_TITLE = 120
_SMALLEST_STEP = 0.005


class CancellableWork(QObject):
    """Runs one piece of work at a time, after the writes that were requested before it.

    It lives as long as the window, so that the thread can always report its progress.
    """

    _came = Signal(float)

    def __init__(self, window: QWidget, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._operations = operations
        self.turn = asyncio.Lock()
        """Held while asking about a file and processing it, so that files are handled one after the
        other."""

    async def run(self, doing: str, work: Callable[[Progress], Result]) -> Result:
        """Returns the work's result.

        Raises the work's errors, and ``StoppedError`` if the author cancelled it. Cancelling the
        coroutine stops the work, too.
        """
        from arboris_desktop.ui.files.progress_dialog import ProgressDialog

        stop = threading.Event()
        dialog = ProgressDialog(doing, self._window)
        dialog.stop_requested.connect(stop.set)
        self._came.connect(dialog.show_share)
        dialog.start()
        try:
            return await self._operations.call(lambda: work(self._progress(stop)))
        finally:
            stop.set()
            self._came.disconnect(dialog.show_share)
            dialog.finish()

    def _progress(self, stop: threading.Event) -> Progress:
        told = 0.0

        def tell(share: float) -> None:
            nonlocal told
            if stop.is_set():
                raise StoppedError
            if share - told >= _SMALLEST_STEP or share == 1.0:
                told = share
                self._came.emit(share)

        return tell


def shortened(text: str, longest: int = _LONGEST_TITLE) -> str:
    """A title or a file's name as it is told while the work goes on, and after it."""
    return at_most(longest, one_line(text))
