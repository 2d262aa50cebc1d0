"""Answers of a declared form: asking for JSON, reading it, and having it repaired.

pydantic is imported where it is used, so that importing this module does not delay the window.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.cleaning.prose import is_refusal
from arboris_desktop.llm.cleaning.thoughts import without_thinking
from arboris_desktop.llm.context_budget import tokens_beside
from arboris_desktop.llm.json_fitting import DoesNotFitError, fit
from arboris_desktop.llm.json_reading import NotJsonError, read_json
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Provider,
    complete,
    telling,
)
from arboris_desktop.text.prose import guess_language

if TYPE_CHECKING:
    from arboris_desktop.llm.cleaning.json_repetition import JsonRepetition
    from arboris_desktop.llm.forms import BaseModel

_log = logging.getLogger(__name__)

T = TypeVar("T", bound="BaseModel")

_LENGTH_FACTOR = 2


async def ask(
    provider: Provider,
    messages: tuple[Message, ...],
    answer: type[T],
    *,
    schema: str | JsonSchema,
    max_tokens: int,
    temperature: float = 0.2,
    repairs: int = 2,
    on_usage: Callable[[TokenUsage], None] | None = None,
    on_text: Callable[[str], None] | None = None,
    prompts: PromptLibrary | None = None,
) -> tuple[T, TokenUsage]:
    """Returns the answer in the declared form, and the tokens of all attempts together.

    An answer that cannot be read is returned to the model, with the reason, up to ``repairs``
    times; an answer cut off at ``max_tokens`` is requested once more with a larger limit.
    ``on_usage`` is called after each attempt, so that the cost is known even if all of them fail;
    ``on_text`` gets the pieces of an attempt as they arrive, and an empty one when another attempt
    begins. ``schema`` replaces the form's own, for one that several questions share. If a part of
    the form is of use by itself (``of_use_in_part``), an answer that is cut off again or repeats
    itself is read as far as it is complete. Raises ``ProviderError``: INVALID_ANSWER or
    EMPTY_ANSWER if the last attempt failed.
    """
    sent = strict_schema(answer, schema) if isinstance(schema, str) else schema
    own = strict_schema(answer, sent.name)
    original = ChatRequest(messages, max_tokens, temperature, sent)
    request, total, enlarged = original, TokenUsage(), False
    for repairs_left in range(repairs, -1, -1):
        if on_text is not None and repairs_left < repairs:
            on_text("")
        repetition = _repetition_in(answer)
        completion = await _complete(provider, request, on_text, repetition)
        total += completion.usage
        if on_usage is not None:
            on_usage(completion.usage)
        with telling(completion):
            if completion.is_cut:
                limit = _larger_limit(provider, request)
                if completion.in_circles or enlarged or not repairs_left or limit is None:
                    return _as_far_as_whole(repetition, answer, request), total
                enlarged, request = True, replace(request, max_tokens=limit)
                continue
            try:
                return parse_answer(completion.text, answer, _note_dropped), total
            except ProviderError as error:
                if is_refusal(without_thinking(completion.text)):
                    # If asked again, it would refuse again.
                    raise _declined(completion.text) from None
                if not repairs_left:
                    raise
                request = _repair(original, own, completion, error, prompts or PromptLibrary())
    raise AssertionError("the last attempt returns or raises")


def _repetition_in(answer: type[BaseModel]) -> JsonRepetition | None:
    """Returns a watch for answers that are useful in part and may repeat themselves."""
    if not getattr(answer, "of_use_in_part", False):
        return None
    from arboris_desktop.llm.cleaning.json_repetition import JsonRepetition

    return JsonRepetition()


def _as_far_as_whole(repetition: JsonRepetition | None, answer: type[T], request: ChatRequest) -> T:
    """Returns the findings of an answer that was cut off.

    Raises ``ProviderError`` if there are none.
    """
    cut = _invalid(f"the answer was cut after {request.max_tokens} tokens")
    if repetition is None or not repetition.whole:
        raise cut
    try:
        found = parse_answer(repetition.whole, answer, _note_dropped)
    except ProviderError:
        raise cut from None
    _log.info("an answer that did not end was read as far as it went")
    return found


async def _complete(
    provider: Provider,
    request: ChatRequest,
    on_text: Callable[[str], None] | None,
    repetition: JsonRepetition | None,
) -> Completion:
    """Returns the answer; a refusal because the limit is too small counts as one that was cut
    off."""
    try:
        return await complete(provider, request, on_text, repetition)
    except ProviderError as error:
        if error.kind is not ErrorKind.ANSWER_CUT:
            raise
    return Completion("", AnswerEnd.CUT, TokenUsage())


def strict_schema(answer: type[BaseModel], name: str) -> JsonSchema:
    """Returns the schema of a model in the form that strict servers require.

    They reject optional and unknown properties, so every property becomes required. Titles and
    descriptions are left out: the prompt explains, and each word of a schema is paid for.
    """
    schema = _bare(answer.model_json_schema())
    for definition in (schema, *schema.get("$defs", {}).values()):
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
    return JsonSchema(name, schema)


_EXPLAINS = frozenset({"title", "description", "default"})
_NAMES_OF_SCHEMAS = frozenset({"properties", "$defs"})


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Returns the schema without explanations; properties may have any name."""
    bare: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _NAMES_OF_SCHEMAS:
            bare[key] = {name: _bare(one) for name, one in value.items()}
        elif key not in _EXPLAINS:
            bare[key] = _bare_value(value)
    return bare


def _bare_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare_value(one) for one in value]
    return _bare(value) if isinstance(value, dict) else value


def parse_answer(text: str, answer: type[T], on_dropped: Callable[[int], None] | None = None) -> T:
    """Reads the one JSON object in an answer, ignoring prose and fences around it.

    It is read as leniently as possible without guessing (``json_reading``, ``json_fitting``);
    ``on_dropped`` is told how many findings of a list did not fit, if any. Raises
    ``ProviderError``: EMPTY_ANSWER if there are only thoughts, INVALID_ANSWER if nothing can be
    read, a key occurs twice, or the form is wrong.
    """
    said = without_thinking(text).strip()
    if not said:
        raise ProviderError(ErrorKind.EMPTY_ANSWER, "the model answered nothing")
    try:
        fitted = fit(read_json(said), answer)
    except (NotJsonError, DoesNotFitError) as error:
        raise _invalid(str(error)) from None
    if fitted.dropped and on_dropped is not None:
        on_dropped(fitted.dropped)
    return fitted.answer


def _note_dropped(count: int) -> None:
    _log.info("findings that did not have the form that was asked for: %d", count)


def _declined(text: str) -> ProviderError:
    said = " ".join(without_thinking(text).split())
    return ProviderError(ErrorKind.MODEL_DECLINED, said[:300])


def _invalid(reason: str) -> ProviderError:
    return ProviderError(ErrorKind.INVALID_ANSWER, reason)


def _larger_limit(provider: Provider, request: ChatRequest) -> int | None:
    """Returns twice the limit of the answer, as far as the context allows; ``None`` if it does
    not."""
    now = request.max_tokens or 0
    room = tokens_beside(provider, request.messages, 0, request.json_schema)
    limit = min(now * _LENGTH_FACTOR, room)
    return limit if limit > now else None


def _repair(
    original: ChatRequest,
    own: JsonSchema,
    completion: Completion,
    error: ProviderError,
    prompts: PromptLibrary,
) -> ChatRequest:
    said = without_thinking(completion.text).strip()
    if "{" not in said:
        # There is nothing to repair: as JSON, it would be an empty answer that looks like a
        # finding.
        return original
    messages = prompts.render(
        "repair_json",
        guess_language(original.messages[-1].content),
        error=error.message,
        schema=json.dumps(own.schema, ensure_ascii=False),
        answer=said,
    )
    return replace(original, messages=messages)
