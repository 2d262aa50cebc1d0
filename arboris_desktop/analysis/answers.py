"""What a model has to answer in each step. The limits keep small models from rambling.

The quotation stands first: a model that has copied it writes about what it copied.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Quotation = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]

MAX_FACTS = 12
"""Facts per step and part of a chapter."""


class Answer(BaseModel):
    """Base of all answers: no field may be invented."""

    model_config = ConfigDict(extra="forbid")


class CharacterChange(Answer):
    """How a character is different after the chapter."""

    quotation: Quotation
    character: Name
    change: Sentence
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
    confidence: Confidence


class CharacterChanges(Answer):
    """Answer of the step ``character_tracking``."""

    changes: Annotated[list[CharacterChange], Field(max_length=MAX_FACTS)]


class NewCharacter(Answer):
    """A person who appears for the first time."""

    quotation: Quotation
    name: Name
    aliases: Annotated[list[Name], Field(max_length=6)]
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


class Seeds(Answer):
    """Answer of the step ``foreshadowing``."""

    seeds: Annotated[list[Seed], Field(max_length=MAX_FACTS)]
