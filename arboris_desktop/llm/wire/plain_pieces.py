"""Pieces of an answer from servers without choices: a field with text, and a flag.

This is how Ollama, llama.cpp, KoboldCpp, text-generation-inference, Cloudflare, 百炼, 千帆 and
Cohere answer on their own interfaces, and proxies that pass that on.
"""

from __future__ import annotations

from collections.abc import Mapping

_TEXT_AND_SIGN = (("response", "done"), ("result", "is_end"), ("content", "stop"))
"""Fields for the text, each with the field that marks the last piece."""

_OF_CLOUDFLARE = frozenset({"response", "p", "usage", "tool_calls"})
_WORDS = ("finish_reason", "done_reason", "stop_type", "finishReason")


def as_plain_choice(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """Returns the choice that such a piece stands for; ``None`` if it is none."""
    return (
        _of_text_field(value)
        or _of_token(value)
        or _of_output(value.get("output"))
        or _of_cohere(value)
    )


def _of_text_field(value: Mapping[str, object]) -> Mapping[str, object] | None:
    for field, sign in _TEXT_AND_SIGN:
        text, is_last = value.get(field), value.get(sign)
        if isinstance(text, str) and isinstance(is_last, bool):
            return _piece(text, (_word(value) or "stop") if is_last else None)
    text = value.get("response")
    if isinstance(text, str) and _OF_CLOUDFLARE.issuperset(value):
        return _piece(text, None)
    return None


def _of_token(value: Mapping[str, object]) -> Mapping[str, object] | None:
    token, details = value.get("token"), value.get("details")
    word = _word(value) or (_word(details) if isinstance(details, Mapping) else None)
    if isinstance(token, str):
        return _piece(token, word)
    if isinstance(token, Mapping) and isinstance(token.get("text"), str):
        return _piece("" if token.get("special") is True else str(token["text"]), word)
    return None


def _of_output(output: object) -> Mapping[str, object] | None:
    """Fields that hold the complete text so far in each piece."""
    if isinstance(output, Mapping) and isinstance(output.get("text"), str):
        message = {"role": "assistant", "content": output["text"]}
        return {"message": message, "finish_reason": _word(output)}
    return None


def _of_cohere(value: Mapping[str, object]) -> Mapping[str, object] | None:
    kind, delta = value.get("type"), value.get("delta")
    if not isinstance(delta, Mapping) or not isinstance(kind, str):
        return None
    if kind == "message-end":
        return _piece("", _word(delta))
    message = delta.get("message")
    content = message.get("content") if isinstance(message, Mapping) else None
    if kind not in ("content-start", "content-delta") or not isinstance(content, Mapping):
        return None
    thought, text = content.get("thinking"), content.get("text")
    return _piece(
        text if isinstance(text, str) else "", None, thought if isinstance(thought, str) else ""
    )


def _word(part: Mapping[str, object]) -> str | None:
    """Returns the word for the end; llama.cpp's for no end is ``none``."""
    return next((str(part[name]) for name in _WORDS if part.get(name)), None)


def _piece(text: str, word: str | None, thought: str = "") -> Mapping[str, object]:
    return {"delta": {"content": text, "reasoning_content": thought}, "finish_reason": word}
