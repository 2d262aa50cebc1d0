"""The form in which a model judges candidates. Whatever is malformed is dropped, not believed."""

from __future__ import annotations

from typing import Annotated

from arboris_desktop.llm.forms import BaseModel, BeforeValidator, ConfigDict, Field
from arboris_desktop.text.patterns import lazy_pattern

_NUMBER = lazy_pattern(r"\s*(\d+(?:\.\d+)?)\s*(?:/\s*100|%|分)?\s*\Z")
_LETTER = lazy_pattern(r"(?<![A-Za-z])[A-Ja-j](?![A-Za-z])")

MAX_REMARKS = 4
"""The number of praises, and of criticisms, that are requested for each candidate."""


def _score(value: object) -> object:
    """Treats a score that is not a number from 0 to 100 as missing."""
    if isinstance(value, str) and (number := _NUMBER.match(value)):
        value = float(number[1])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if 0 <= value <= 100 else None


def _label(value: object) -> object:
    """Returns the letter in the name of a candidate: ``Candidate B`` and ``版本b`` are B."""
    found = _LETTER.search(value) if isinstance(value, str) else None
    return found[0].upper() if found else ""


def _remark(value: object) -> object:
    return {"point": value} if isinstance(value, str) else value


def _words(value: object) -> object:
    return "" if value is None else value


Score = Annotated[int | None, BeforeValidator(_score)]
Label = Annotated[str, BeforeValidator(_label)]
Words = Annotated[str, BeforeValidator(_words)]


class RemarkAnswer(BaseModel):
    """The quotation comes first, so that the model writes about what it has copied."""

    model_config = ConfigDict(extra="ignore")

    quotation: Words = ""
    point: Words = ""


Remarks = Annotated[
    list[Annotated[RemarkAnswer, BeforeValidator(_remark)]],
    Field(json_schema_extra={"maxItems": MAX_REMARKS}),
]


class JudgementAnswer(BaseModel):
    """The judgement of one candidate."""

    model_config = ConfigDict(extra="ignore")

    candidate: Label
    pros: Remarks = []
    cons: Remarks = []
    plan: Score = None
    continuity: Score = None
    characters: Score = None
    style: Score = None
    language: Score = None
    overall: Score = None


class EvaluationAnswer(BaseModel):
    """The whole answer."""

    model_config = ConfigDict(extra="ignore")

    candidates: list[JudgementAnswer]
    recommended: Label = ""
    reason: Words = ""
