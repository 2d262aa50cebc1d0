"""One request to the scripted provider, and the means to answer it well or badly."""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any


class Exchange:
    """One request being answered; behaviours write their answer through it."""

    def __init__(
        self,
        request: dict[str, Any],
        handler: BaseHTTPRequestHandler,
        released: threading.Event,
        client_left: threading.Event,
    ) -> None:
        self.request = request
        self._handler = handler
        self._released = released
        self._client_left = client_left

    def head(
        self,
        status: int = 200,
        content_type: str = "text/event-stream",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Sends the status line and the headers; the body follows in chunks."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Transfer-Encoding", "chunked")
        # One request to a connection: a kept one would hold the server's end up.
        self._handler.send_header("Connection", "close")
        for name, value in (headers or {}).items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def write(self, data: bytes) -> None:
        """Sends one chunk of the body."""
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self._handler.wfile.flush()

    def event(self, data: object) -> None:
        """Sends one event of the stream."""
        self.write(event_of(data))

    def delta(self, content: str, **fields: Any) -> None:
        """Sends one piece of an answer."""
        self.event(delta_of(content, **fields))

    def end(self) -> None:
        """Ends the body as HTTP wants it."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def raw(self, data: bytes) -> None:
        """Sends bytes as they are, in place of ``head`` and ``write``."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def reset(self) -> None:
        """Breaks the connection, so that the client sees a reset."""
        linger = struct.pack("ii", 1, 0)
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._handler.connection.close()

    def pause(self, seconds: float) -> bool:
        """Waits; true, at once, when the test ends or the client leaves."""
        return self._wait(seconds)

    def stall(self) -> None:
        """Says nothing more until the test ends or the client leaves."""
        while not self._wait(0.05):
            pass

    def hold(self, gate: threading.Event) -> None:
        """Waits for the gate, or for the test to end or the client to leave."""
        while not gate.is_set() and not self._wait(0.01):
            pass

    def comments(self, every: float) -> None:
        """Sends nothing but keep-alive comments until the test ends or the client leaves."""
        while not self._wait(every):
            self.write(b": keep-alive\n\n")

    def _wait(self, seconds: float) -> bool:
        if self._released.wait(seconds):
            return True
        readable, _, _ = select.select([self._handler.connection], [], [], 0)
        if readable and not self._handler.connection.recv(1, socket.MSG_PEEK):
            self._client_left.set()
            return True
        return False


Behaviour = Callable[[Exchange], None]
"""A way to answer one request."""


def event_of(data: object) -> bytes:
    """A value as one event of a stream."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def delta_of(content: str, finish_reason: str | None = None, **fields: Any) -> dict[str, Any]:
    """A piece of an answer, as the API words it; ``fields`` stand beside the content."""
    delta = ({"content": content} if content else {}) | fields
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}
