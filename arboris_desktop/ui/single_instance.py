"""One window per data folder: who has its lock is the first, and listens to later starts.

The lock decides, and the system frees it when its holder dies. How the first is reached stands in a
file beside it, in a folder that no other user may enter: nobody else can stand in the way of a
start, or be told what another start was given.
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
"""The word of the first when its window is in front, and the file is noted."""

PATIENCE_MS = 2000
"""The time that another start may take to say what it wants."""

_LONGEST_SOCKET = 100
"""In bytes; systems allow 103 or 107."""

_SOCKET = "window-"
_FOLDER = "arboris-window-"
"""The beginning of the socket's name, and of that of a folder for it alone."""


@record
class FirstWindow:
    """The address of the first window, and its process."""

    process: int
    socket: str


class SingleInstance(QObject):
    """This process as the first window of a data folder, or as one that finds it taken."""

    raise_requested = Signal()
    """Another start of the application asks to see the window of this one."""

    file_opened = Signal(object)
    """Another start was given a file; its absolute path. ``raise_requested`` came before it."""

    def __init__(self, paths: DataPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._lock = FileLock(paths.window_lock, mode=FILE_MODE, thread_local=False)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Becomes the first, unless another process is.

        True also where nothing can be locked: two windows are better than none, and what is wrong
        with the folder is told when the data is opened.
        """
        try:
            self._paths.create()
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            log.warning("other starts are not noticed: %s", error)
        return True

    def listen(self) -> None:
        """Hears other starts from now on; the first only, with a window to be raised."""
        if self._server is not None:
            return
        self._clear_left()
        for place in self._places():
            if self._listens_at(place):
                return
            _remove(place)

    def stop_listening(self) -> None:
        """Leaves other starts waiting: the window goes, or is made again."""
        if self._server is None:
            return
        place = self._server.fullServerName()
        self._server.close()
        self._server.deleteLater()
        self._server = None
        if self._is_ours():
            with contextlib.suppress(OSError):
                self._paths.window_address.unlink(missing_ok=True)
        _remove(place)

    def release(self) -> None:
        """Lets another process be the first."""
        self.stop_listening()
        if self._lock.is_locked:
            give_up(self._lock)

    def first(self) -> FirstWindow | None:
        """The window that another process has, if it listens."""
        try:
            process, _, place = self._paths.window_address.read_text("utf-8").partition("\n")
            return FirstWindow(int(process), place) if place else None
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
        """The places where the socket can be, the best first: no system takes long paths for one,
        and not every disk can have one. No name was ever used before."""
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

    def _clear_left(self) -> None:
        """Removes what a window left that was killed; its socket answers nobody."""
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
    """Listens to another start until that has said all, said too much, or been silent too long.

    It holds no reference to its parent: that would die within the child's own end.
    """

    said = Signal(object)
    """Its words, once; none if they are too many. Then it is answered."""

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
        # Who connects to us is told later.
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
        """Does what is wanted, if somebody still waits for it: the author may have given up."""
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
