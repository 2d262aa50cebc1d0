"""Signals of the system within Qt's loop, above all those that end the process."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from arboris_desktop.background.signals import end_signals


class SignalWakeup(QObject):
    """Wakes Qt's loop through a socket when a signal comes, whose handler runs then.

    Python calls a handler only when its interpreter runs next, and a loop that waits runs none.
    """

    woken = Signal(bytes)
    """The numbers of the signals that came, a byte each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)

    @Slot()
    def _on_readable(self) -> None:
        try:
            numbers = self._read.recv(64)
        except BlockingIOError:
            return
        self.woken.emit(numbers)

    def close(self) -> None:
        """Gives the place back to whoever had it."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._read.close()
        self._write.close()


class EndSignals(QObject):
    """Passes on the signals that end the process: many desktops end a session in no other way."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, Any] = {
            number: signal.signal(number, _do_nothing) for number in end_signals()
        }
        self._wakeup = SignalWakeup(self)
        self._wakeup.woken.connect(self._on_woken)

    @Slot(bytes)
    def _on_woken(self, numbers: bytes) -> None:
        if any(number in self._before for number in numbers):
            self.came.emit()

    def close(self) -> None:
        """Gives the signals back to whoever had them."""
        self._wakeup.close()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """There must be a handler, or the signal would end the process."""
