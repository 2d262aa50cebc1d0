"""The blueprint of a novel: what it is, what happens, where, and who is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, cast

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record


class BlueprintField(StrEnum):
    """A field that the author can edit, or have the model write again. The values are the names in
    Arboris-Novel."""

    TITLE = "title"
    AUDIENCE = "target_audience"
    GENRE = "genre"
    STYLE = "style"
    TONE = "tone"
    SUMMARY = "one_sentence_summary"
    SYNOPSIS = "full_synopsis"
    RULES = "core_rules"
    LOCATIONS = "key_locations"
    FACTIONS = "factions"
    CHARACTERS = "characters"
    RELATIONSHIPS = "relationships"


class BlueprintPart(StrEnum):
    """A part that the model makes in one call, in the order in which each builds on those before
    it."""

    BASICS = "basics"
    SYNOPSIS = "synopsis"
    WORLD = "world"
    CHARACTERS = "characters"
    RELATIONSHIPS = "relationships"


@record
class Place:
    """A key location or a faction."""

    name: str = ""
    description: str = ""


@record
class BlueprintCharacter:
    """Somebody in the novel; ``relation`` is that to the protagonist."""

    name: str = ""
    identity: str = ""
    personality: str = ""
    goals: str = ""
    abilities: str = ""
    relation: str = ""


@record
class Relationship:
    """The relationship of one character to another."""

    source: str = ""
    target: str = ""
    description: str = ""


Item = Place | BlueprintCharacter | Relationship
"""An entry of one of the blueprint's lists. All that it has are texts."""

Value = str | tuple[Item, ...]
"""The value of a field: a text, or a list."""

ITEM_TYPES: dict[BlueprintField, type[Item]] = {
    BlueprintField.LOCATIONS: Place,
    BlueprintField.FACTIONS: Place,
    BlueprintField.CHARACTERS: BlueprintCharacter,
    BlueprintField.RELATIONSHIPS: Relationship,
}
"""The fields that are lists, and what is in them."""

FIELDS_OF: dict[BlueprintPart, tuple[BlueprintField, ...]] = {
    BlueprintPart.BASICS: (
        BlueprintField.TITLE,
        BlueprintField.AUDIENCE,
        BlueprintField.GENRE,
        BlueprintField.STYLE,
        BlueprintField.TONE,
        BlueprintField.SUMMARY,
    ),
    BlueprintPart.SYNOPSIS: (BlueprintField.SYNOPSIS,),
    BlueprintPart.WORLD: (
        BlueprintField.RULES,
        BlueprintField.LOCATIONS,
        BlueprintField.FACTIONS,
    ),
    BlueprintPart.CHARACTERS: (BlueprintField.CHARACTERS,),
    BlueprintPart.RELATIONSHIPS: (BlueprintField.RELATIONSHIPS,),
}


def part_of(field: BlueprintField) -> BlueprintPart:
    """The part that a field is made with."""
    (part,) = (part for part, fields in FIELDS_OF.items() if field in fields)
    return part


@record
class Blueprint:
    """All of it; what is not there yet is empty.

    ``world`` is what else a book of Arboris-Novel tells of its world, a line each: it belongs to
    no field, and is told to models with the rules.
    """

    title: str = ""
    audience: str = ""
    genre: str = ""
    style: str = ""
    tone: str = ""
    summary: str = ""
    synopsis: str = ""
    rules: str = ""
    locations: tuple[Place, ...] = ()
    factions: tuple[Place, ...] = ()
    characters: tuple[BlueprintCharacter, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    world: tuple[str, ...] = ()

    @property
    def world_lines(self) -> tuple[str, ...]:
        """The rules of the world, and what else is told of it."""
        rules = (line.strip() for line in self.rules.splitlines() if line.strip())
        return (*rules, *self.world)

    def value(self, field: BlueprintField) -> Value:
        """The value of a field."""
        return cast(Value, getattr(self, field.name.lower()))

    def with_value(self, field: BlueprintField, value: Value) -> Blueprint:
        """The blueprint with another value in a field; raises ``RuleError`` for a wrong kind."""
        check_value(field, value)
        change: dict[str, Any] = {field.name.lower(): value}
        return replace(self, **change)

    def filled(self, found: dict[BlueprintField, Value]) -> Blueprint:
        """The blueprint with what was found for the fields that are empty; the others stay."""
        filled = self
        for field, value in found.items():
            if value and not self.value(field):
                filled = filled.with_value(field, value)
        return filled

    def missing_fields(self, part: BlueprintPart) -> list[BlueprintField]:
        """The empty fields of a part."""
        return [field for field in FIELDS_OF[part] if not self.value(field)]

    def is_missing(self, part: BlueprintPart) -> bool:
        """True if a part is to be made: a novel may do without factions, and one person has no
        relationships."""
        missing = self.missing_fields(part)
        if part is BlueprintPart.RELATIONSHIPS and len(self.characters) == 1:
            return False
        return bool([field for field in missing if field is not BlueprintField.FACTIONS])

    def missing_parts(self) -> list[BlueprintPart]:
        """The parts still to be made, in the order of making."""
        return [part for part in BlueprintPart if self.is_missing(part)]


def check_value(field: BlueprintField, value: Value) -> None:
    """Raises ``RuleError`` when a field cannot have the value."""
    wanted = ITEM_TYPES.get(field)
    if wanted is None:
        fits = isinstance(value, str)
    else:
        fits = isinstance(value, tuple) and all(isinstance(each, wanted) for each in value)
    if not fits:
        raise RuleError(ErrorKind.INVALID_VALUE, f"{field} cannot be {type(value).__name__}")


def attributes(item_type: type[Item]) -> tuple[str, ...]:
    """The names of what an entry says, the most telling first."""
    return tuple(field.name for field in fields(item_type))


def texts_of(item: Item) -> dict[str, str]:
    """The texts of an entry, by attribute."""
    return {name: str(getattr(item, name)) for name in attributes(type(item))}


def item_of(field: BlueprintField, texts: dict[str, str]) -> Item:
    """An entry of a list field; what is no attribute of it is left out."""
    make: Callable[..., Item] = ITEM_TYPES[field]
    known = attributes(ITEM_TYPES[field])
    return make(**{name: text.strip() for name, text in texts.items() if name in known})


def with_text(item: Item, attribute: str, text: str) -> Item:
    """The entry with another text."""
    change: dict[str, Any] = {attribute: text}
    return replace(item, **change)


def is_blank(item: Item) -> bool:
    """True if an entry says nothing."""
    return not any(texts_of(item).values())
