"""Letting Python see to a signal while Qt's loop waits."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


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
