"""Faults of a provider while a chapter is analysed, and the fate that the task must have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.conftest import SECRET
from tests.faults.provider_desk import ALIVE, CHANGE, CHANGES, QUICK, UNHURRIED
from tests.support.scripted_provider import (
    Behaviour,
    Exchange,
    drip,
    endless,
    endless_body,
    error,
    error_in_stream,
    gbk,
    html,
    keep_alive_only,
    marked,
    raw_event,
    reasoning,
    redirect,
    reset_after,
    reset_at_once,
    stall,
    status,
    text,
    truncated,
    whole,
)

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")

UNREACHABLE = "The model could not be reached."
LATE = "The model did not begin to answer in time."
STOPPED = "The model stopped in the middle of its answer."
TOO_LONG_WORK = "The work took longer than the time allowed for it."
SLOW_DOWN = "The provider asked us to slow down."
THEIR_PROBLEM = "The provider has a problem on its side."
WRONG_FORM = "The model's answer was not in the form it was asked for."
NOTHING = "The model answered with nothing."
WRONG_KEY = "The provider refused the key."
NO_CREDIT = "The account has no credit or quota left."
NO_SUCH_MODEL = "The provider does not have the chosen model."
TOO_LONG_TEXT = "The text is too long for this model, even in parts."
REFUSED = "The provider refused the request."
FILTERED = "The provider's content filter intervened."
ROUND_IN_CIRCLES = "The model kept repeating itself and was stopped."
NO_MODEL_THERE = "There is no language model at that address."
WRONG_SCHEME = "The address begins with the wrong one of http:// and https://."
INSECURE = "No secure connection to the provider could be made."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong in one step, whose requests get ``answers`` in turn.

    ``says`` is the first sentence that the author reads. A ``retried`` task waits in the queue,
    at least ``waits`` seconds; another has failed. ``requests`` is how many the step makes in one
    attempt, and all but the first tell the model ``told``. ``detail`` is in the technical message.
    """

    name: str
    answers: tuple[Behaviour, ...]
    kind: ErrorKind
    says: str
    retried: bool
    requests: int = 1
    waits: float = 0.0
    told: str = ""
    detail: str = ""
    timeouts: Timeouts = UNHURRIED
    time_limit: float | None = None


def _retried(
    name: str, answer: Behaviour, kind: ErrorKind, says: str, *, waits: float = 0.0
) -> Fault:
    return Fault(name, (answer,), kind, says, retried=True, waits=waits)


def _lost(name: str, answer: Behaviour) -> Fault:
    return _retried(name, answer, ErrorKind.CONNECTION, UNREACHABLE)


def _silent(name: str, answer: Behaviour, kind: ErrorKind, says: str) -> Fault:
    return Fault(name, (answer,), kind, says, retried=True, timeouts=QUICK)


def _final(name: str, answer: Behaviour, kind: ErrorKind, says: str, detail: str = "") -> Fault:
    return Fault(name, (answer,), kind, says, retried=False, detail=detail)


def _too_long(name: str, answer: Behaviour) -> Fault:
    """The step is asked in parts half as large, and half as large again, before it gives up."""
    kind = ErrorKind.CONTEXT_TOO_LONG
    return Fault(name, (answer,), kind, TOO_LONG_TEXT, retried=False, requests=3)


def _repaired_in_vain(name: str, answer: str, told: str) -> Fault:
    return Fault(
        name,
        (text(answer),),
        ErrorKind.INVALID_ANSWER,
        WRONG_FORM,
        retried=True,
        requests=3,
        told=told,
        detail=told,
    )


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    b"Connection: close\r\n\r\n"
)
_STREAM = _HEAD + b"".join(
    _chunk(b"data: " + json.dumps({"choices": [{"delta": {"content": piece}}]}).encode() + b"\n\n")
    for piece in ('{"chan', 'ges": [', "]}")
)
"""A good answer to its last word, only that the end is not announced."""


def reset_at_byte(count: int) -> Behaviour:
    """Sends so many bytes of an answer and breaks the connection."""

    def behave(exchange: Exchange) -> None:
        exchange.raw(_STREAM[:count])
        exchange.reset()

    return behave


def cut_refusal() -> Behaviour:
    """Refuses with 401 and breaks the connection amid the reason."""

    def behave(exchange: Exchange) -> None:
        exchange.raw(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\n{")
        exchange.reset()

    return behave


def limited_until(seconds: float) -> Behaviour:
    """Asks to be left alone until a moment, told as HTTP tells dates."""

    def behave(exchange: Exchange) -> None:
        moment = datetime.now(UTC) + timedelta(seconds=seconds)
        told = format_datetime(moment, usegmt=True)
        error(429, "slow down", Retry_After=told)(exchange)

    return behave


def _with_twice(key: str) -> str:
    once = json.dumps(CHANGES)[1:-1]
    return f"{{{once}, {once}}}".replace("changes", key)


CONNECTION_FAULTS = [
    _lost("reset instead of an answer", reset_at_once()),
    _lost("reset amid the status line", reset_at_byte(12)),
    _lost("reset amid the headers", reset_at_byte(45)),
    _lost("reset after the headers", reset_at_byte(len(_HEAD))),
    _lost("reset amid the first word", reset_at_byte(len(_HEAD) + 40)),
    _lost("reset after all words but before the end", reset_at_byte(len(_STREAM))),
    _lost("reset amid the stream", reset_after('{"chan')),
    _lost("an orderly end in the middle", truncated('{"chan')),
    _silent("silence from the start", stall(), ErrorKind.FIRST_TOKEN_TIMEOUT, LATE),
    _silent("silence after the headers", stall(after=""), ErrorKind.FIRST_TOKEN_TIMEOUT, LATE),
    Fault(
        "nothing but keep-alive",
        (keep_alive_only(),),
        ErrorKind.FIRST_TOKEN_TIMEOUT,
        LATE,
        retried=True,
        timeouts=ALIVE,
    ),
    _silent("silence amid the stream", stall(after='{"chan'), ErrorKind.STALLED, STOPPED),
    Fault(
        "a slow drip past the total time",
        (drip(0.02),),
        ErrorKind.TOTAL_TIMEOUT,
        TOO_LONG_WORK,
        retried=True,
        time_limit=5.0,
    ),
]

_ECHO = f"for key {SECRET}"
_QUOTA = "You exceeded your current quota, please check your plan and billing details."
_CONTEXT = "This model's maximum context length is 4096 tokens."

STATUS_FAULTS = [
    _final("400", error(400, f"bad role {_ECHO}"), ErrorKind.REQUEST_REFUSED, REFUSED, "bad role"),
    _final("401", error(401, f"wrong {_ECHO}"), ErrorKind.UNAUTHORIZED, WRONG_KEY, "wrong for key"),
    _final(
        "401 whose words are cut", cut_refusal(), ErrorKind.UNAUTHORIZED, WRONG_KEY, "Unauthorized"
    ),
    _final("403", error(403, f"forbidden {_ECHO}"), ErrorKind.UNAUTHORIZED, WRONG_KEY),
    _final(
        "404 for the model",
        error(404, "The model `scripted` does not exist", kind="model_not_found"),
        ErrorKind.MODEL_NOT_FOUND,
        NO_SUCH_MODEL,
    ),
    _final("404 for the address", html(404), ErrorKind.NOT_AN_API, NO_MODEL_THERE, "a web page"),
    _retried("408", error(408, "timed out"), ErrorKind.SERVER_ERROR, THEIR_PROBLEM),
    _too_long("413", html(413)),
    _too_long("400 for the context", error(400, _CONTEXT, kind="context_length_exceeded")),
    _final(
        "422",
        status(422, {"detail": [{"loc": ["body", "messages"], "msg": f"odd {_ECHO}"}]}),
        ErrorKind.REQUEST_REFUSED,
        REFUSED,
        "odd",
    ),
    _retried(
        "429 with seconds",
        error(429, f"slow down {_ECHO}", Retry_After="120"),
        ErrorKind.RATE_LIMITED,
        SLOW_DOWN,
        waits=120,
    ),
    _retried("429 with a date", limited_until(150), ErrorKind.RATE_LIMITED, SLOW_DOWN, waits=140),
    _retried("429 with nothing", error(429, "slow down"), ErrorKind.RATE_LIMITED, SLOW_DOWN),
    _final(
        "429 for the quota",
        error(429, _QUOTA, kind="insufficient_quota"),
        ErrorKind.QUOTA_EXHAUSTED,
        NO_CREDIT,
    ),
    _final("402", error(402, "Insufficient Balance"), ErrorKind.QUOTA_EXHAUSTED, NO_CREDIT),
    _retried("500", status(500, f"oops {_ECHO}"), ErrorKind.SERVER_ERROR, THEIR_PROBLEM),
    _retried("502 as a web page", html(502), ErrorKind.SERVER_ERROR, THEIR_PROBLEM),
    _retried(
        "503 with seconds",
        error(503, "overloaded", Retry_After="90"),
        ErrorKind.SERVER_ERROR,
        THEIR_PROBLEM,
        waits=90,
    ),
    _retried("504", error(504, "gateway"), ErrorKind.SERVER_ERROR, THEIR_PROBLEM),
    _final(
        "redirect",
        redirect(f"https://elsewhere.example/v1/chat/completions?key={SECRET}"),
        ErrorKind.NOT_AN_API,
        NO_MODEL_THERE,
        "elsewhere.example",
    ),
    _final("200 as a web page", html(), ErrorKind.NOT_AN_API, NO_MODEL_THERE),
    _final("200 from another API", status(200, {"hello": 1}), ErrorKind.NOT_AN_API, NO_MODEL_THERE),
    _retried(
        "an error amid the stream",
        error_in_stream(f"overloaded {_ECHO}"),
        ErrorKind.SERVER_ERROR,
        THEIR_PROBLEM,
    ),
]

ANSWER_FAULTS = [
    _retried(
        "an event that is cut JSON",
        raw_event('{"choices": [{"del'),
        ErrorKind.INVALID_ANSWER,
        WRONG_FORM,
    ),
    _retried("another encoding", gbk(), ErrorKind.INVALID_ANSWER, WRONG_FORM),
    _retried("an answer without end", endless(), ErrorKind.RUNAWAY, ROUND_IN_CIRCLES),
    _retried("an event without end", endless_body(), ErrorKind.INVALID_ANSWER, WRONG_FORM),
    _repaired_in_vain("an answer that is cut JSON", '{"changes": [', "not JSON"),
    _repaired_in_vain("a wrong schema", '{"moods": []}', "none of the fields is there: changes"),
    _repaired_in_vain("a key twice", _with_twice("changes"), '"changes" comes twice'),
    Fault(
        "no JSON at all",
        (text(f"Nothing changes {_ECHO}, I think."),),
        ErrorKind.INVALID_ANSWER,
        WRONG_FORM,
        retried=True,
        requests=3,
        detail="there is no JSON object",
    ),
    Fault(
        "an empty answer",
        (text(""),),
        ErrorKind.EMPTY_ANSWER,
        NOTHING,
        retried=True,
        requests=3,
    ),
    Fault(
        "nothing but thinking",
        (text("<think>Who changes?</think>"),),
        ErrorKind.EMPTY_ANSWER,
        NOTHING,
        retried=True,
        requests=3,
    ),
    Fault(
        "cut at the token limit",
        (text('{"changes": [', finish_reason="length"),),
        ErrorKind.INVALID_ANSWER,
        WRONG_FORM,
        retried=True,
        requests=2,
        detail="was cut after",
    ),
    _final(
        "withheld by a filter",
        text('{"changes": [', finish_reason="content_filter"),
        ErrorKind.MODERATED,
        FILTERED,
        "content_filter",
    ),
]

FAULTS = [*CONNECTION_FAULTS, *STATUS_FAULTS, *ANSWER_FAULTS]


@dataclass(frozen=True, slots=True)
class OddAnswer:
    """An answer that is odd, but good enough: the task completes in one attempt."""

    name: str
    answer: Behaviour


_GOOD = json.dumps(CHANGES)
_LONG_WINDED = CHANGE | {"reason": "The lighthouse is dark. " * 30}


ODD_ANSWERS = [
    OddAnswer("thinking first", text(f"<think>Who {{changes}}?</think>\n\n{_GOOD}")),
    OddAnswer("thinking apart", reasoning("Who changes?", _GOOD)),
    OddAnswer("a code fence", text(f"```json\n{_GOOD}\n```")),
    OddAnswer("thinking, words and a fence", text(f"<think>?</think>Here:\n```\n{_GOOD}\n```")),
    OddAnswer("a byte order mark", text(f"\ufeff{_GOOD}")),
    OddAnswer("a byte order mark before the stream", marked(_GOOD)),
    OddAnswer("more facts than asked for", text(json.dumps({"changes": [CHANGE] * 30}))),
    OddAnswer("words that are too long", text(json.dumps({"changes": [_LONG_WINDED]}))),
    OddAnswer("no token counts", text(_GOOD, usage=False)),
    OddAnswer("not streamed", whole(_GOOD)),
]
