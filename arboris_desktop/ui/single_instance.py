"""One window per data folder: a second start hands over to the first instead."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from arboris_desktop.ui.files.opened_files import LONGEST_PATH_BYTES, usable_path

log = logging.getLogger(__name__)

_CONNECT_MILLISECONDS = 500
_SEND_MILLISECONDS = 2000


class SingleInstance(QObject):
    """Knows whether this process is the first of the given name for this user."""

    raise_requested = Signal()
    """Another start of the application asks to see the window of this one."""

    file_opened = Signal(object)
    """Another start was given a file; its absolute path. ``raise_requested`` came before it."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def is_first(self, file: Path | None = None) -> bool:
        """Becomes the first, or tells the process that is the first to raise its window, and to
        open the file if there is one.

        When the system allows no local socket at all, the answer is true: two windows are
        better than none.
        """
        if self._server.isListening():
            return True
        if self._tell_first(file):
            return False
        if self._server.listen(self._name):
            return True
        # Either somebody was quicker just now, or a crashed process left its socket behind.
        if self._tell_first(file):
            return False
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("cannot be found by other starts: %s", self._server.errorString())
        return True

    def _tell_first(self, file: Path | None) -> bool:
        # The connection itself says that the window is wanted; all that may follow is a path.
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MILLISECONDS):
            return False
        if file is not None:
            socket.write(str(file.absolute()).encode("utf-8", errors="replace"))
            while socket.bytesToWrite() and socket.waitForBytesWritten(_SEND_MILLISECONDS):
                pass
        socket.disconnectFromServer()
        if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(_SEND_MILLISECONDS)
        return True

    @Slot()
    def _on_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            self.raise_requested.emit()
            _Caller(connection, self).said.connect(self._on_said)

    @Slot(object)
    def _on_said(self, words: bytes) -> None:
        if (path := _path_in(words)) is not None:
            self.file_opened.emit(path)


class _Caller(QObject):
    """Listens to another start until that has said all, said too much, or been silent too long.

    It holds no reference to its parent: that would die within the child's own end.
    """

    said = Signal(object)
    """Its words, once; too many of them are none."""

    def __init__(self, connection: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        connection.setParent(self)
        self._connection = connection
        self._words = b""
        self._has_ended = False
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(self._end)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._end)
        is_there = connection.state() is QLocalSocket.LocalSocketState.ConnectedState
        # One that has left already has said what it had to; who connects to us is told later.
        self._patience.start(_SEND_MILLISECONDS if is_there else 0)
        if is_there:
            self._read()

    @Slot()
    def _read(self) -> None:
        if not self._connection.bytesAvailable():
            return
        room = LONGEST_PATH_BYTES + 1 - len(self._words)
        self._words += bytes(self._connection.read(room).data())
        if len(self._words) > LONGEST_PATH_BYTES:
            self._words = b""
            self._finish()

    @Slot()
    def _end(self) -> None:
        if not self._has_ended:
            self._read()
        if not self._has_ended:
            self._finish()

    def _finish(self) -> None:
        self._has_ended = True
        self._patience.stop()
        self._connection.abort()
        self.said.emit(self._words)
        self.deleteLater()


def _path_in(said: bytes) -> Path | None:
    try:
        return usable_path(said.decode("utf-8"))
    except UnicodeDecodeError:
        return None
