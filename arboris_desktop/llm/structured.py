"""Answers of a declared form: asking for JSON, reading it strictly, and having it repaired.

pydantic is imported where it is used, so that importing this module does not delay the window.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, TypeVar

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Provider,
    complete,
)
from arboris_desktop.llm.thinking import without_thinking
from arboris_desktop.text.prose import guess_language

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound="BaseModel")

_SHOWN_ERRORS = 5
_LENGTH_FACTOR = 2
_MARGIN_TOKENS = 64


async def ask(
    provider: Provider,
    messages: tuple[Message, ...],
    answer: type[T],
    *,
    schema_name: str,
    max_tokens: int,
    temperature: float = 0.2,
    repairs: int = 2,
    on_usage: Callable[[TokenUsage], None] | None = None,
    on_text: Callable[[str], None] | None = None,
    prompts: PromptLibrary | None = None,
) -> tuple[T, TokenUsage]:
    """The answer of the declared form, and the tokens of all attempts together.

    An answer that cannot be read is given back to the model, with the reason, up to ``repairs``
    times; an answer cut at ``max_tokens`` is asked for once more with more room. ``on_usage`` is
    called after each attempt, so that the cost is known even if all of them fail; ``on_text`` gets
    the pieces of an attempt as they arrive, and an empty one when another attempt begins. Raises
    ``ProviderError``: of the kinds INVALID_ANSWER and EMPTY_ANSWER when the last attempt failed.
    """
    original = ChatRequest(messages, max_tokens, temperature, strict_schema(answer, schema_name))
    request, total, enlarged = original, TokenUsage(), False
    for repairs_left in range(repairs, -1, -1):
        if on_text is not None and repairs_left < repairs:
            on_text("")
        completion = await complete(provider, request, on_text)
        total += completion.usage
        if on_usage is not None:
            on_usage(completion.usage)
        if completion.finish_reason == "length":
            limit = _larger_limit(provider, request)
            if enlarged or not repairs_left or limit is None:
                raise _invalid(f"the answer was cut after {request.max_tokens} tokens")
            enlarged, request = True, replace(request, max_tokens=limit)
            continue
        try:
            return parse_answer(completion.text, answer), total
        except ProviderError as error:
            if not repairs_left:
                raise
            request = _repair(original, completion, error, prompts or PromptLibrary())
    raise AssertionError("the last attempt returns or raises")


def strict_schema(answer: type[BaseModel], name: str) -> JsonSchema:
    """The schema of a model in the form that strict servers want.

    They refuse optional and unknown properties, so every property becomes required.
    """
    schema = answer.model_json_schema()
    for definition in (schema, *schema.get("$defs", {}).values()):
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
            for property_schema in definition["properties"].values():
                property_schema.pop("default", None)
    return JsonSchema(name, schema)


def parse_answer(text: str, answer: type[T]) -> T:
    """Reads the one JSON object in an answer; prose and fences around it are let pass.

    Raises ``ProviderError``: EMPTY_ANSWER when there is nothing but thinking, INVALID_ANSWER when
    there is not exactly one JSON object, when a key comes twice, or when the form is wrong.
    """
    from pydantic import ValidationError

    said = without_thinking(text).strip()
    if not said:
        raise ProviderError(ErrorKind.EMPTY_ANSWER, "the model answered nothing")
    value = _only_object(said)
    try:
        # Through JSON, so that pydantic's rules for JSON hold: enum members are strings there.
        return answer.model_validate_json(json.dumps(value))
    except ValidationError as error:
        reason = _reasons(error)
    except RecursionError:
        reason = "the JSON is nested too deeply"
    raise _invalid(reason)


def _only_object(said: str) -> object:
    start = _start(said)
    try:
        value, end = _decoder().raw_decode(said, start)
    except RecursionError:
        raise _invalid("the JSON is nested too deeply") from None
    except ValueError as error:
        raise _invalid(f"not JSON: {error}") from None
    if _start(said, end, needed=False) >= 0:
        raise _invalid("there is more than one JSON object")
    return value


def _start(said: str, position: int = 0, *, needed: bool = True) -> int:
    """Where the next JSON object begins; a brace in prose is not followed by a key.

    Only the first one is tried: inside a broken object, a smaller whole one must not be taken for
    the answer.
    """
    while (position := said.find("{", position)) >= 0:
        following = said[position + 1 :].lstrip()[:1]
        if following in ('"', "}"):
            break
        position += 1
    if needed and position < 0:
        raise _invalid("there is no JSON object")
    if needed and said[:position].rstrip().endswith("["):
        raise _invalid("a JSON object is needed, not a list")
    return position


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_without_duplicates,
        parse_float=_finite,
        parse_constant=_refuse_constant,
    )


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the key "{twice[:80]}" comes twice')
    return value


def _finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _refuse_constant(literal: str) -> NoReturn:
    raise ValueError(f"{literal} is not JSON")


def _reasons(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"{'.'.join(str(part)[:80] for part in problem['loc']) or 'the answer'}: {problem['msg']}"
        for problem in problems[:_SHOWN_ERRORS]
    ]
    more = len(problems) - len(lines)
    return "; ".join(lines) + (f"; and {more} more" if more else "")


def _invalid(reason: str) -> ProviderError:
    return ProviderError(ErrorKind.INVALID_ANSWER, reason)


def _larger_limit(provider: Provider, request: ChatRequest) -> int | None:
    """Twice the room for the answer, as far as the context allows; ``None`` if there is none."""
    asked = sum(provider.count_tokens(message.content) for message in request.messages)
    now = request.max_tokens or 0
    limit = min(now * _LENGTH_FACTOR, provider.context_tokens - asked - _MARGIN_TOKENS)
    return limit if limit > now else None


def _repair(
    original: ChatRequest, completion: Completion, error: ProviderError, prompts: PromptLibrary
) -> ChatRequest:
    said = without_thinking(completion.text).strip()
    if "{" not in said:
        # Nothing to repair: made into JSON, it would be an empty answer that looks like a finding.
        return original
    assert original.json_schema is not None
    messages = prompts.render(
        "repair_json",
        guess_language(original.messages[-1].content),
        error=error.message,
        schema=json.dumps(original.json_schema.schema, ensure_ascii=False),
        answer=said,
    )
    return replace(original, messages=messages)
