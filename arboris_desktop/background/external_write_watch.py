"""Noticing that another process wrote, on a thread that sleeps between its looks."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from arboris_desktop.domain.retry import reconnect_seconds

LOOK_SECONDS = 1.0
"""The interval of the looks: a cancel from another process takes about this long."""

GATHER_SECONDS = 0.03
"""The time for which news of another process are gathered before it looks at them."""


class ExternalWriteWatch(QObject):
    """Looks each second, as long as the window is open, and tells the GUI thread only of changes:
    to send each look from there would wake that thread twice."""

    changed = Signal()
    """Another process wrote."""

    failed = Signal(object)
    """An exception of a look; the next one comes all the same."""

    def __init__(self, look: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The thread holds no reference to this object, which it could be the last to have.
        self._looks = _Looks(look, self.changed.emit, self.failed.emit)
        self._thread = threading.Thread(target=self._looks.run, name="elsewhere", daemon=True)
        self.destroyed.connect(self._looks.end)

    def start(self) -> None:
        """Begins to look, in a second for the first time."""
        self._thread.start()

    def look_soon(self) -> None:
        """Looks without waiting for the second to pass; may be called on any thread."""
        self._looks.come_soon()

    def stop(self, seconds: float) -> None:
        """Looks no more; waits so long for a look that is under way."""
        self._looks.end()
        if self._thread.is_alive():
            self._thread.join(seconds)


class _Looks:
    def __init__(
        self,
        look: Callable[[], bool],
        tell_change: Callable[[], object],
        tell_failure: Callable[[Exception], object],
    ) -> None:
        self._look = look
        self._tell_change, self._tell_failure = tell_change, tell_failure
        self._soon, self._ended = threading.Event(), threading.Event()
        self._failures = 0
        """Looks that failed one after the other: the next one waits longer with each."""

    def come_soon(self) -> None:
        self._soon.set()

    def end(self) -> None:
        self._ended.set()
        self._soon.set()

    def run(self) -> None:
        while self._next_is_due():
            try:
                has_changed = self._look()
            except Exception as error:
                # Whatever it was, the handler on the GUI thread reports it.
                self._failures += 1
                if not self._ended.is_set():
                    self._tell_failure(error)
            else:
                self._failures = 0
                if has_changed and not self._ended.is_set():
                    self._tell_change()

    def _next_is_due(self) -> bool:
        """Waits until a look is due; false when none is to come any more."""
        seconds = reconnect_seconds(self._failures) if self._failures else LOOK_SECONDS
        if self._soon.wait(seconds) and not self._ended.wait(GATHER_SECONDS):
            self._soon.clear()
        return not self._ended.is_set()
