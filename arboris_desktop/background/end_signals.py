"""SIGTERM, SIGINT and SIGHUP while the window is open: the session ends, or somebody wants it."""

from __future__ import annotations

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class EndSignals(QObject):
    """Passes them on within Qt's loop. Many desktops end a session in no other way.

    Python handles a signal only when its interpreter runs next, and a window that waits runs
    none: so the signal wakes Qt through a socket. On Windows there are no such signals.
    """

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, object] = {}
        if sys.platform == "win32":
            return
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self._before[number] = signal.signal(number, _do_nothing)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    @Slot()
    def _on_woken(self) -> None:
        try:
            numbers = self._read.recv(64)
        except BlockingIOError:
            return
        if any(number in self._before for number in numbers):
            self.came.emit()

    def close(self) -> None:
        """Gives the signals back to whoever had them."""
        if not self._before:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as `signal` returned it
        self._before.clear()
        self._read.close()
        self._write.close()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """There must be a handler, or the signal would end the process."""
