"""Pieces of an answer in the dialects of Anthropic, Gemini and OpenAI's newer interface.

Some proxies pass on the answer of another server unchanged. It is converted to the choices that
were asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arboris_desktop.llm.wire.plain_pieces import as_plain_choice


def as_choice(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """Returns the choice that a piece in another dialect stands for; ``None`` if it is in none."""
    if (plain := as_plain_choice(value)) is not None:
        return plain
    kind = value.get("type")
    if isinstance(kind, str):
        return _of_openai(kind, value) if kind.startswith("response.") else _of_anthropic(value)
    return _of_response(value) if value.get("object") == "response" else _of_gemini(value)


def _of_gemini(value: Mapping[str, object]) -> Mapping[str, object] | None:
    candidates, feedback = value.get("candidates"), value.get("promptFeedback")
    if isinstance(feedback, Mapping) and feedback.get("blockReason"):
        return _piece("", "", "content_filter")
    if not isinstance(candidates, list) or not candidates:
        return None
    candidate: Any = candidates[0]
    if not isinstance(candidate, Mapping):
        return None
    content = candidate.get("content")
    parts = content.get("parts") if isinstance(content, Mapping) else None
    texts = [part for part in parts or () if isinstance(part, Mapping)]
    said = "".join(_text(part, "text") for part in texts if part.get("thought") is not True)
    thought = "".join(_text(part, "text") for part in texts if part.get("thought") is True)
    return _piece(said, thought, candidate.get("finishReason"))


def _of_anthropic(value: Mapping[str, object]) -> Mapping[str, object] | None:
    kind = value["type"]
    if kind == "message" and isinstance(value.get("content"), list):
        message = {"role": "assistant", "content": value["content"]}
        return {"message": message, "finish_reason": value.get("stop_reason")}
    part = value.get("content_block" if kind == "content_block_start" else "delta")
    if not isinstance(part, Mapping):
        return None
    if kind in ("content_block_start", "content_block_delta"):
        return _piece(_text(part, "text"), _text(part, "thinking"), None)
    return _piece("", "", part.get("stop_reason")) if kind == "message_delta" else None


def _of_openai(kind: str, value: Mapping[str, object]) -> Mapping[str, object] | None:
    if kind == "response.output_text.delta":
        return _piece(_text(value, "delta"), "", None)
    if kind == "response.output_text.done":
        # The complete text once more, or for the first time, from a server that does not stream.
        return {"message": {"content": _text(value, "text")}}
    if kind == "response.refusal.delta":
        return {"delta": {"refusal": _text(value, "delta")}}
    if kind.startswith("response.reasoning") and kind.endswith(".delta"):
        return _piece("", _text(value, "delta"), None)
    response = value.get("response")
    if kind not in ("response.completed", "response.incomplete") or not isinstance(
        response, Mapping
    ):
        return None
    return _of_response({"status": kind.removeprefix("response."), **response})


def _of_response(response: Mapping[str, object]) -> Mapping[str, object] | None:
    """Returns the end of an answer, with the complete text if a server sends it there."""
    details = response.get("incomplete_details")
    word = details.get("reason") if isinstance(details, Mapping) else None
    word = word or {"completed": "stop", "incomplete": "length"}.get(str(response.get("status")))
    output = response.get("output")
    items = [one for one in output if isinstance(one, Mapping)] if isinstance(output, list) else []
    contents = [one["content"] for one in items if isinstance(one.get("content"), list)]
    said = [part for content in contents for part in content if isinstance(part, Mapping)]
    if any(part.get("text") or part.get("refusal") for part in said):
        return {"message": {"content": said}, "finish_reason": word}
    return _piece("", "", word)


def _piece(said: str, thought: str, word: object) -> Mapping[str, object]:
    return {"delta": {"content": said, "reasoning_content": thought}, "finish_reason": word}


def _text(part: Mapping[str, object], name: str) -> str:
    text = part.get(name)
    return text if isinstance(text, str) else ""
