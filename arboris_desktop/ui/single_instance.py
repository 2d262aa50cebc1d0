"""One window per data folder: a second start brings the first window forward instead."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_CONNECT_MILLISECONDS = 500


class SingleInstance(QObject):
    """Knows whether this process is the first of the given name for this user."""

    raise_requested = Signal()
    """Another start of the application asks to see the window of this one."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def is_first(self) -> bool:
        """Becomes the first, or tells the process that is the first to raise its window.

        When the system allows no local socket at all, the answer is true: two windows are
        better than none.
        """
        if self._server.isListening():
            return True
        if self._tell_first():
            return False
        if self._server.listen(self._name):
            return True
        # Either somebody was quicker just now, or a crashed process left its socket behind.
        if self._tell_first():
            return False
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("cannot be found by other starts: %s", self._server.errorString())
        return True

    def _tell_first(self) -> bool:
        # The connection is the message: nothing is read from it, so nothing can be sent wrong.
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MILLISECONDS):
            return False
        socket.disconnectFromServer()
        return True

    @Slot()
    def _on_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.abort()
            connection.deleteLater()
            self.raise_requested.emit()
