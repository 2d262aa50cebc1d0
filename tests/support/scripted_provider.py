"""A real HTTP server that speaks the OpenAI streaming API, well or badly, as a test wants it."""

from __future__ import annotations

import json
import select
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

WAIT_SECONDS = 10.0
"""No event that a test awaits takes longer."""


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
        self.write(_event(data))

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
"""How one request is answered."""

Rule = Callable[[dict[str, Any]], Behaviour]
"""Chooses the behaviour for a request when none was queued for it."""


def _event(data: object) -> bytes:
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def _delta(content: str, finish_reason: str | None = None) -> dict[str, Any]:
    delta = {"content": content} if content else {}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


def pieces_of(answer: str, length: int = 12) -> list[str]:
    """A text in pieces, as a model streams it."""
    return [answer[start : start + length] for start in range(0, len(answer), length)]


def text(
    answer: str,
    *,
    delay: float = 0.0,
    finish_reason: str = "stop",
    usage: bool = True,
    pieces: Sequence[str] | None = None,
) -> Behaviour:
    """Streams a text with ``delay`` seconds between pieces; without usage figures if so wished."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        for piece in pieces_of(answer) if pieces is None else pieces:
            exchange.event(_delta(piece))
            if delay:
                exchange.pause(delay)
        exchange.event(_delta("", finish_reason))
        if usage:
            figures = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
            exchange.event({"choices": [], "usage": figures})
        exchange.write(b"data: [DONE]\n\n")
        exchange.end()

    return behave


def json_answer(data: object) -> Behaviour:
    """Streams a JSON value."""
    return text(json.dumps(data, ensure_ascii=False))


def split_bytes(answer: str, size: int) -> Behaviour:
    """Streams a text in chunks of ``size`` bytes that respect no boundary of character or line."""

    def behave(exchange: Exchange) -> None:
        events = _event(_delta(answer)) + _event(_delta("", "stop")) + b"data: [DONE]\n\n"
        exchange.head()
        for start in range(0, len(events), size):
            exchange.write(events[start : start + size])
        exchange.end()

    return behave


def status(
    code: int,
    body: object = None,
    *,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """Answers with a status; a body that is no string is sent as JSON."""

    def behave(exchange: Exchange) -> None:
        exchange.head(code, content_type, headers)
        data = body if isinstance(body, str) else json.dumps(body)
        if data:
            exchange.write(data.encode())
        exchange.end()

    return behave


def error(code: int, message: str, *, kind: str = "", **headers: str) -> Behaviour:
    """Answers with a status and an error object; ``Retry_After="3"`` becomes a header."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return status(code, {"error": {"message": message, "code": kind}}, headers=names)


def html(code: int = 200) -> Behaviour:
    """Answers with a web page."""
    page = "<!doctype html><html><title>Welcome</title><body>Hello</body></html>"
    return status(code, page, content_type="text/html; charset=utf-8")


def redirect(place: str) -> Behaviour:
    """Sends the client elsewhere."""
    return status(302, "", headers={"Location": place})


def reset_at_once() -> Behaviour:
    """Breaks the connection before any answer."""
    return lambda exchange: exchange.reset()


def reset_after(answer: str) -> Behaviour:
    """Streams a text and breaks the connection instead of ending the answer."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(_delta(answer))
        exchange.pause(0.05)  # the reset would overtake what is still in the socket's buffer
        exchange.reset()

    return behave


def truncated(answer: str) -> Behaviour:
    """Streams a text and ends properly as HTTP, but without saying that the answer is complete."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(_delta(answer))
        exchange.end()

    return behave


def stall(after: str | None = None) -> Behaviour:
    """Falls silent: before the headers, or after a text."""

    def behave(exchange: Exchange) -> None:
        if after is not None:
            exchange.head()
            exchange.event(_delta(after))
        exchange.stall()

    return behave


def keep_alive_only(every: float = 0.05) -> Behaviour:
    """Keeps the connection alive with comments, but never says a word."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.comments(every)

    return behave


def raw_event(line: str) -> Behaviour:
    """Streams some text, then one event of which the data is the given line."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(_delta("Some text. "))
        exchange.write(f"data: {line}\n\n".encode())
        exchange.end()

    return behave


def error_in_stream(message: str) -> Behaviour:
    """Streams some text, then an error object."""
    return raw_event(json.dumps({"error": {"message": message, "type": "server_error"}}))


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """What a perfect model says of a chapter: its text, and the answer to each question on it."""

    text: str
    summary: str = "A short summary."
    answers: Mapping[str, object] = field(default_factory=dict)
    """The answer by the name of the step's schema; a missing one is empty."""


EMPTY_ANSWERS: Mapping[str, object] = {
    "character_tracking": {"changes": []},
    "new_characters": {"characters": []},
    "world_expansion": {"entries": []},
    "foreshadowing": {"seeds": []},
}


def schema_name(request: Mapping[str, Any]) -> str | None:
    """The name of the JSON schema that a request asks for, or ``None``."""
    schema = request.get("response_format", {}).get("json_schema")
    return None if schema is None else str(schema["name"])


def is_about_chapter(request: Mapping[str, Any]) -> bool:
    """Whether the request shows a chapter, in order to have it summarised or analysed."""
    return "<<<CHAPTER" in request["messages"][-1]["content"]


def perfect_rule(facts: ChapterFacts) -> Rule:
    """Answers every prompt of the app as a perfect model would."""

    def choose(request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name is not None:
            return json_answer(facts.answers.get(name, EMPTY_ANSWERS[name]))
        return text(facts.summary if is_about_chapter(request) else facts.text)

    return choose


class ScriptedProvider:
    """The server. Queued ``behaviours`` answer first, then ``rule`` decides.

    ``client_left`` is set when a client closed its connection while the server still waited.
    With a ``certificate`` (a PEM file that holds the key too) the server speaks TLS.
    """

    def __init__(self, rule: Rule | None = None, *, certificate: Path | None = None) -> None:
        self.rule: Rule = rule or perfect_rule(ChapterFacts("It was a quiet morning."))
        self.behaviours: deque[Behaviour] = deque()
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.models: list[str] = ["scripted"]
        self.client_left = threading.Event()
        self._released = threading.Event()
        self._changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _handler_for(self))
        self._scheme = "http"
        if certificate is not None:
            self._scheme = "https"
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def base_url(self) -> str:
        """The address to configure, version included."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ScriptedProvider:
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def schema_names(self) -> list[str | None]:
        """The schemas asked for so far; ``None`` for plain text."""
        return [schema_name(request) for request in self.requests]

    def wait_for_requests(self, count: int) -> None:
        """Waits until so many requests have arrived."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.requests) >= count, WAIT_SECONDS)
        assert arrived, f"only {len(self.requests)} of {count} requests came"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Called by the server for each chat request, on a thread of its own."""
        request = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self._changed:
            self.requests.append(request)
            self.keys.append(handler.headers.get("Authorization"))
            behave = self.behaviours.popleft() if self.behaviours else self.rule(request)
            self._changed.notify_all()
        behave(Exchange(request, handler, self._released, self.client_left))


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is what some tests are about, not a fault of the server."""


def _handler_for(provider: ScriptedProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            try:
                provider.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                provider.client_left.set()

        def do_GET(self) -> None:
            body = json.dumps({"data": [{"id": name} for name in provider.models]}).encode()
            self.send_response(200)
            self.send_header("Connection", "close")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent: the tests look at what happened, not at a log."""

    return Handler
