"""The signals that end the process while the window is open: the session ends, or somebody wants
it."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.signal_wakeup import SignalWakeup
from arboris_desktop.background.signals import end_signals


class EndSignals(QObject):
    """Passes them on within Qt's loop. Many desktops end a session in no other way."""

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
