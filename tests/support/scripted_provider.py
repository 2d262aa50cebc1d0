"""A real HTTP server that speaks the OpenAI streaming API, well or badly, as a test wants it.

The one import for tests: how an answer is sent is in ``scripted_exchange``, what can be answered
in ``scripted_answers``.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from arboris_desktop.analysis.schemas import SHARED_NAME
from tests.support.scripted_answers import (
    drip,
    endless,
    endless_body,
    error,
    error_in_stream,
    gbk,
    html,
    huge,
    in_two_parts,
    json_answer,
    keep_alive_only,
    marked,
    pieces_of,
    raw_event,
    reasoning,
    redirect,
    reset_after,
    reset_at_once,
    split_bytes,
    stall,
    status,
    text,
    thinking,
    truncated,
    whole,
)
from tests.support.scripted_exchange import Behaviour, Exchange, delta_of, event_of

__all__ = [
    "EMPTY_ANSWERS",
    "MODEL",
    "WAIT_SECONDS",
    "Behaviour",
    "ChapterFacts",
    "Exchange",
    "Rule",
    "ScriptedProvider",
    "delta_of",
    "drip",
    "endless",
    "endless_body",
    "error",
    "error_in_stream",
    "event_of",
    "gbk",
    "html",
    "huge",
    "in_two_parts",
    "is_about_chapter",
    "json_answer",
    "keep_alive_only",
    "marked",
    "perfect_rule",
    "pieces_of",
    "prompt_of",
    "raw_event",
    "reasoning",
    "redirect",
    "reset_after",
    "reset_at_once",
    "schema_name",
    "split_bytes",
    "stall",
    "status",
    "text",
    "thinking",
    "truncated",
    "whole",
    "whole_analysis",
]

MODEL = "scripted"
"""The model that the server lists."""

WAIT_SECONDS = 60.0
"""No event that a test awaits takes longer."""

Rule = Callable[[dict[str, Any]], Behaviour]
"""Chooses the behaviour for a request when none was queued for it."""


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """The answers of a perfect model about a chapter: its text, and the answer to each question on
    it."""

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


_STEPS_BY_LIST = {
    "changes": "character_tracking",
    "characters": "new_characters",
    "entries": "world_expansion",
    "seeds": "foreshadowing",
}


def schema_name(request: Mapping[str, Any]) -> str | None:
    """The name of the JSON schema that a request asks for, or ``None``.

    The questions about a chapter have one schema together: there it is the name of the step, and
    ``None`` for the summary, which may be answered in words.
    """
    schema = request.get("response_format", {}).get("json_schema")
    if schema is None or schema["name"] == "summary":
        return None
    return str(schema["name"]) if schema["name"] != SHARED_NAME else _step_of(request)


def _step_of(request: Mapping[str, Any]) -> str | None:
    asked = request["messages"][-1]["content"]
    last_line = asked.rsplit("\n", 1)[-1]
    for words in (last_line, asked):
        for name, step in _STEPS_BY_LIST.items():
            if f'"{name}"' in words:
                return step
        if '"summary"' in words:
            return None
    raise AssertionError("nobody knows what is asked about the chapter")


def prompt_of(request: Mapping[str, Any]) -> str:
    """All messages of a request, joined by blank lines."""
    return "\n\n".join(message["content"] for message in request["messages"])


def is_about_chapter(request: Mapping[str, Any]) -> bool:
    """True if the request shows a chapter, in order to have it summarised or analysed."""
    return "<<<CHAPTER" in request["messages"][-1]["content"]


def whole_analysis(facts: ChapterFacts) -> dict[str, object]:
    """The answer when all is asked in one question."""
    answers = {**EMPTY_ANSWERS, **facts.answers}
    lists = [answer for answer in answers.values() if isinstance(answer, dict)]
    found = {name: value for answer in lists for name, value in answer.items()}
    return {"summary": facts.summary, "developments": [], **found}


def perfect_rule(facts: ChapterFacts) -> Rule:
    """Answers every prompt of the app as a perfect model would."""

    def choose(request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name == "analyse_chapter":
            return json_answer(whole_analysis(facts))
        if name is not None:
            return json_answer(facts.answers.get(name, EMPTY_ANSWERS[name]))
        return text(facts.summary if is_about_chapter(request) else facts.text)

    return choose


class ScriptedProvider:
    """The server. Queued ``behaviours`` answer first, then ``rule`` decides.

    ``requests`` are the bodies of the chats that came, ``keys`` what they bore as authorization.
    ``models`` are listed by name or as whole entries, unless ``listing`` says what is answered
    instead. ``client_left`` is set when a client closed its connection while the server still
    waited. A mistake in a behaviour or rule is raised at the end.

    With a ``certificate`` (a PEM file that holds the key too) the server speaks TLS.
    """

    def __init__(self, rule: Rule | None = None, *, certificate: Path | None = None) -> None:
        self.rule: Rule = rule or perfect_rule(ChapterFacts("It was a quiet morning."))
        self.behaviours: deque[Behaviour] = deque()
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.models: list[str | dict[str, Any]] = [MODEL]
        self.listing: Behaviour | None = None
        self.client_left = threading.Event()
        self._released = threading.Event()
        self._mistakes: list[Exception] = []
        self._changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.provider = self
        self._scheme = "http"
        if certificate is not None:
            self._scheme = "https"
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @classmethod
    def answering(cls, *behaviours: Behaviour) -> ScriptedProvider:
        """A server that gives these answers in turn and refuses every further request."""
        provider = cls(lambda _request: error(400, "the script is at its end"))
        provider.behaviours.extend(behaviours)
        return provider

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
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if self._mistakes and error is None:
            raise self._mistakes[0]

    def schema_names(self) -> list[str | None]:
        """The schemas asked for so far; ``None`` for plain text."""
        return [schema_name(request) for request in self.requests]

    def wait_for_requests(self, count: int) -> None:
        """Waits until so many requests have arrived."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.requests) >= count, WAIT_SECONDS)
        assert arrived, f"only {len(self.requests)} of {count} requests came"

    def answer_chat(self, handler: BaseHTTPRequestHandler) -> None:
        """Called by the server for each chat request, on a thread of its own."""
        request = _read(handler)
        with self._changed:
            self.requests.append(request)
            self.keys.append(handler.headers.get("Authorization"))
            behave = self.behaviours.popleft() if self.behaviours else self.rule(request)
            self._changed.notify_all()
        behave(self._exchange(request, handler))

    def answer_listing(self, handler: BaseHTTPRequestHandler) -> None:
        """Called by the server when its models are asked for."""
        entries = [{"id": model} if isinstance(model, str) else model for model in self.models]
        behave = self.listing or status(200, {"data": entries})
        behave(self._exchange({}, handler))

    def _exchange(self, request: dict[str, Any], handler: BaseHTTPRequestHandler) -> Exchange:
        return Exchange(request, handler, self._released, self.client_left)

    def attempt(self, answer: Callable[[BaseHTTPRequestHandler], None], handler: _Handler) -> None:
        """Answers, and tells a client that left from a mistake in the test's script."""
        try:
            answer(handler)
        except OSError:
            self.client_left.set()
        except Exception as mistake:
            self._mistakes.append(mistake)


def _read(handler: BaseHTTPRequestHandler) -> dict[str, Any]:
    length = int(handler.headers["Content-Length"])
    body = handler.rfile.read(length)
    if len(body) < length:
        raise ConnectionResetError("the client left amid its request")
    request: dict[str, Any] = json.loads(body)
    return request


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64
    provider: ScriptedProvider

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is what some tests are about, not a fault of the server."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        self._serve("/v1/chat/completions", self.server.provider.answer_chat)

    def do_GET(self) -> None:
        self._serve("/v1/models", self.server.provider.answer_listing)

    def _serve(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.close_connection = True
        if self.path == path:
            self.server.provider.attempt(answer, self)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the tests look at what happened, not at a log."""
