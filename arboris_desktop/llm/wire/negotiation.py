"""The part of the OpenAI API that a server understands, learnt from its refusals.

If a refusal is about the request as such, its optional parts are removed one by one, those first
that the server names. What made the difference is kept once a request has succeeded: a refusal
alone proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.llm.provider import ChatRequest, JsonSchema, Message, Role
from arboris_desktop.text.patterns import lazy_pattern

MOST_REQUESTS = 9
"""Attempts per question."""


class JsonMode(StrEnum):
    """A way to tell a server that JSON is wanted."""

    SCHEMA = "schema"
    OBJECT = "object"
    NONE = "none"


@record
class Dialect:
    """The part of the API that a server and model support.

    ``limit_name`` is the field for the answer's limit, empty if there is none, and ``max_output``
    its maximum, 0 for unlimited. ``context_tokens`` is what the server reported, 0 if nothing, once
    ``room_is_asked``; ``most_read`` the longest prompt that it has counted, and ``thought_tokens``
    how much the model thinks before it answers.
    """

    json_mode: JsonMode = JsonMode.SCHEMA
    wants_usage: bool = True
    sends_temperature: bool = True
    limit_name: str = "max_tokens"
    max_output: int = 0
    streams: bool = True
    has_system_role: bool = True
    context_tokens: int = 0
    room_is_asked: bool = False
    most_read: int = 0
    thought_tokens: int = 0

    def body(
        self, request: ChatRequest, model: str, extra: Mapping[str, object]
    ) -> dict[str, object]:
        """Returns the JSON body of a chat completion; the fields of ``extra`` win."""
        messages = request.messages if self.has_system_role else _without_system(request.messages)
        body: dict[str, object] = {
            "model": model,
            "messages": [{"role": m.role.value, "content": m.content} for m in messages],
            "stream": self.streams,
        }
        if self.streams and self.wants_usage:
            body["stream_options"] = {"include_usage": True}
        if request.max_tokens is not None and self.limit_name:
            limit = request.max_tokens
            body[self.limit_name] = min(limit, self.max_output) if self.max_output else limit
        if request.temperature is not None and self.sends_temperature:
            body["temperature"] = request.temperature
        if request.json_schema is not None and self.json_mode is not JsonMode.NONE:
            body["response_format"] = _response_format(self.json_mode, request.json_schema)
        return {**body, **extra}

    def to_json(self) -> dict[str, object]:
        """Returns the differences from the full API; see ``from_json``."""
        plain = asdict(Dialect())
        return {name: value for name, value in asdict(self).items() if value != plain[name]}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Dialect:
        """Reads what ``to_json`` wrote; unknown fields are ignored."""
        known = {f.name: type(getattr(cls(), f.name)) for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name == "json_mode" and value in list(JsonMode):
                values[name] = JsonMode(str(value))
            elif name in known and type(value) is known[name]:
                values[name] = value
        return cls(**values)


Change = dict[str, Any]
"""Fields of a dialect with their new values."""


class Negotiation:
    """The attempts at one question, from what is known of a server to what it understands.

    ``dialect`` is how it is asked next.
    """

    def __init__(self, known: Dialect, request: ChatRequest) -> None:
        self.dialect = known
        self._known = known
        self._request = request
        self._named: Change = {}
        self._guess: Change = {}
        self._seen = {known}
        self._first: ProviderError | None = None

    @property
    def learnt(self) -> Dialect:
        """The dialect to keep once the request has succeeded.

        It contains what the server named, and only the last of the guesses, which made the
        difference. If another one is needed too, it is found again next time.
        """
        return replace(self._known, **{**self._named, **self._guess})

    def adapt(self, refusal: ProviderError, status: int | None) -> None:
        """Removes what may have caused the refusal.

        Raises it if it is not about what the server understands, and the first one if there is
        nothing left to remove.
        """
        said = refusal.message.lower()
        if not _is_about_form(refusal, status, said):
            raise refusal
        self._first = self._first or refusal
        if len(self._seen) >= MOST_REQUESTS:
            raise self._first
        for change, is_named in self._changes(said):
            changed = replace(self.dialect, **change)
            if changed not in self._seen:
                self._note(change, is_named=is_named)
                self._seen.add(changed)
                self.dialect = changed
                return
        raise self._first

    def _note(self, change: Change, *, is_named: bool) -> None:
        if is_named:
            self._named |= change
        else:
            self._guess = change

    def _changes(self, said: str) -> Iterator[tuple[Change, bool]]:
        """Yields first what the refusal names, then what is least often understood."""
        steps = (
            (_JSON, self._less_json),
            (_USAGE, lambda _said: self._without(wants_usage=False)),
            (_LIMIT, self._other_limit),
            (_TEMPERATURE, lambda _said: self._without(sends_temperature=False)),
            (_SYSTEM, self._without_system_role),
            (_STREAM, self._other_stream),
        )
        for words, step in steps:
            if words.search(said):
                for change in step(said):
                    yield change, True
        for _words, step in steps:
            for change in step(""):
                yield change, False

    def _less_json(self, _said: str) -> Iterator[Change]:
        if self._request.json_schema is not None:
            if self.dialect.json_mode is JsonMode.SCHEMA:
                yield {"json_mode": JsonMode.OBJECT}
            yield {"json_mode": JsonMode.NONE}

    @staticmethod
    def _without(**change: bool) -> Iterator[Change]:
        yield change

    def _other_limit(self, said: str) -> Iterator[Change]:
        asked, dialect = self._request.max_tokens, self.dialect
        if asked is None or not dialect.limit_name:
            return
        smaller = [int(number) for number in re.findall(r"\d{2,7}", said) if int(number) < asked]
        if smaller and not re.search(r"unsupported param|not supported|unknown|unrecognized", said):
            yield {"max_output": max(smaller)}
        if dialect.limit_name == "max_tokens":
            yield {"limit_name": "max_completion_tokens"}
        yield {"limit_name": ""}

    def _without_system_role(self, _said: str) -> Iterator[Change]:
        if any(message.role is Role.SYSTEM for message in self._request.messages):
            yield {"has_system_role": False}

    def _other_stream(self, said: str) -> Iterator[Change]:
        if not self.dialect.streams and said:
            yield {"streams": True}
        yield {"streams": False}


_JSON = lazy_pattern(
    r"response_?format|json_?schema|json_?object|json mode|structured[ _]output|xgrammar|outlines"
    r"|guided|grammar|\bschema|additionalproperties|word 'json'|word \"json\"|json 模式|结构化"
)
_USAGE = lazy_pattern(r"stream[ _]?options|include_?usage")
_LIMIT = lazy_pattern(
    r"max_(completion_|output_|new_)?tokens|(output|completion) tokens?|最大输出|输出长度"
)
_TEMPERATURE = lazy_pattern(r"temperature|温度")
_SYSTEM = lazy_pattern(
    r"system[ _]?(role|message|prompt|instruction)|roles? .{0,30}system|got system|['\"]system['\"]"
    r"|roles?: ?['\"]?system|unexpected role|first message must|['\"]user['\"] role|message role"
    r"|roles? must alternate|must alternate|only user|developer instruction|jinja|raise_exception"
    r"|chat[ _]template|系统(角色|消息|提示)"
)
_STREAM = lazy_pattern(r"\bstream(ing|ed)?\b(?![ _]?options)|流式")

_BROKEN_ELSEWHERE = frozenset({502, 503, 504})


def _is_about_form(refusal: ProviderError, status: int | None, said: str) -> bool:
    """True if a different request might be accepted."""
    if refusal.kind is ErrorKind.REQUEST_REFUSED:
        return True
    if refusal.kind is not ErrorKind.SERVER_ERROR or status in _BROKEN_ELSEWHERE:
        return False
    # Failing templates and grammars are reported as faults of the server.
    return _SYSTEM.search(said) is not None or _JSON.search(said) is not None


def _without_system(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Puts the instructions before the question, for a model without a system role."""
    instructions = [m.content for m in messages if m.role is Role.SYSTEM]
    others = [m for m in messages if m.role is not Role.SYSTEM]
    if not instructions:
        return messages
    text = "\n\n".join(instructions)
    if not others or others[0].role is not Role.USER:
        return (Message(Role.USER, text), *others)
    return (Message(Role.USER, f"{text}\n\n{others[0].content}"), *others[1:])


def _response_format(mode: JsonMode, schema: JsonSchema) -> dict[str, object]:
    if mode is JsonMode.OBJECT:
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {"name": schema.name, "schema": schema.schema, "strict": True},
    }
