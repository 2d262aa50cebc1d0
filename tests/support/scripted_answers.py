"""Answers of the scripted provider, good and bad. Each function makes one behaviour."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tests.support.scripted_exchange import Behaviour, Exchange, delta_of, event_of

BEGINNING = "Some text. "
"""The text that answers send before they fail amid it, unless they are told another."""


def pieces_of(answer: str, length: int = 12) -> list[str]:
    """A text in pieces, as a model streams it."""
    return [answer[start : start + length] for start in range(0, len(answer), length)]


def text(
    answer: str,
    *,
    delay: float = 0.0,
    finish_reason: str | None = "stop",
    usage: bool = True,
    done: bool = True,
    pieces: Iterable[str] | None = None,
) -> Behaviour:
    """Streams a text with ``delay`` seconds between pieces.

    The figures of usage, the reason for the end and the sign that nothing more comes can be left
    out, as some servers do.
    """

    def behave(exchange: Exchange) -> None:
        exchange.head()
        for piece in pieces_of(answer) if pieces is None else pieces:
            exchange.delta(piece)
            if delay:
                exchange.pause(delay)
        if finish_reason is not None:
            exchange.event(delta_of("", finish_reason))
        if usage:
            figures = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
            exchange.event({"choices": [], "usage": figures})
        if done:
            exchange.write(b"data: [DONE]\n\n")
        exchange.end()

    return behave


def json_answer(data: object, *, finish_reason: str = "stop") -> Behaviour:
    """Streams a JSON value."""
    return text(json.dumps(data, ensure_ascii=False), finish_reason=finish_reason)


def thinking(thought: str, answer: str) -> Behaviour:
    """Streams an answer that begins with the thinking, the tags split over the pieces."""
    said = f"<think>{thought}</think>\n\n{answer}"
    return text(said, pieces=pieces_of(said, 3))


def reasoning(thought: str, answer: str) -> Behaviour:
    """Streams an answer whose thinking comes in a field of its own."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.delta("", reasoning_content=thought)
        exchange.event(delta_of(answer, "stop"))
        exchange.end()

    return behave


def whole(answer: str) -> Behaviour:
    """Answers with one JSON object, although a stream was asked for."""
    message = {"role": "assistant", "content": answer}
    usage = {"prompt_tokens": 11, "completion_tokens": 7}
    return status(200, {"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage})


def split_bytes(data: bytes, size: int, content_type: str = "text/event-stream") -> Behaviour:
    """Streams bytes in chunks of ``size`` that respect no boundary of character or line."""

    def behave(exchange: Exchange) -> None:
        exchange.head(content_type=content_type)
        for start in range(0, len(data), size):
            exchange.write(data[start : start + size])
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
        exchange.delta(answer)
        exchange.pause(0.05)  # the reset would overtake what is still in the socket's buffer
        exchange.reset()

    return behave


def truncated(answer: str) -> Behaviour:
    """Streams a text and ends properly as HTTP, but without saying that the answer is complete."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.delta(answer)
        exchange.end()

    return behave


def stall(after: str | None = None) -> Behaviour:
    """Falls silent: before the headers, or after a text."""

    def behave(exchange: Exchange) -> None:
        if after is not None:
            exchange.head()
            exchange.delta(after)
        exchange.stall()

    return behave


def keep_alive_only(every: float = 0.05, *, after: str = "") -> Behaviour:
    """Streams a text, if any, and then nothing but comments that keep the connection alive."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        if after:
            exchange.delta(after)
        exchange.comments(every)

    return behave


def raw_event(line: str) -> Behaviour:
    """Streams some text, then one event of which the data is the given line."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.delta(BEGINNING)
        exchange.write(f"data: {line}\n\n".encode())
        exchange.end()

    return behave


def error_in_stream(message: str, **fields: Any) -> Behaviour:
    """Streams some text, then an error object, with such fields as its ``code``."""
    return raw_event(json.dumps({"error": {"message": message, "type": "server_error"} | fields}))


def gbk() -> Behaviour:
    """Streams Chinese text in another encoding than UTF-8."""

    def behave(exchange: Exchange) -> None:
        event = delta_of("夜色很深，城里没有一盏灯。" * 4)
        exchange.head()
        exchange.write(b"data: " + json.dumps(event, ensure_ascii=False).encode("gbk") + b"\n\n")
        exchange.end()

    return behave


def marked(answer: str) -> Behaviour:
    """Streams a text after a byte order mark, as the standard for event streams allows."""
    return split_bytes("\ufeff".encode() + event_of(delta_of(answer, "stop")), 4096)


@cache
def _babble(characters: int) -> str:
    """Letters that do not go round in circles, as words would be taken to."""
    return "".join(random.Random(1124).choices("abcdefghij klmnop", k=characters))


def drip(every: float) -> Behaviour:
    """Streams a word every so many seconds and never ends."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        count = 0
        while not exchange.pause(every):
            count += 1
            exchange.delta(f" drop {count}")

    return behave


def huge(characters: int) -> Behaviour:
    """Streams an answer of about so many characters."""
    size = 50_000
    return text("", pieces=[_babble(size)] * (characters // size))


def endless() -> Behaviour:
    """Streams words as fast as the client takes them and never ends."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        while True:
            exchange.delta(_babble(1_000))

    return behave


def endless_body(content_type: str = "text/event-stream") -> Behaviour:
    """Streams one line as fast as the client takes it and never ends it."""

    def behave(exchange: Exchange) -> None:
        exchange.head(content_type=content_type)
        exchange.write(b"data: ")
        while True:
            exchange.write(b"a" * 1_000_000)

    return behave


def in_two_parts(first: str, second: str, gate: threading.Event) -> Behaviour:
    """Streams the one text, and the other when the gate opens."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.delta(first)
        exchange.hold(gate)
        exchange.event(delta_of(second, "stop"))
        exchange.end()

    return behave
