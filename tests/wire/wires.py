"""A server that sends exactly the bytes that a test says: raw sockets on loopback.

A *wire* is what is done with one request, in parts: bytes that are sent, waits for an event of the
test, and a cut. Servers in the wild frame, name and end things in every way; a library for servers
would put right what is to be wrong.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

LONGEST = 30.0
"""Seconds; nothing that a test awaits takes as long."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Waits until an event is set, or the client has left, or the test ends."""

    until: threading.Event


@dataclass(frozen=True, slots=True)
class Every:
    """Sends something again and again, so many times or until the client leaves."""

    seconds: float
    data: bytes
    times: int = 1_000_000


class Cut:
    """Breaks the connection, so that the client sees a reset."""


Part = bytes | Hold | Every | Cut | threading.Event
"""An event alone is set when the server comes to it."""

Wire = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """The content of one request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any] = field(default_factory=dict)


Rule = Callable[[Request], Wire]


class WireServer:
    """Answers chats by ``wires`` in turn, the last one for all that follow, or by a rule.

    ``listing`` is what is answered to a question for the models. ``requests`` are the chats that
    came, and ``all`` every request. ``left`` is set when a client closed its connection while the
    server still had something to do.
    """

    def __init__(self, *wires: Wire | Rule, listing: Wire | None = None) -> None:
        self._wires = list(wires)
        self.listing = listing or reply({"data": [{"id": "scripted"}]})
        self.all: list[Request] = []
        self.left = threading.Event()
        self.running = 0
        self.most_at_once = 0
        self._changed = threading.Condition()
        self._over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """The address to configure."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def requests(self) -> list[Request]:
        """The chats that came."""
        return [each for each in self.all if each.method == "POST"]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies of the chat requests."""
        return [each.body for each in self.requests]

    def wait_for(self, chats: int) -> None:
        """Waits until so many chats have come."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.requests) >= chats, LONGEST)
        assert came, f"only {len(self.requests)} of {chats} chats came"

    def __enter__(self) -> WireServer:
        self._threads[0].start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        # To close it does not wake who accepts.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(LONGEST)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = read_request(connection)
                if request is not None:
                    self._answer(connection, request)
            except OSError:
                self.left.set()

    def _answer(self, connection: socket.socket, request: Request) -> None:
        with self._changed:
            number = len(self.requests)
            self.all.append(request)
            is_chat = request.method == "POST"
            self.running += is_chat
            self.most_at_once = max(self.most_at_once, self.running)
            self._changed.notify_all()
        try:
            wire = self._wire_for(number, request) if is_chat else self.listing
            for part in wire:
                if not self._do(connection, part):
                    return
        finally:
            with self._changed:
                self.running -= is_chat

    def _wire_for(self, number: int, request: Request) -> Wire:
        chosen = self._wires[min(number, len(self._wires) - 1)]
        return chosen(request) if callable(chosen) else chosen

    def _do(self, connection: socket.socket, part: Part) -> bool:
        """False when nothing more can be done for this request."""
        if isinstance(part, bytes):
            connection.sendall(part)
        elif isinstance(part, threading.Event):
            part.set()
        elif isinstance(part, Hold):
            while not part.until.is_set():
                if self._is_over(connection, 0.01):
                    return False
        elif isinstance(part, Every):
            for _ in range(part.times):
                if self._is_over(connection, part.seconds):
                    return False
                connection.sendall(part.data)
        else:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        return True

    def _is_over(self, connection: socket.socket, seconds: float) -> bool:
        if self._over.wait(seconds):
            return True
        readable, _, _ = select.select([connection], [], [], 0)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            self.left.set()
            return True
        return False


def read_request(connection: socket.socket) -> Request | None:
    """The whole of what somebody asks; ``None`` if they left before."""
    connection.settimeout(LONGEST)
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := connection.recv(65536)):
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        if not (piece := connection.recv(65536)):
            raise ConnectionResetError("the client left amid its request")
        body += piece
    method, path, _ = first.split(" ", 2)
    return Request(method, path, headers, json.loads(body) if body else {})


# --- what is sent ---


def head(status: int = 200, kind: str | None = "text/event-stream", **headers: str) -> bytes:
    """Status line and headers; the body ends with the connection. ``X_Y`` is the header X-Y."""
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close"]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def reply(
    value: object, status: int = 200, kind: str | None = "application/json", **headers: str
) -> Wire:
    """One value as JSON; a text or bytes as they are."""
    body = value if isinstance(value, bytes) else as_text(value).encode()
    return (head(status, kind, Content_Length=str(len(body)), **headers), body)


def as_text(value: object) -> str:
    """A text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def data(value: object) -> bytes:
    """An event of a stream."""
    return f"data: {as_text(value)}\n\n".encode()


def piece(
    content: str | None = None,
    finish: object = None,
    *,
    also: Mapping[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """A chunk of an answer; ``fields`` stand in its delta, ``also`` in its choice."""
    delta = fields if content is None else {"content": content, **fields}
    choice = {"index": 0, "delta": delta, "finish_reason": finish, **(also or {})}
    return {"id": "x", "object": "chat.completion.chunk", "choices": [choice]}


DONE = data("[DONE]")
ROLE = piece("", role="assistant")


def stream(*values: object, done: bool = True, kind: str | None = "text/event-stream") -> Wire:
    """An event stream of these values."""
    return (head(kind=kind), *(data(value) for value in values), *([DONE] if done else []))


def said(*texts: str, finish: object = "stop", done: bool = True) -> Wire:
    """A stream of texts with an ordinary end."""
    return stream(ROLE, *(piece(text) for text in texts), piece(finish=finish), done=done)


def whole(content: object, finish: object = "stop", **message: Any) -> dict[str, Any]:
    """An answer that is not streamed."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, **message},
        "finish_reason": finish,
    }
    return {"object": "chat.completion", "choices": [choice]}


def split(wire: Wire, size: int) -> Wire:
    """The same bytes in chunks that respect no boundary, of line or of character."""
    joined = b"".join(part for part in wire if isinstance(part, bytes))
    return tuple(joined[start : start + size] for start in range(0, len(joined), size))


@contextmanager
def serving(*wires: Wire | Rule, listing: Wire | None = None) -> Iterator[WireServer]:
    """A server for the length of a test."""
    with WireServer(*wires, listing=listing) as server:
        yield server


def texts_of(requests: Sequence[Request]) -> list[str]:
    """The last message of each request."""
    return [str(request.body["messages"][-1]["content"]) for request in requests]
