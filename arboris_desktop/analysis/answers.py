"""What a model has to answer in each step. The limits keep small models from rambling.

The quotation stands first: a model that has copied it writes about what it copied.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Quotation = Annotated[str, StringConstraints(strip_whitespace=True, max_length=240)]


def _in_range(value: object) -> object:
    """A confidence that is not from 0 to 1 says nothing, so it counts as none.

    The bounds are not in the schema, since llama.cpp's grammars do not hold them.
    """
    if isinstance(value, int | float) and not 0.0 <= value <= 1.0:
        return 0.0
    return value


Confidence = Annotated[float, BeforeValidator(_in_range)]

MAX_FACTS = 20
"""Facts per step and part of a chapter."""


class Answer(BaseModel):
    """Base of all answers: no field may be invented."""

    model_config = ConfigDict(extra="forbid")


def with_room_for(answer: type[Answer], max_facts: int) -> type[Answer]:
    """The same answer with at most ``max_facts`` facts, so that it fits the token limit.

    Several lists share the room evenly; the first gets what is over.
    """
    first, *others = answer.model_fields
    room = dict.fromkeys(others, max_facts // len(answer.model_fields))
    room[first] = max_facts - sum(room.values())
    fields: dict[str, Any] = {
        name: (
            Annotated[answer.model_fields[name].annotation, Field(max_length=limit)],
            answer.model_fields[name].get_default() if name in others else ...,
        )
        for name, limit in room.items()
    }
    return create_model(answer.__name__, __base__=answer, **fields)


class CharacterChange(Answer):
    """How a character is different after the chapter."""

    quotation: Quotation
    character: Name
    change: Sentence
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
    confidence: Confidence


class CharacterChanges(Answer):
    """Answer of the step ``character_tracking``."""

    changes: Annotated[list[CharacterChange], Field(max_length=MAX_FACTS)]


class NewCharacter(Answer):
    """A person who appears for the first time."""

    quotation: Quotation
    name: Name
    aliases: Annotated[list[Name], Field(max_length=4)]
    role: Literal["main", "supporting", "minor"]
    description: Sentence
    confidence: Confidence


class NewCharacters(Answer):
    """Answer of the step ``new_characters``."""

    characters: Annotated[list[NewCharacter], Field(max_length=MAX_FACTS)]


class WorldEntry(Answer):
    """A place, group, thing or rule that the chapter adds to the world."""

    quotation: Quotation
    category: Literal["location", "faction", "item", "rule"]
    name: Name
    description: Sentence
    confidence: Confidence


class WorldEntries(Answer):
    """Answer of the step ``world_expansion``."""

    entries: Annotated[list[WorldEntry], Field(max_length=MAX_FACTS)]


class Seed(Answer):
    """Something planted that a later chapter will have to answer."""

    quotation: Quotation
    content: Sentence
    kind: Literal["mystery", "prophecy", "hint"]
    confidence: Confidence


class SeedDevelopment(Answer):
    """What the chapter does to a seed that an earlier one has planted."""

    quotation: Quotation
    seed: int
    effect: Literal["advanced", "paid_off"]
    statement: Sentence
    confidence: Confidence


class Seeds(Answer):
    """Answer of the step ``foreshadowing``. Without open seeds there are no developments."""

    seeds: Annotated[list[Seed], Field(max_length=MAX_FACTS)]
    developments: Annotated[list[SeedDevelopment], Field(max_length=MAX_FACTS)] = []
