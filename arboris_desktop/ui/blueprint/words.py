"""Translated words for the fields of the blueprint."""

from __future__ import annotations

from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart, Item, Relationship
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

_FIELD = {
    BlueprintField.TITLE: QT_TRANSLATE_NOOP("Wording", "Title"),
    BlueprintField.AUDIENCE: QT_TRANSLATE_NOOP("Wording", "Readers"),
    BlueprintField.GENRE: QT_TRANSLATE_NOOP("Wording", "Genre"),
    BlueprintField.STYLE: QT_TRANSLATE_NOOP("Wording", "Style"),
    BlueprintField.TONE: QT_TRANSLATE_NOOP("Wording", "Tone"),
    BlueprintField.SUMMARY: QT_TRANSLATE_NOOP("Wording", "Summary in one sentence"),
    BlueprintField.SYNOPSIS: QT_TRANSLATE_NOOP("Wording", "Synopsis"),
    BlueprintField.RULES: QT_TRANSLATE_NOOP("Wording", "Rules of the world, one a line"),
    BlueprintField.LOCATIONS: QT_TRANSLATE_NOOP("Wording", "Key locations"),
    BlueprintField.FACTIONS: QT_TRANSLATE_NOOP("Wording", "Factions"),
    BlueprintField.CHARACTERS: QT_TRANSLATE_NOOP("Wording", "Characters"),
    BlueprintField.RELATIONSHIPS: QT_TRANSLATE_NOOP("Wording", "Relationships"),
}
_PART = {
    BlueprintPart.BASICS: QT_TRANSLATE_NOOP("Wording", "The book"),
    BlueprintPart.SYNOPSIS: QT_TRANSLATE_NOOP("Wording", "Synopsis"),
    BlueprintPart.WORLD: QT_TRANSLATE_NOOP("Wording", "World"),
    BlueprintPart.CHARACTERS: QT_TRANSLATE_NOOP("Wording", "Characters"),
    BlueprintPart.RELATIONSHIPS: QT_TRANSLATE_NOOP("Wording", "Relationships"),
}
_ATTRIBUTE = {
    "name": QT_TRANSLATE_NOOP("Wording", "Name"),
    "description": QT_TRANSLATE_NOOP("Wording", "Description"),
    "identity": QT_TRANSLATE_NOOP("Wording", "Identity"),
    "personality": QT_TRANSLATE_NOOP("Wording", "Personality"),
    "goals": QT_TRANSLATE_NOOP("Wording", "Goals"),
    "abilities": QT_TRANSLATE_NOOP("Wording", "Abilities"),
    "relation": QT_TRANSLATE_NOOP("Wording", "To the protagonist"),
    "source": QT_TRANSLATE_NOOP("Wording", "Who"),
    "target": QT_TRANSLATE_NOOP("Wording", "To whom"),
}


def field_name(field: BlueprintField) -> str:
    """Returns the name of a field."""
    return Wording.tr(_FIELD[field])


def part_name(part: BlueprintPart) -> str:
    """Returns the name of a part."""
    return Wording.tr(_PART[part])


def attribute_name(attribute: str) -> str:
    """Returns the name of an entry's attribute."""
    return Wording.tr(_ATTRIBUTE[attribute])


def item_name(item: Item) -> str:
    """Returns the name of an entry in a list."""
    if isinstance(item, Relationship):
        pair = [name for name in (item.source, item.target) if name]
        return " → ".join(pair) or Wording.tr("(nobody yet)")
    return item.name or Wording.tr("(no name yet)")
