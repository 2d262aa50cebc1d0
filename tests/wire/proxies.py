"""Proxies as people run them on their own computer: SOCKS 5, and HTTP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Leads every connection to one port of loopback, whatever host was asked for.

    ``wanted`` are the hosts that were.
    """

    def __init__(self, port: int, *, socks: bool) -> None:
        self._port = port
        self._socks = socks
        self.wanted: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def address(self) -> str:
        """The address on which it listens."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def start(self) -> None:
        """Begins to serve."""
        self._threads[0].start()

    def stop(self) -> None:
        """Serves nobody any more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._port)) as far:
            first = self._greet(client) if self._socks else self._plain(client)
            far.sendall(first)
            back = threading.Thread(target=_pass_on, args=(far, client), daemon=True)
            back.start()
            _pass_on(client, far)
            back.join(10)

    def _greet(self, client: socket.socket) -> bytes:
        client.recv(2 + client.recv(2, socket.MSG_PEEK)[1])
        client.sendall(b"\x05\x00")
        head = client.recv(5)
        host = client.recv(head[4])
        client.recv(2)
        self.wanted.append(host.decode())
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        return b""

    def _plain(self, client: socket.socket) -> bytes:
        data = client.recv(65536)
        method, target, rest = data.split(b" ", 2)
        host, _, path = target.removeprefix(b"http://").partition(b"/")
        self.wanted.append(host.decode().partition(":")[0])
        return method + b" /" + path + b" " + rest


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def proxying(port: int, *, socks: bool) -> Iterator[Proxy]:
    """A proxy for the length of a test."""
    proxy = Proxy(port, socks=socks)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
