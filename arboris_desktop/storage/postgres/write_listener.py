"""News of what others wrote: the server's own notifications, on a session and a thread for them."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from arboris_desktop.domain.retry import reconnect_seconds

log = logging.getLogger(__name__)

CHANNEL = "arboris"
"""The name of the server's channel; its payload is the process that wrote."""

_LONGEST_WAIT = 30.0

Connect = Callable[[], psycopg.Connection[Any]]


class WriteListener:
    """Listens from ``begin`` to ``close``. Usable from any thread.

    Whoever writes tells its own name; what bears ours is no news.
    """

    def __init__(self, connect: Connect, own_name: str) -> None:
        self._connect = connect
        self._own_name = own_name
        self._callbacks: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closing = False
        self._is_news = threading.Event()
        self._hears = threading.Event()
        self._waker, self._woken = socket.socketpair()

    def begin(self) -> None:
        """Listens from now on, if it does not already."""
        with self._lock:
            if self._thread is None and not self._is_closing:
                self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
                self._thread.start()

    @property
    def hears(self) -> bool:
        """True if the server tells what is written; if not, one has to look."""
        return self._hears.is_set()

    def take(self) -> bool:
        """True if there was news since the last call."""
        was_news = self._is_news.is_set()
        self._is_news.clear()
        return was_news

    def tell(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Calls a function on the listening thread at any news; returns what ends that."""
        self.begin()
        with self._lock:
            self._callbacks.append(heard)

        def forget() -> None:
            with self._lock:
                if heard in self._callbacks:
                    self._callbacks.remove(heard)

        return forget

    def close(self) -> None:
        """Ends the session and the thread; does nothing when that is done."""
        with self._lock:
            if self._is_closing:
                return
            self._is_closing = True
            self._callbacks.clear()
            thread, self._thread = self._thread, None
        self._waker.send(b"x")
        if thread is not None:
            thread.join()
        self._waker.close()
        self._woken.close()

    # --- on its thread ---

    def _run(self) -> None:
        failures = 0
        while not self._is_closing:
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._hears.set()
                    failures = 0
                    # Nobody told what was written before.
                    self._tell()
                    self._listen(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("the database is asked for changes until it tells them: %s", error)
            finally:
                self._hears.clear()
            failures += 1
            self._pause(reconnect_seconds(failures))

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        watched: list[Any] = [connection.fileno(), self._woken]
        while not self._is_closing:
            select.select(watched, [], [], _LONGEST_WAIT)
            told = {notice.payload for notice in connection.notifies(timeout=0)}
            if told - {self._own_name}:
                self._tell()

    def _pause(self, seconds: float) -> None:
        if not self._is_closing:
            select.select([self._woken], [], [], seconds)

    def _tell(self) -> None:
        self._is_news.set()
        with self._lock:
            callbacks = tuple(self._callbacks)
        for heard in callbacks:
            heard()
