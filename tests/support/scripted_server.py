"""A real HTTP server on 127.0.0.1 that answers as a script says: a stand-in for a model provider.

Use it as a context manager, or through the fixture ``scripted_server`` (import it by name into a
conftest or a test module)::

    with ScriptedServer(stream("Once upon a time")) as server:
        provider = OpenAICompatibleProvider(server.url, "key", "scripted-model")

Chat requests are answered by, in this order:

1. the queue: ``ScriptedServer(first, second)`` or ``server.add(third)``, one behaviour a request;
2. the rule: ``server.rule = lambda request: stream("...") if "x" in request.prompt else None``,
   for answers that depend on the question, whatever the order of the requests;
3. status 400, so that a test with too short a script fails with a reason.

Behaviours (each is a function of this module; all texts go out as server-sent events):

=====================  ==========================================================================
``stream(text)``       a proper answer; options: ``delay`` between pieces, ``pieces``, ``finish``,
                       ``usage``, ``reasoning``, ``done``, ``hold`` (an event to await half-way)
``json_answer(v)``     a proper answer that is JSON
``thinking(t, text)``  an answer that begins with ``<think>t</think>``
``whole(text)``        a JSON answer although a stream was asked for
``status(code, ...)``  an HTTP error with body and headers
``redirect(url)``      a redirect
``web_page()``         status 200 and HTML
``events(*lines)``     raw event data, for whatever is not here
``cut(text)``          part of an answer, then an orderly end without a finish reason
``reset(text)``        part of an answer, then a TCP reset
``stall(text)``        part of an answer, then silence until the client leaves
``keep_alive(text)``   part of an answer, then nothing but comments until the client leaves
``broken_event()``     an event that is truncated JSON
``not_utf8()``         text in another encoding
``error_in_stream()``  part of an answer, then an error object
``huge(n)``            an answer of n characters
=====================  ==========================================================================

``server.requests`` records what came; ``server.wait_for_requests(n)`` waits for the n-th one, and
``request.closed`` is set when the answer was sent whole or the client left.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import pytest

MODEL = "scripted-model"


@dataclass
class Request:
    """One request as it came. ``closed``: nothing more will be sent; ``complete``: all was."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    closed: threading.Event = field(default_factory=threading.Event)
    complete: bool = False

    @property
    def prompt(self) -> str:
        """All messages of the chat, joined by blank lines."""
        return "\n\n".join(message["content"] for message in self.body.get("messages", ()))


class Exchange:
    """What a behaviour uses to answer one request."""

    def __init__(self, handler: _Handler, request: Request) -> None:
        self._handler = handler
        self._server = handler.scripted
        self.request = request

    def head(self, status: int, headers: dict[str, str]) -> None:
        """Sends the status line and the headers."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def begin_stream(self, content_type: str = "text/event-stream") -> None:
        """Starts a chunked answer."""
        self.head(200, {"Content-Type": content_type, "Transfer-Encoding": "chunked"})

    def send(self, data: bytes) -> None:
        """Sends one chunk of a stream."""
        self._handler.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def raw(self, data: bytes) -> None:
        """Sends bytes as they are, in place of a chunk."""
        self._handler.wfile.write(data)

    def event(self, data: str | dict[str, Any]) -> None:
        """Sends one server-sent event."""
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.send(f"data: {text}\n\n".encode())

    def delta(self, text: str, **fields: Any) -> None:
        """Sends one piece of an answer."""
        self.event(_chunk({"content": text, **fields}))

    def end_stream(self) -> None:
        """Ends a chunked answer in good order."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def reset(self) -> None:
        """Ends the connection with a TCP reset instead."""
        connection = self._handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        raise ConnectionResetError

    def pause(self, seconds: float) -> None:
        """Waits; ends the answer when the server stops meanwhile."""
        if self._server.stopping.wait(seconds):
            raise ConnectionAbortedError

    def wait_until_left(self, every: float = 0.02, send: bytes = b"") -> None:
        """Waits until the client leaves or the server stops; may send something at intervals."""
        while not self._client_left():
            self.pause(every)
            if send:
                self.send(send)
        raise ConnectionAbortedError

    def hold(self, gate: threading.Event) -> None:
        """Waits for the gate, the client's leave or the server's stop."""
        while not gate.wait(0.01):
            if self._client_left():
                raise ConnectionAbortedError
            self.pause(0)

    def _client_left(self) -> bool:
        connection = self._handler.connection
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""


Behaviour = Callable[[Exchange], None]
Rule = Callable[[Request], Behaviour | None]


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def _pieces(text: str, size: int = 7) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def stream(
    text: str,
    *,
    delay: float = 0.0,
    pieces: Sequence[str] | None = None,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = (11, 7),
    reasoning: str = "",
    done: bool = True,
    hold: threading.Event | None = None,
) -> Behaviour:
    """A proper answer.

    ``delay`` is in seconds before each piece; ``pieces`` sets how the text is divided. With
    ``hold`` the first half is sent, and the rest when the event is set.
    """

    def answer(exchange: Exchange) -> None:
        parts = list(pieces) if pieces is not None else _pieces(text)
        exchange.begin_stream()
        exchange.event(_chunk({"role": "assistant", "content": ""}))
        if reasoning:
            exchange.event(_chunk({"reasoning_content": reasoning}))
        for number, part in enumerate(parts):
            if hold is not None and number == len(parts) // 2:
                exchange.hold(hold)
            if delay:
                exchange.pause(delay)
            exchange.delta(part)
        if finish is not None:
            exchange.event(_chunk({}, finish))
        if usage is not None:
            counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
            exchange.event({"choices": [], "usage": counts})
        if done:
            exchange.event("[DONE]")
        exchange.end_stream()

    return answer


def json_answer(value: object, *, finish: str = "stop", delay: float = 0.0) -> Behaviour:
    """A proper answer that is JSON."""
    return stream(json.dumps(value, ensure_ascii=False), finish=finish, delay=delay)


def thinking(thought: str, text: str, *, size: int = 3) -> Behaviour:
    """An answer that thinks aloud first; the tags are split over pieces of ``size``."""
    said = f"<think>{thought}</think>\n\n{text}"
    return stream(said, pieces=_pieces(said, size))


def whole(text: str, *, usage: bool = True) -> Behaviour:
    """An answer that is not streamed."""
    message = {"role": "assistant", "content": text}
    body: dict[str, Any] = {"choices": [{"message": message, "finish_reason": "stop"}]}
    if usage:
        body["usage"] = {"prompt_tokens": 11, "completion_tokens": 7}
    return status(200, body)


def status(code: int, body: object = "", headers: dict[str, str] | None = None) -> Behaviour:
    """Any status; the body is sent as JSON unless it is a string."""
    is_text = isinstance(body, str)
    content = (body if isinstance(body, str) else json.dumps(body)).encode()
    kind = "text/plain" if is_text else "application/json"

    def answer(exchange: Exchange) -> None:
        own = {"Content-Type": kind, "Content-Length": str(len(content))}
        exchange.head(code, own | (headers or {}))
        exchange._handler.wfile.write(content)

    return answer


def api_error(code: int, message: str, /, **fields: Any) -> Behaviour:
    """An HTTP error as OpenAI words it."""
    return status(code, {"error": {"message": message, **fields}})


def redirect(url: str, code: int = 307) -> Behaviour:
    """A redirect to the address."""
    return status(code, "", {"Location": url})


def web_page(code: int = 200, title: str = "Welcome") -> Behaviour:
    """A page for people."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body>Hi</body></html>"
    return status(code, page, {"Content-Type": "text/html; charset=utf-8"})


def events(*data: str, content_type: str = "text/event-stream") -> Behaviour:
    """Raw data of events."""

    def answer(exchange: Exchange) -> None:
        exchange.begin_stream(content_type)
        for line in data:
            exchange.event(line)
        exchange.end_stream()

    return answer


def _after(text: str, then: Behaviour) -> Behaviour:
    def answer(exchange: Exchange) -> None:
        exchange.begin_stream()
        for piece in _pieces(text):
            exchange.delta(piece)
        then(exchange)

    return answer


def cut(text: str = "It was a dark and") -> Behaviour:
    """Part of an answer, then an orderly end of the connection."""
    return _after(text, Exchange.end_stream)


def reset(text: str = "It was a dark and") -> Behaviour:
    """Part of an answer, then a TCP reset; with an empty text right after the headers."""
    return _after(text, Exchange.reset)


def reset_at_once() -> Behaviour:
    """A TCP reset instead of an answer."""
    return Exchange.reset


def stall(text: str = "") -> Behaviour:
    """Part of an answer, then silence."""
    return _after(text, Exchange.wait_until_left)


def stall_before_headers() -> Behaviour:
    """Silence from the start."""
    return Exchange.wait_until_left


def keep_alive(text: str = "", *, every: float = 0.01) -> Behaviour:
    """Part of an answer, then comments only."""
    return _after(text, lambda exchange: exchange.wait_until_left(every, b": ping\n\n"))


def broken_event(text: str = "It was") -> Behaviour:
    """An event whose JSON is truncated."""
    return _after(text, lambda exchange: exchange.event('{"choices":[{"del'))


def not_utf8(text: str = "夜色很深，城里没有一盏灯。" * 4) -> Behaviour:
    """Chinese text that the server encodes as GBK."""

    def answer(exchange: Exchange) -> None:
        exchange.begin_stream()
        data = json.dumps(_chunk({"content": text}), ensure_ascii=False)
        exchange.send(b"data: " + data.encode("gbk") + b"\n\n")
        exchange.event(_chunk({}, "stop"))
        exchange.end_stream()

    return answer


def error_in_stream(text: str = "It was", message: str = "overloaded", **fields: Any) -> Behaviour:
    """Part of an answer, then an error object and an orderly end."""

    def fail(exchange: Exchange) -> None:
        exchange.event({"error": {"message": message, **fields}})
        exchange.end_stream()

    return _after(text, fail)


def huge(characters: int) -> Behaviour:
    """A very long answer."""
    piece = "a" * 50_000
    return stream("", pieces=[piece] * (characters // len(piece)))


class ScriptedServer:
    """See the module's text. ``models`` is what ``/v1/models`` lists."""

    def __init__(self, *script: Behaviour, models: Sequence[str] = (MODEL,)) -> None:
        self.rule: Rule = lambda request: None
        self.models: list[str | dict[str, Any]] = list(models)
        self.model_listing: Behaviour | None = None
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._queue = deque(script)
        self._failures: list[BaseException] = []
        self._came = threading.Condition()
        self._connections: set[socket.socket] = set()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.scripted = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}
        )

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def url(self) -> str:
        """The address to configure."""
        return f"{self.origin}/v1"

    @property
    def chats(self) -> list[Request]:
        """The chat requests alone."""
        return [request for request in self.requests if request.path.endswith("/completions")]

    def add(self, *behaviours: Behaviour) -> None:
        """Appends to the queue."""
        self._queue.extend(behaviours)

    def wait_for_requests(self, count: int, timeout: float = 10.0) -> list[Request]:
        """The requests, as soon as so many have come; fails after the time-out in seconds."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.requests) >= count, timeout), (
                f"only {len(self.requests)} of {count} requests came"
            )
            return list(self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._thread.join()
        with self._came:
            connections = list(self._connections)
        for connection in connections:
            _hang_up(connection)
        # Joins the threads of all connections.
        self._http.server_close()
        if self._failures and error is None:
            raise self._failures[0]

    def _behaviour(self, request: Request) -> Behaviour:
        if request.path.endswith("/models"):
            return self.model_listing or status(200, {"data": [_entry(m) for m in self.models]})
        if not request.path.endswith("/chat/completions"):
            return status(404, "no such page")
        if self._queue:
            return self._queue.popleft()
        return self.rule(request) or api_error(400, "the script is at its end")

    def _note(self, request: Request) -> None:
        with self._came:
            self.requests.append(request)
            self._came.notify_all()


def _entry(model: str | dict[str, Any]) -> dict[str, Any]:
    return {"id": model, "object": "model"} if isinstance(model, str) else model


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # The client was faster.


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64
    scripted: ScriptedServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Connection errors were dealt with; anything else is a mistake in a script."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def scripted(self) -> ScriptedServer:
        return self.server.scripted

    def setup(self) -> None:
        with self.scripted._came:
            self.scripted._connections.add(self.request)
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def finish(self) -> None:
        with self.scripted._came:
            self.scripted._connections.discard(self.request)
        try:
            super().finish()
        except OSError:
            return  # The client left before everything was sent.

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        self.scripted._note(request)
        try:
            self.scripted._behaviour(request)(Exchange(self, request))
            request.complete = True
        except OSError:
            self.close_connection = True
        except BaseException as error:
            self.close_connection = True
            self.scripted._failures.append(error)
        finally:
            request.closed.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: ``requests`` is the log."""


@pytest.fixture
def scripted_server() -> Iterator[ScriptedServer]:
    """A running server without a script; add behaviours or set a rule."""
    with ScriptedServer() as server:
        yield server
