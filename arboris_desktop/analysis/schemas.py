"""The schemas of the questions about a chapter: one for all of them, so that they begin alike.

A provider that keeps what it has read finds the beginning of the second question in the first,
and some put the schema before everything else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Union

from arboris_desktop.analysis.answers import Answer, SummaryAnswer, with_room_for
from arboris_desktop.analysis.fact_steps import FACT_STEPS
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.llm.context_budget import schema_tokens
from arboris_desktop.llm.forms import create_model
from arboris_desktop.llm.provider import BUILT_IN_NAME, JsonSchema, Provider
from arboris_desktop.llm.structured import strict_schema

SHARED_NAME = "chapter_analysis"
_SHARE = 0.2
"""The shared schema may take so much of the context, since it stands in each question."""


@lru_cache(maxsize=32)
def form_of(step: AnalysisStep, most: int) -> type[Answer]:
    """The form of a step's answer, with at most so many facts."""
    if step is AnalysisStep.SUMMARY:
        return SummaryAnswer
    return with_room_for(FACT_STEPS[step], most)


def schema_for(step: AnalysisStep, most: int, provider: Provider) -> JsonSchema:
    """The schema sent with a step's question.

    The built-in model gets the step's own, since its schemas are no part of what it reads; and so
    does a model that has little room.
    """
    if provider.name == BUILT_IN_NAME:
        return _own(step, most)
    shared = _shared(most)
    has_room = schema_tokens(provider, shared) <= provider.context_tokens * _SHARE
    return shared if has_room else _own(step, most)


@lru_cache(maxsize=32)
def _own(step: AnalysisStep, most: int) -> JsonSchema:
    """Of the answer of one step."""
    return strict_schema(form_of(step, most), step.value)


@lru_cache(maxsize=8)
def _shared(most: int) -> JsonSchema:
    """One of the answers of all steps, under a name that servers want at the top."""
    forms = tuple(form_of(step, most) for step in AnalysisStep)
    # A union made of a tuple cannot be written with "|".
    fields: dict[str, Any] = {"answer": (Union[forms], ...)}  # noqa: UP007
    return strict_schema(create_model("ChapterAnswer", **fields), SHARED_NAME)
