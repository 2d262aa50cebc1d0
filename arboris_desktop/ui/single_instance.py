"""One window per data folder: the holder of its lock is the first, and listens to later starts.

The lock decides, and the system releases it when its holder dies. The address of the first window
is in a file beside it, in a folder that no other user can enter, so that nobody can block a start,
or learn what it was given.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from arboris_desktop.background.local_peer import has_left, is_same_user
from arboris_desktop.domain.record import record
from arboris_desktop.storage.engine.instances import give_up
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.private_files import FILE_MODE, close_to_others, private_opener
from arboris_desktop.ui.files.opened_files import LONGEST_PATH_BYTES, usable_path
from arboris_desktop.ui.sandbox import runtime_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

ANSWER = b"raised\n"
"""The answer of the first window once it is raised and the file is queued."""

PATIENCE_MS = 2000
"""Milliseconds that another process may take to send its request."""

_LONGEST_SOCKET = 100
"""In bytes; systems allow 103 or 107."""

_SOCKET = "window-"
_FOLDER = "arboris-window-"
"""The prefix of the socket's name, and of a private folder for it."""


@record
class FirstWindow:
    """The process of the first window, and its address: empty unless it listens."""

    process: int
    socket: str


class SingleInstance(QObject):
    """This process as the first window of a data folder, or one that finds it taken."""

    raise_requested = Signal()
    """Another process asks to see this window."""

    file_opened = Signal(object)
    """Another process was given a file; its absolute path. ``raise_requested`` came before it."""

    def __init__(self, paths: DataPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._lock = FileLock(paths.window_lock, mode=FILE_MODE, thread_local=False)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Becomes the first, unless another process is. Later starts can name its process from
        here on, whatever it hangs at.

        Also returns true if nothing can be locked: two windows are better than none, and problems
        of the folder are reported when the data is opened.
        """
        if self._lock.is_locked:
            return True
        try:
            self._paths.create()
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            log.warning("other starts are not noticed: %s", error)
        else:
            self._clear_left()
            self._write_address("")
        return True

    def listen(self) -> None:
        """Listens to other processes; only for the first, with a window to be raised."""
        if self._server is not None:
            return
        self._clear_left()
        for place in self._places():
            if self._listens_at(place):
                return
            _remove(place)

    def stop_listening(self) -> None:
        """Lets other processes wait while the window is closed or recreated."""
        if self._server is None:
            return
        place = self._server.fullServerName()
        self._server.close()
        self._server.deleteLater()
        self._server = None
        if not self._lock.is_locked:
            self._remove_address()
        elif self._is_ours():  # Not that of a window which was opened beside this one.
            self._write_address("")
        _remove(place)

    def release(self) -> None:
        """Lets another process be the first."""
        self.stop_listening()
        if self._lock.is_locked:
            self._remove_address()
            give_up(self._lock)

    def first(self) -> FirstWindow | None:
        """Returns the window of another process, if there is one that could say who it is."""
        try:
            process, _, place = self._paths.window_address.read_text("utf-8").partition("\n")
            return FirstWindow(int(process), place)
        except (OSError, ValueError):
            return None

    def _listens_at(self, place: str) -> bool:
        # A start reads it once its window is there.
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if server.listen(place) and self._write_address(place):
            close_to_others(Path(place))
            self._server = server
            return True
        log.warning("other starts are not heard at %s: %s", place, server.errorString())
        server.close()
        server.deleteLater()
        return False

    def _places(self) -> Iterator[str]:
        """Yields possible locations of the socket, the best first: paths are limited in length, and
        not every disk supports sockets.

        No name was used before.
        """
        if not self._paths.home.exists():
            return
        name = f"{_SOCKET}{uuid.uuid4().hex[:12]}"
        if os.name == "nt":
            yield f"arboris-{name}"
            return
        beside = self._paths.home / name
        if len(os.fsencode(beside)) <= _LONGEST_SOCKET:
            yield str(beside)
        for folder in (runtime_folder(os.environ), tempfile.gettempdir()):
            with contextlib.suppress(OSError):
                if folder is not None:
                    yield str(Path(tempfile.mkdtemp(prefix=_FOLDER, dir=folder), name))

    def _write_address(self, place: str) -> bool:
        file = self._paths.window_address
        try:
            with open(file, "w", encoding="utf-8", opener=private_opener) as opened:
                opened.write(f"{os.getpid()}\n{place}")
        except OSError as error:
            log.warning("the address of the window: %s", error)
            return False
        return True

    def _is_ours(self) -> bool:
        first = self.first()
        return first is not None and first.process == os.getpid()

    def _remove_address(self) -> None:
        if self._is_ours():
            with contextlib.suppress(OSError):
                self._paths.window_address.unlink(missing_ok=True)

    def _clear_left(self) -> None:
        """Removes the remains of a killed window, whose socket does not answer."""
        if (first := self.first()) is not None:
            _remove(first.socket)

    @Slot()
    def _on_connection(self) -> None:
        while self._server and (connection := self._server.nextPendingConnection()) is not None:
            if is_same_user(int(connection.socketDescriptor())):
                _Caller(connection, self).said.connect(self._on_said)
            else:
                log.warning("another user's process wanted the window")
                connection.abort()
                connection.deleteLater()

    @Slot(object)
    def _on_said(self, words: bytes) -> None:
        self.raise_requested.emit()
        if (path := _path_in(words)) is not None:
            self.file_opened.emit(path)


class _Caller(QObject):
    """Listens to another process until its request is complete, too long, or too slow.

    It holds no reference to its parent, which would otherwise be deleted while the child ends.
    """

    said = Signal(object)
    """Its request, once; empty if it is too long. Then it is answered."""

    def __init__(self, connection: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        connection.setParent(self)
        self._connection = connection
        self._words = b""
        self._has_ended = False
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(self._leave)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._leave)
        # Who connects to us is reported later.
        self._patience.start(PATIENCE_MS)
        QTimer.singleShot(0, self, self._read)

    @Slot()
    def _read(self) -> None:
        if self._has_ended or not self._connection.bytesAvailable():
            return
        room = LONGEST_PATH_BYTES + 1 - len(self._words)
        self._words += bytes(self._connection.read(room).data())
        if len(self._words) > LONGEST_PATH_BYTES:
            self._words = b"\n"
        if self._words.endswith(b"\n"):
            self._answer()

    def _answer(self) -> None:
        """Handles the request, if the process still waits: the author may have given up."""
        if not has_left(int(self._connection.socketDescriptor())):
            self.said.emit(self._words[:-1])
            self._connection.write(ANSWER)
            self._connection.flush()
            self._connection.disconnectFromServer()
        self._leave()

    @Slot()
    def _leave(self) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        self._patience.stop()
        self.deleteLater()


def _remove(place: str) -> None:
    """Removes a socket, and the folder that was made for it."""
    path = Path(place)
    if os.name == "nt" or not path.name.startswith(_SOCKET):
        return
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        if path.parent.name.startswith(_FOLDER):
            path.parent.rmdir()


def _path_in(said: bytes) -> Path | None:
    try:
        return usable_path(said.decode("utf-8"))
    except UnicodeDecodeError:
        return None
