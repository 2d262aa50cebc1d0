"""What a model has to answer in each step. The limits keep small models from rambling.

The quotation stands first: a model that has copied it writes about what it copied.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model

from arboris_desktop.domain.codex import Attribute


def _cut_to(characters: int, end: str = "…") -> BeforeValidator:
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
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), _cut_to(200)
]
ShortReason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160), _cut_to(160)]
Quotation = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=240), _cut_to(240, end="")
]


def _in_range(value: object) -> object:
    """A confidence that is not from 0 to 1 says nothing, so it counts as none.

    The bounds are not in the schema, since llama.cpp's grammars do not hold them.
    """
    if isinstance(value, int | float) and not 0.0 <= value <= 1.0:
        return 0.0
    return value


def _known_attribute(value: object) -> object:
    """An attribute that we do not know is none of those that are compared."""
    return value if value in {one.value for one in Attribute} else Attribute.OTHER.value


def _as_words(value: object) -> object:
    """A value in words: models give an age as a number, and null where there is nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return "" if value is None else value


_AttributeName = Annotated[
    Literal[
        "life",
        "age",
        "eye_colour",
        "hair_colour",
        "location",
        "allegiance",
        "possession",
        "relationship",
        "other",
    ],
    BeforeValidator(_known_attribute),
]
_Value = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=60),
    _cut_to(60),
    BeforeValidator(_as_words),
]
Confidence = Annotated[float, BeforeValidator(_in_range)]

MAX_FACTS = 20
"""Facts that are asked for per step and part of a chapter."""

_TOLERATED_FACTS = 200
"""More facts than were asked for are taken too, since they are paid for; so many are nonsense."""


class Answer(BaseModel):
    """Base of all answers: no field may be invented."""

    model_config = ConfigDict(extra="forbid")


def with_room_for(answer: type[Answer], max_facts: int) -> type[Answer]:
    """The same answer, of which the schema asks for at most ``max_facts``, to fit the token limit.

    Several lists share the room evenly; the first gets what is over.
    """
    first, *others = answer.model_fields
    room = dict.fromkeys(others, max_facts // len(answer.model_fields))
    room[first] = max_facts - sum(room.values())
    fields: dict[str, Any] = {
        name: (
            Annotated[
                answer.model_fields[name].annotation,
                Field(max_length=_TOLERATED_FACTS, json_schema_extra={"maxItems": limit}),
            ],
            answer.model_fields[name].get_default() if name in others else ...,
        )
        for name, limit in room.items()
    }
    return create_model(answer.__name__, __base__=answer, **fields)


class CharacterChange(Answer):
    """How a character is different after the chapter.

    ``other_character`` is the second person of a relationship. Answers stored by earlier releases
    have neither ``attribute`` nor what follows it.
    """

    quotation: Quotation
    character: Name
    change: Sentence
    reason: ShortReason
    attribute: _AttributeName = "other"
    value: _Value = ""
    other_character: _Value = ""
    confidence: Confidence


class CharacterChanges(Answer):
    """Answer of the step ``character_tracking``."""

    changes: Annotated[list[CharacterChange], Field(max_length=_TOLERATED_FACTS)]


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

    characters: Annotated[list[NewCharacter], Field(max_length=_TOLERATED_FACTS)]


class WorldEntry(Answer):
    """A place, group, thing or rule that the chapter adds to the world."""

    quotation: Quotation
    category: Literal["location", "faction", "item", "rule"]
    name: Name
    description: Sentence
    confidence: Confidence


class WorldEntries(Answer):
    """Answer of the step ``world_expansion``."""

    entries: Annotated[list[WorldEntry], Field(max_length=_TOLERATED_FACTS)]


class NewSeed(Answer):
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

    seeds: Annotated[list[NewSeed], Field(max_length=_TOLERATED_FACTS)]
    developments: Annotated[list[SeedDevelopment], Field(max_length=_TOLERATED_FACTS)] = []
