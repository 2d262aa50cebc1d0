"""The parts of the answers of all steps. The limits keep small models from rambling.

The quotation stands first: a model that has copied it writes about what it copied.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from arboris_desktop.analysis.evidence import Evidence
from arboris_desktop.domain.codex import NewFact
from arboris_desktop.llm.forms import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
)


def cut_to(characters: int, end: str = "…") -> BeforeValidator:
    """Cuts a longer text: a server that holds no schema may exceed a limit, and the rest is good.

    A quotation is cut without a sign, so that it still is one.
    """

    def cut(value: object) -> object:
        if not isinstance(value, str) or len(value.strip()) <= characters:
            return value
        return value.strip()[: characters - len(end)] + end

    return BeforeValidator(cut)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), cut_to(200)
]
ShortReason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160), cut_to(160)]
Quotation = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=240), cut_to(240, end="")
]


_WORDS = {
    1.0: "very high|certain|很高|确定",
    0.9: "high|高",
    0.6: "medium|moderate|中|中等|一般",
    0.3: "low|低",
    0.0: "very low|很低|none|无",
}
_IN_WORDS = {word: value for value, words in _WORDS.items() for word in words.split("|")}
"""A confidence that a model gives in a word."""


def _in_range(value: object) -> object:
    """A confidence that is not from 0 to 1 says nothing, so it counts as none.

    The bounds are not in the schema, since llama.cpp's grammars do not hold them.
    """
    if isinstance(value, str):
        value = _IN_WORDS.get(value.strip(" .。").lower(), value)
    if isinstance(value, int | float) and not 0.0 <= value <= 1.0:
        return 0.0
    return value


Confidence = Annotated[float, BeforeValidator(_in_range)]

MAX_FACTS = 20
"""Facts that are asked for per step and part of a chapter."""

TOLERATED_FACTS = 200
"""More facts than were asked for are taken too, since they are paid for; so many are nonsense."""


class Answer(BaseModel):
    """Base of all answers: no field may be invented."""

    model_config = ConfigDict(extra="forbid")


class SummaryAnswer(Answer):
    """Answer of the step ``summary``."""

    summary: str


class FactAnswer(Answer):
    """Base of the answers of whole steps: lists of claims, each worth something by itself."""

    of_use_in_part: ClassVar[bool] = True

    def facts(self, evidence: Evidence) -> list[NewFact]:
        """Every claim, checked."""
        raise NotImplementedError


def with_room_for(answer: type[FactAnswer], max_facts: int) -> type[FactAnswer]:
    """The same answer, of which the schema asks for at most ``max_facts``, to fit the token limit.

    Several lists share the room evenly; the first gets what is over.
    """
    first, *others = answer.model_fields
    room = dict.fromkeys(others, max_facts // len(answer.model_fields))
    room[first] = max_facts - sum(room.values())
    fields: dict[str, Any] = {
        name: (list_of(answer, name, limit), [] if name in others else ...)
        for name, limit in room.items()
    }
    return create_model(answer.__name__, __base__=answer, **fields)


def list_of(answer: type[FactAnswer], name: str, max_facts: int) -> Any:
    """The type of one of the lists of an answer, of which so many facts are asked for."""
    limit = Field(max_length=TOLERATED_FACTS, json_schema_extra={"maxItems": max_facts})
    return Annotated[answer.model_fields[name].annotation, limit]
