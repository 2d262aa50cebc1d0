"""All questions about a chapter in one, for a model that can hold them: the chapter is sent once.

What is found is stored and checked as if each question had been asked by itself. Where that cannot
be had, the questions are asked one by one.
"""

from __future__ import annotations

import logging
from typing import Any

from arboris_desktop.analysis.answers import Answer, list_of
from arboris_desktop.analysis.fact_steps import FACT_STEPS
from arboris_desktop.analysis.questions import ChapterToAnalyse, stored_summary, values_for
from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.tasks import LEAST_FOR_ONE_QUESTION, AnalysisStep
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.context_budget import answer_budget, tokens_beside
from arboris_desktop.llm.forms import BaseModel, create_model
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import Completion, Provider
from arboris_desktop.llm.structured import ask, strict_schema

PROMPT = "analyse_chapter"

_FACTS_OF_EACH = 8
_ANSWER_TOKENS = 8_000
_ANSWER_SHARE = 0.25

_ASKED_ONE_BY_ONE = frozenset(
    {
        ErrorKind.INVALID_ANSWER,
        ErrorKind.EMPTY_ANSWER,
        ErrorKind.ANSWER_CUT,
        ErrorKind.UNKNOWN_END,
        ErrorKind.RUNAWAY,
        ErrorKind.CONTEXT_TOO_LONG,
    }
)
"""Errors of one long answer that five short ones need not have."""

_log = logging.getLogger(__name__)

Results = dict[AnalysisStep, dict[str, Any]]
"""The answers of steps, as they are stored."""


class CombinedQuestion:
    """Asks everything about one chapter at its first step, and hands the rest out at the others."""

    def __init__(self) -> None:
        self._results: Results = {}

    async def result(
        self,
        step: AnalysisStep,
        chapter: ChapterToAnalyse,
        provider: Provider,
        prompts: PromptLibrary,
    ) -> dict[str, Any] | None:
        """A step's answer, as it is stored; ``None`` if it is to be asked by itself.

        Raises ``ProviderError`` for what would hinder that, too.
        """
        if step is AnalysisStep.SUMMARY:
            self._results = await _ask(chapter, provider, prompts)
        return self._results.pop(step, None)


async def _ask(chapter: ChapterToAnalyse, provider: Provider, prompts: PromptLibrary) -> Results:
    """All answers; none if the model has too little room, or its answer cannot be read."""
    if provider.context_tokens < LEAST_FOR_ONE_QUESTION:
        return {}
    form = _form()
    schema = strict_schema(form, PROMPT)
    values = values_for(chapter, provider)
    messages = prompts.render(PROMPT, chapter.language, **values, chapter_text=chapter.text)
    tokens = answer_budget(provider, _ANSWER_TOKENS, _ANSWER_SHARE)
    if tokens_beside(provider, messages, tokens, schema) < 0:
        return {}
    try:
        answer, _usage = await ask(
            provider, messages, form, schema=schema, max_tokens=tokens, repairs=1
        )
        return _as_stored(answer)
    except ProviderError as error:
        if error.kind not in _ASKED_ONE_BY_ONE:
            raise
        _log.info("the questions are asked one by one: %s", error)
        return {}


def _form() -> type[BaseModel]:
    """All answers in one object. None may be missing: a list that was forgotten is not empty."""
    lists: dict[str, Any] = {
        name: (list_of(answer, name, _FACTS_OF_EACH), ...)
        for answer in FACT_STEPS.values()
        for name in answer.model_fields
    }
    return create_model("WholeAnalysis", __base__=Answer, summary=(str, ...), **lists)


def _as_stored(answer: BaseModel) -> Results:
    found = answer.model_dump()
    summary = Completion(found["summary"], AnswerEnd.WHOLE, TokenUsage())
    results: Results = {AnalysisStep.SUMMARY: {"summary": stored_summary(summary)}}
    for step, form in FACT_STEPS.items():
        lists = {key: found[key] for key in form.model_fields}
        results[step] = {"answers": [lists]}
    return results
