"""A second start that finds the data folder in use by another window."""

from __future__ import annotations

import os
import sys
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from arboris_desktop.background.local_peer import is_same_user
from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.ui.single_instance import ANSWER, SingleInstance
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.widgets.dialogs import MessageBox

_AGAIN_MS = 200
_COMPLAIN_MS = 5000

_UNSEEN = ("offscreen", "minimal")
"""Qt platforms without a visible screen."""


class Outcome(Enum):
    """The result."""

    HANDED_OVER = auto()
    """The first window has been raised, and knows the file."""

    FIRST = auto()
    """The other window is gone: this process is the first now."""

    BESIDE = auto()
    """The author wants a window here, although the other one does not respond."""

    GIVEN_UP = auto()
    """Nothing was opened anywhere."""


class HandOver(QObject):
    """Tries until the first window has answered, or is gone and has left its place to this process.

    It stays connected meanwhile, so that its request is handled as soon as the other process can,
    and not at all if this one has ended before.
    """

    ended = Signal(object)
    """The ``Outcome``, once."""

    def __init__(
        self, single: SingleInstance, file: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._single = single
        self._words = b"" if file is None else str(file.absolute()).encode("utf-8", "replace")
        self._has_ended = False
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._ask)
        self._socket.readyRead.connect(self._hear)
        self._socket.disconnected.connect(self._try_later)
        self._socket.errorOccurred.connect(self._try_later)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self._try)

    def start(self) -> None:
        """Starts, within an event loop."""
        self._timer.start(0)

    def stop(self) -> None:
        """Stops contacting the other window."""
        self._has_ended = True
        self._timer.stop()
        self._socket.abort()

    @Slot()
    def _try(self) -> None:
        first = self._single.first()
        if self._single.claim():
            self._end(Outcome.FIRST)
        elif first is None or not first.socket:
            self._try_later()
        else:
            self._socket.abort()
            self._socket.connectToServer(first.socket)

    @Slot()
    def _try_later(self) -> None:
        if not self._has_ended:
            self._timer.start(_AGAIN_MS)

    @Slot()
    def _ask(self) -> None:
        # Nobody else is told what the author opens.
        if is_same_user(int(self._socket.socketDescriptor())):
            self._socket.write(self._words + b"\n")
        else:
            self._socket.abort()

    @Slot()
    def _hear(self) -> None:
        if self._socket.canReadLine() and self._socket.readLine().data() == ANSWER:
            self._end(Outcome.HANDED_OVER)

    def _end(self, outcome: Outcome) -> None:
        if not self._has_ended:
            self.stop()
            self.ended.emit(outcome)


class NoAnswer(MessageBox):
    """Says that the first window does not respond, and continues to wait for it."""

    def __init__(self, process: int | None) -> None:
        super().__init__(QMessageBox.Icon.Warning, "")
        self.setText(self.tr("Arboris has your novels open already, and does not answer."))
        words = [
            self.tr("What was saved is safe. Its window comes to the front as soon as it answers."),
            self._way_out(process),
            self.tr("Another window is possible too; both write into the same novels."),
        ]
        self.setInformativeText("\n".join(words))
        beside = self.addButton(self.tr("Open Another Window"), QMessageBox.ButtonRole.AcceptRole)
        leave = self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        self._beside = beside
        self.setEscapeButton(leave)
        self.setDefaultButton(leave)

    def _way_out(self, process: int | None) -> str:
        if process is None:
            return self.tr("If it never does, end its process: Arboris then opens here by itself.")
        return self.tr(
            "If it never does, end its process ({number}): Arboris then opens here by itself."
        ).format(number=process)

    def outcome(self) -> Outcome:
        """The author's choice."""
        return Outcome.BESIDE if self.clickedButton() is self._beside else Outcome.GIVEN_UP


class SecondStart(QObject):
    """Passes a request to the first window; asks the author if that does not respond."""

    def __init__(
        self, application: QApplication, single: SingleInstance, file: Path | None
    ) -> None:
        super().__init__()
        self._application = application
        self._single = single
        self._loop = QEventLoop()
        self._outcome: Outcome | None = None
        self._box: NoAnswer | None = None
        self._hand = HandOver(single, file, self)
        self._hand.ended.connect(self._end)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._complain)

    def run(self) -> Outcome:
        """Blocks until it is decided."""
        self._patience.start(_COMPLAIN_MS)
        self._hand.start()
        self._loop.exec()
        self._patience.stop()
        self._hand.stop()
        if self._box is not None:
            self._box.close()
        assert self._outcome is not None
        return self._outcome

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        # The first result counts: closing the message is then no choice.
        self._outcome = self._outcome or outcome
        self._loop.quit()

    @Slot()
    def _complain(self) -> None:
        first = self._single.first()
        process = first.process if first is not None and not _hides_processes() else None
        named = "" if process is None else f" (process {process})"
        sys.stderr.write(f"arboris-desktop: the window that is open does not answer{named}\n")
        if QGuiApplication.platformName() in _UNSEEN:
            self._end(Outcome.GIVEN_UP)
            return
        # The author's choice of language is in the database.
        Translations(self._application).apply(InterfaceLanguage.SYSTEM)
        box = self._box = NoAnswer(process)
        box.finished.connect(lambda _result: self._end(box.outcome()))
        box.open()


def _hides_processes() -> bool:
    """True if process ids differ from those the author sees, as in a Flatpak."""
    return "FLATPAK_ID" in os.environ
