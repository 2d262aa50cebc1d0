"""The steps about people: how those in the chapter have changed, and who is new."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from arboris_desktop.analysis.answers import (
    TOLERATED_FACTS,
    Answer,
    Confidence,
    FactAnswer,
    Name,
    Quotation,
    Sentence,
    ShortReason,
    cut_to,
)
from arboris_desktop.analysis.evidence import Claim, Evidence
from arboris_desktop.domain.codex import Attribute, EntryKind, NewFact
from arboris_desktop.llm.forms import BeforeValidator, Field, StringConstraints


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
    cut_to(60),
    BeforeValidator(_as_words),
]


class CharacterChange(Answer):
    """A difference in a character after the chapter.

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


class CharacterChanges(FactAnswer):
    """Answer of the step ``character_tracking``."""

    changes: Annotated[list[CharacterChange], Field(max_length=TOLERATED_FACTS)]

    def facts(self, evidence: Evidence) -> list[NewFact]:
        """Every claim, checked."""
        return [
            _with_attribute(
                evidence.check(
                    EntryKind.CHARACTER,
                    claim.character,
                    claim.change,
                    Claim(claim.quotation, claim.confidence, reason=claim.reason),
                ),
                claim,
            )
            for claim in self.changes
        ]


def _with_attribute(fact: NewFact, claim: CharacterChange) -> NewFact:
    """The fact in comparable form, where the claim gives all that this needs."""
    attribute = Attribute(claim.attribute)
    if attribute is Attribute.OTHER or not claim.value:
        return fact
    if attribute is not Attribute.RELATIONSHIP:
        return replace(fact, attribute=attribute, value=claim.value)
    if claim.other_character.casefold() in ("", claim.character.casefold()):
        return fact
    return replace(fact, attribute=attribute, value=claim.value, other_name=claim.other_character)


class NewCharacter(Answer):
    """A person who appears for the first time."""

    quotation: Quotation
    name: Name
    aliases: Annotated[list[Name], Field(max_length=4)]
    role: Literal["main", "supporting", "minor"]
    description: Sentence
    confidence: Confidence


class NewCharacters(FactAnswer):
    """Answer of the step ``new_characters``."""

    characters: Annotated[list[NewCharacter], Field(max_length=TOLERATED_FACTS)]

    def facts(self, evidence: Evidence) -> list[NewFact]:
        """Every claim, checked."""
        return [
            evidence.check(
                EntryKind.CHARACTER,
                claim.name,
                claim.description,
                Claim(
                    claim.quotation,
                    claim.confidence,
                    aliases=tuple(alias for alias in claim.aliases if alias != claim.name),
                    attributes={"role": claim.role},
                ),
            )
            for claim in self.characters
        ]
