"""The shapes in which servers put what belongs to a chat's answer."""

from __future__ import annotations

from collections.abc import Mapping

from arboris_desktop.llm.wire.framing import WireEvent

_THOUGHT_FIELDS = ("reasoning_content", "reasoning", "thinking", "thought", "reasoning_text")
_THOUGHT_PARTS = frozenset({"thinking", "reasoning", "thought", "redacted_thinking"})
_WRAPPERS = ("data", "result", "output", "response", "body", "payload")
_MESSAGES = ("message", "msg", "error_msg", "errorMessage", "error_message", "detail", "err_msg")
_CODES = ("code", "error_code", "errorCode", "err_code", "status", "status_code", "success", "type")
_FINE_CODES = frozenset({"0", "200", "ok", "success", "true", "none", ""})


def unwrapped(value: object) -> object:
    """The answer itself, where a proxy has put it into another object."""
    if isinstance(value, Mapping) and "choices" not in value:
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, Mapping) and "choices" in inner:
                return inner
    return value


def choice_of(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """The one choice that was asked for, or what a server that knows no choices has instead."""
    choices = value.get("choices")
    if isinstance(choices, list):
        found = [choice for choice in choices if isinstance(choice, Mapping)]
        first = (choice for choice in found if choice.get("index") in (0, None))
        return next(first, found[0] if found else None)
    if isinstance(value.get("message"), Mapping) and ("done" in value or "role" in value):
        done = value.get("done") is True
        word = value.get("done_reason") or ("stop" if done else None)
        return {"message": value["message"], "finish_reason": word, "is_piece": True}
    return None


def content_of(part: Mapping[str, object]) -> str:
    """What a message says."""
    return content_parts(part.get("content"))


def content_parts(content: object) -> str:
    """The text of a content, which may be a list of parts, some of them thoughts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = (p for p in content if isinstance(p, Mapping) and not _is_thought(p))
        return "".join(str(p["text"]) for p in parts if isinstance(p.get("text"), str))
    return ""


def thoughts_of(part: Mapping[str, object]) -> str:
    """What a message thinks, in a field of its own."""
    for name in _THOUGHT_FIELDS:
        value = part.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, Mapping) and isinstance(value.get("content"), str):
            return str(value["content"])
    content = part.get("content")
    if isinstance(content, list):
        return "".join(map(_text_of_thought, filter(_is_thought, content)))
    details = part.get("reasoning_details")
    if isinstance(details, list):
        return "".join(map(_text_of_thought, details))
    return ""


def _is_thought(part: object) -> bool:
    return isinstance(part, Mapping) and (
        part.get("type") in _THOUGHT_PARTS or part.get("thought") is True
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
    """What of an event tells of an error; ``None`` when it tells of none."""
    if event.name.lower() in ("error", "exception", "fatal"):
        return value if value is not None else event.data
    if not isinstance(value, Mapping):
        text = event.data.lstrip("[ ").lower()
        return event.data if value is None and text.startswith("error") else None
    if value.get("error"):
        return value
    choice = choice_of(value)
    if choice is not None:
        return choice["error"] if choice.get("error") else None
    return value if _tells_of_error(value) else None


def _tells_of_error(value: Mapping[str, object]) -> bool:
    if value.get("type") == "error" or value.get("object") == "error":
        return True
    base = value.get("base_resp")
    if isinstance(base, Mapping) and base.get("status_code") not in (0, None):
        return True
    if "choices" in value or "usage" in value:
        return False
    speaks = any(isinstance(value.get(name), str) and value[name] for name in _MESSAGES)
    codes = [str(value[name]).lower() for name in _CODES if value.get(name) is not None]
    return speaks and any(code not in _FINE_CODES for code in codes)
