"""Asking for JSON of a declared form, and accepting nothing else."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, JsonSchema, Message, Provider, complete

Answer = TypeVar("Answer", bound=BaseModel)

_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)\n?```", re.DOTALL)


class UnusableAnswerError(ValueError):
    """The answer is not JSON of the declared form; the text says why."""


async def ask(
    provider: Provider,
    messages: tuple[Message, ...],
    answer: type[Answer],
    *,
    schema_name: str,
    max_tokens: int,
    schema: dict[str, object] | None = None,
    temperature: float = 0.2,
    repairs: int = 2,
    prompts: PromptLibrary | None = None,
) -> tuple[Answer, TokenUsage]:
    """Asks, parses strictly, and at most ``repairs`` times tells the model what was wrong.

    ``schema`` may be narrower than the one of ``answer``. Returns the answer and the tokens of all attempts. Raises ``ProviderError``:
    ``INVALID_ANSWER`` or ``EMPTY_ANSWER`` when the model cannot do it.
    """
    declared = JsonSchema(schema_name, schema or answer.model_json_schema())
    usage = TokenUsage()
    conversation = messages
    problem = ""
    for _attempt in range(repairs + 1):
        reply = await complete(
            provider,
            ChatRequest(conversation, max_tokens, temperature=temperature, json_schema=declared),
        )
        usage += reply.usage
        try:
            if reply.finish_reason == "length":
                raise UnusableAnswerError("the answer is too long and was cut off; be brief")
            return parse_answer(reply.text, answer), usage
        except UnusableAnswerError as error:
            problem = str(error)
        if reply.text.strip():
            conversation = _repair(prompts or PromptLibrary(), problem, declared, reply.text)
    kind = ErrorKind.INVALID_ANSWER if reply.text.strip() else ErrorKind.EMPTY_ANSWER
    raise ProviderError(kind, problem[:300])


def _repair(
    prompts: PromptLibrary, problem: str, schema: JsonSchema, answer: str
) -> tuple[Message, ...]:
    return prompts.render(
        "repair_json",
        Language.ENGLISH,
        error=problem,
        schema=json.dumps(schema.schema),
        answer=answer[:8000],
    )


def parse_answer(text: str, answer: type[Answer]) -> Answer:
    """The answer in a model's reply; raises ``UnusableAnswerError``.

    A block of thinking, a code fence and prose around one JSON object are set aside; duplicate
    keys and anything the schema does not allow are refused.
    """
    text = _THINKING.sub("", text)
    if fenced := _FENCE.search(text):
        text = fenced[1]
    start = text.find("{")
    if start < 0:
        raise UnusableAnswerError("there is no JSON object in the answer")
    try:
        data, _end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError(f"the JSON is broken: {error}") from error
    try:
        return answer.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnusableAnswerError(f"{place}: {first['msg']}") from error


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return data


_DECODER = json.JSONDecoder(object_pairs_hook=_refuse_duplicates)
