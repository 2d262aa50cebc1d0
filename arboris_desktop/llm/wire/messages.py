"""The shapes in which servers put the parts of a chat's answer."""

from __future__ import annotations

import json
from collections.abc import Mapping

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.llm.wire.dialects import as_choice
from arboris_desktop.llm.wire.events import WireEvent, sounds_wrong
from arboris_desktop.llm.wire.finish_reasons import end_of
from arboris_desktop.text.patterns import lazy_pattern

_THOUGHT_FIELDS = ("reasoning_content", "reasoning", "thinking", "thought", "reasoning_text")
_THOUGHT_PARTS = frozenset(
    {"thinking", "reasoning", "thought", "redacted_thinking", "think", "reasoning_content"}
)
_TEXTS = ("text", "value", "content", "parts")
"""Keys under which the text of a part stands."""

_ENDS = ("finish_reason", "finishReason", "done_reason", "finish_details")
_GRAVE = (AnswerEnd.CUT, AnswerEnd.WITHHELD, AnswerEnd.FAILED)
_WRAPPERS = ("data", "result", "output", "response", "Response", "body", "payload")
_CAPITAL_CHOICES = "Choices"
_CAPITAL = lazy_pattern(r"(?<=[a-z])[A-Z]")
_DEEPEST = 8
_WRAPPERS_OF_ERRORS = ("Response", "response")
_OF_ERRORS = (
    "error_message",
    "errorMessage",
    "error_msg",
    "err_msg",
    "errorMsg",
    "errmsg",
    "errMsg",
)
_MESSAGES = ("message", "msg", "detail", "desc", *_OF_ERRORS)
_CODES = (
    "code",
    "error_code",
    "errorCode",
    "err_code",
    "errcode",
    "ret",
    "status",
    "status_code",
    "success",
    "type",
)
_FINE = (
    "0 200 ok success true none info message ping progress processing queued pending running "
    "waiting starting loading in_progress started keepalive heartbeat searching"
)
_FINE_CODES = frozenset({"", *_FINE.split()})
_OF_A_COMPLAINT = frozenset(
    {*map(str.lower, _MESSAGES), "request_id", "requestid", "timestamp", "path", "sid"}
)
"""Keys that make an object an error if it has no others."""


def unwrapped(value: object) -> object:
    """Returns the answer itself if a proxy has wrapped it into another object."""
    if isinstance(value, Mapping) and "choices" not in value:
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, Mapping) and ("choices" in inner or _CAPITAL_CHOICES in inner):
                # The token counts may stand beside it.
                return unwrapped({"usage": value.get("usage"), **inner})
        if _CAPITAL_CHOICES in value:
            return _in_small_letters(value)
    return value


def _in_small_letters(value: object, depth: int = 0) -> object:
    """Renames keys to those of the API: 混元 writes ``Choices`` and ``FinishReason``."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [_in_small_letters(each, depth + 1) for each in value]
    if isinstance(value, Mapping):
        return {
            _CAPITAL.sub(r"_\g<0>", str(name)).lower(): _in_small_letters(inner, depth + 1)
            for name, inner in value.items()
        }
    return value


def choice_of(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """Returns the requested choice, or what a server without choices has instead."""
    choices = value.get("choices")
    if isinstance(choices, Mapping):
        choices = [choices] if "delta" in choices or "message" in choices else [*choices.values()]
    if isinstance(choices, list):
        found = [choice for choice in choices if isinstance(choice, Mapping)]
        first = (choice for choice in found if choice.get("index") in (0, None))
        return next(first, found[0] if found else None)
    if isinstance(value.get("message"), Mapping) and ("done" in value or "role" in value):
        done = value.get("done") is True
        word = value.get("done_reason") or ("stop" if done else None)
        return {"message": value["message"], "finish_reason": word, "is_piece": True}
    return as_choice(value)


def end_words(choice: Mapping[str, object], value: Mapping[str, object]) -> list[object]:
    """Yields the words for the end in an event: the API's own, and what a router was told."""
    delta = choice.get("delta")
    parts = (choice, delta if isinstance(delta, Mapping) else {}, value)
    words = [part[name] for part in parts for name in _ENDS if part.get(name)]
    if not words and isinstance(choice.get("stop_reason"), str):
        words.append(choice["stop_reason"])
    if not words and value.get("is_end") is True:
        words.append("stop")
    native = choice.get("native_finish_reason")
    return [*words, native] if words and end_of(native) in _GRAVE else words


def content_of(part: Mapping[str, object]) -> str:
    """Returns the text of a message."""
    return "" if _thinks_aloud(part) else content_parts(part.get("content"))


def content_parts(content: object) -> str:
    """Returns the text of a content, which may be a part or a list of them, some of them
    thoughts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(map(content_parts, content))
    if isinstance(content, Mapping) and not _is_thought(content):
        return content_parts(next((content[k] for k in _TEXTS if content.get(k)), ""))
    return ""


def refusals_of(part: Mapping[str, object]) -> str:
    """Returns the words in which a model refuses, if they stand apart from the text."""
    content = part.get("content")
    parts = [part, *(content if isinstance(content, list) else ())]
    said = [one.get("refusal") for one in parts if isinstance(one, Mapping)]
    return "".join(one for one in said if isinstance(one, str))


def arguments_of(part: Mapping[str, object]) -> str:
    """Returns the arguments of the one tool that a message calls.

    Nobody offered it: some servers make a tool of the required form of an answer.
    """
    calls = part.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else None
    call = first.get("function") if isinstance(first, Mapping) else part.get("function_call")
    arguments = call.get("arguments") if isinstance(call, Mapping) else None
    if isinstance(arguments, Mapping):
        return json.dumps(arguments, ensure_ascii=False)
    return arguments if isinstance(arguments, str) else ""


def _thinks_aloud(part: Mapping[str, object]) -> bool:
    """True if a whole piece is thought, although it stands where the text does."""
    extra = part.get("extra_content")
    google = extra.get("google") if isinstance(extra, Mapping) else None
    said = [part.get(name) for name in ("type", "phase", "role")]
    return any(word in _THOUGHT_PARTS for word in said if isinstance(word, str)) or (
        any(isinstance(p, Mapping) and p.get("thought") is True for p in (part, google))
        or part.get("is_thinking") is True
    )


def thoughts_of(part: Mapping[str, object]) -> str:
    """Returns the thoughts of a message, which stand in a field of their own."""
    for name in _THOUGHT_FIELDS:
        value = part.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, Mapping) and (text := content_parts(value)):
            return text
    if _thinks_aloud(part):
        return content_parts(part.get("content"))
    content = part.get("content")
    if isinstance(content, list):
        return "".join(map(_text_of_thought, filter(_is_thought, content)))
    details = part.get("reasoning_details")
    if isinstance(details, list):
        return "".join(map(_text_of_thought, details))
    return ""


def _is_thought(part: object) -> bool:
    return isinstance(part, Mapping) and (
        part.get("type") in _THOUGHT_PARTS
        or str(part.get("type")).startswith(("reasoning", "thinking"))
        or part.get("thought") is True
    )


def _text_of_thought(part: object) -> str:
    if not isinstance(part, Mapping):
        return ""
    for name in ("text", "thinking", "reasoning", "summary", "content"):
        value = part.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return content_parts(value)
    return ""


def error_in(value: object, event: WireEvent) -> object | None:
    """The error in an event; ``None`` when there is none."""
    if event.name.lower() in ("error", "exception", "fatal"):
        return value if value is not None else event.data
    if not isinstance(value, Mapping):
        is_page = event.data[:1] == "<"
        tells = value is None and (is_page or sounds_wrong(event.data))
        return event.data if tells else None
    within = [value.get(name) for name in _WRAPPERS_OF_ERRORS]
    told = (value, *(one for one in within if isinstance(one, Mapping)))
    if any(part.get(name) for part in told for name in ("error", "errors", "Error")):
        return value
    choice = choice_of(value)
    if choice is not None:
        delta = choice.get("delta")
        parts = (choice, delta if isinstance(delta, Mapping) else {})
        return next((part["error"] for part in parts if part.get("error")), None)
    return value if _tells_of_error(value) else None


def _tells_of_error(value: Mapping[str, object]) -> bool:
    if value.get("type") == "error" or value.get("object") == "error":
        return True
    base = value.get("base_resp")
    if isinstance(base, Mapping) and base.get("status_code") not in (0, None):
        return True
    if value.get("choices") or "usage" in value:
        return False
    if any(isinstance(value.get(name), str) and value[name] for name in _OF_ERRORS):
        return not any(
            str(value.get(name, "")).lower() in ("0", "ok", "success") for name in _CODES
        )
    if "choices" in value:
        return False
    speaks = any(isinstance(value.get(name), str | list) and value[name] for name in _MESSAGES)
    if speaks and {str(name).lower() for name in value} <= _OF_A_COMPLAINT:
        return True
    codes = [str(value[name]).lower() for name in _CODES if value.get(name) is not None]
    return speaks and any(code not in _FINE_CODES for code in codes)
