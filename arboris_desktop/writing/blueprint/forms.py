"""The forms in which a model writes the parts of a blueprint.

Imported where they are used, so that pydantic does not delay the window. The limits keep small
models from rambling; nothing is required, since missing fields are asked for separately.
"""

from __future__ import annotations

from typing import Annotated, Any

from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart
from arboris_desktop.llm.forms import BaseModel, BeforeValidator, Field, StringConstraints


def _at_most(characters: int) -> BeforeValidator:
    """Cuts a longer text, and accepts what models put in place of one."""

    def cut(value: object) -> object:
        if isinstance(value, list):
            value = "; ".join(str(each) for each in value)
        if value is None or isinstance(value, int | float):
            value = "" if value is None else str(value)
        return value.strip()[:characters] if isinstance(value, str) else value

    return BeforeValidator(cut)


def _first(count: int) -> BeforeValidator:
    """Returns the first entries of a longer list; none if it is not a list."""
    return BeforeValidator(lambda v: v[:count] if isinstance(v, list) else [] if v is None else v)


Short = Annotated[str, StringConstraints(max_length=120), _at_most(120)]
Sentence = Annotated[str, StringConstraints(max_length=300), _at_most(300)]


class BasicsForm(BaseModel):
    """The novel in a few words on each subject."""

    title: Short = ""
    target_audience: Short = ""
    genre: Short = ""
    style: Sentence = ""
    tone: Short = ""
    one_sentence_summary: Sentence = ""


class PlaceForm(BaseModel):
    """A location or a faction."""

    name: Short = ""
    description: Sentence = ""


Places = Annotated[list[PlaceForm], Field(max_length=8), _first(8)]


class WorldForm(BaseModel):
    """The setting of the novel and the rules of its world."""

    core_rules: Annotated[list[Sentence], Field(max_length=8), _first(8)] = []
    key_locations: Places = []
    factions: Places = []


class LocationsForm(BaseModel):
    """The key locations, rewritten."""

    key_locations: Places = []


class FactionsForm(BaseModel):
    """The factions, rewritten."""

    factions: Places = []


class CharacterForm(BaseModel):
    """A character."""

    name: Short = ""
    identity: Sentence = ""
    personality: Sentence = ""
    goals: Sentence = ""
    abilities: Sentence = ""
    relation: Sentence = ""


class CharactersForm(BaseModel):
    """The characters of the novel."""

    characters: Annotated[list[CharacterForm], Field(max_length=12), _first(12)] = []


class RelationshipForm(BaseModel):
    """The relationship of one character to another."""

    source: Short = ""
    target: Short = ""
    description: Sentence = ""


class RelationshipsForm(BaseModel):
    """The relationships between the characters."""

    relationships: Annotated[list[RelationshipForm], Field(max_length=16), _first(16)] = []


PART_FORMS: dict[BlueprintPart, type[BaseModel]] = {
    BlueprintPart.BASICS: BasicsForm,
    BlueprintPart.WORLD: WorldForm,
    BlueprintPart.CHARACTERS: CharactersForm,
    BlueprintPart.RELATIONSHIPS: RelationshipsForm,
}
LIST_FORMS: dict[BlueprintField, type[BaseModel]] = {
    BlueprintField.LOCATIONS: LocationsForm,
    BlueprintField.FACTIONS: FactionsForm,
    BlueprintField.CHARACTERS: CharactersForm,
    BlueprintField.RELATIONSHIPS: RelationshipsForm,
}


def example(form: type[BaseModel]) -> str:
    """Returns the form as a prompt shows it, such as ``{"factions": [{"name": ...}]}``."""
    schema = form.model_json_schema()
    definitions = schema.get("$defs", {})

    def shown(part: dict[str, Any]) -> str:
        if "$ref" in part:
            part = definitions[part["$ref"].rpartition("/")[2]]
        if part.get("type") == "array":
            return f"[{shown(part['items'])}, ...]"
        if "properties" in part:
            inner = (f'"{name}": {shown(each)}' for name, each in part["properties"].items())
            return "{" + ", ".join(inner) + "}"
        return "..."

    return shown(schema)
