"""The blueprint in lines of text: as models are told it, and as it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    BlueprintField,
    Item,
    Place,
    Relationship,
    Value,
    is_blank,
    item_of,
)
from arboris_desktop.domain.novel import Language
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line

FIELD_NAMES: dict[Language, dict[BlueprintField, str]] = {
    Language.ENGLISH: {
        BlueprintField.TITLE: "Title",
        BlueprintField.AUDIENCE: "Audience",
        BlueprintField.GENRE: "Genre",
        BlueprintField.STYLE: "Style",
        BlueprintField.TONE: "Tone",
        BlueprintField.SUMMARY: "One-sentence summary",
        BlueprintField.SYNOPSIS: "Synopsis",
        BlueprintField.RULES: "Rules of the world",
        BlueprintField.LOCATIONS: "Key locations",
        BlueprintField.FACTIONS: "Factions",
        BlueprintField.CHARACTERS: "Characters",
        BlueprintField.RELATIONSHIPS: "Relationships",
    },
    Language.CHINESE: {
        BlueprintField.TITLE: "书名",
        BlueprintField.AUDIENCE: "目标读者",
        BlueprintField.GENRE: "类型",
        BlueprintField.STYLE: "文风",
        BlueprintField.TONE: "基调",
        BlueprintField.SUMMARY: "一句话简介",
        BlueprintField.SYNOPSIS: "故事梗概",
        BlueprintField.RULES: "世界规则",
        BlueprintField.LOCATIONS: "关键地点",
        BlueprintField.FACTIONS: "势力",
        BlueprintField.CHARACTERS: "人物",
        BlueprintField.RELATIONSHIPS: "人物关系",
    },
}
"""The names of fields where the novel's language is spoken."""

_LABELS = {
    Language.ENGLISH: {
        "personality": "personality",
        "goals": "wants",
        "abilities": "can",
        "relation": "to the protagonist",
    },
    Language.CHINESE: {
        "personality": "性格",
        "goals": "目标",
        "abilities": "能力",
        "relation": "与主角的关系",
    },
}
_LINE = lazy_pattern(
    r"^\s*(?:[-*•]|\d+[.)、])?\s*(?P<name>[^:：—]{1,60}?)\s*(?:[:：]|—+| - )\s*(?P<rest>.+)$"
)
_PAIR = lazy_pattern(r"\s*(?:->|→|/|&|与|和| and )\s*")
_MOST_ENTRIES = 12


def as_text(value: Value, language: Language) -> str:
    """A field's value as text; a list has a line for each entry."""
    if isinstance(value, str):
        return value
    return "\n".join(item_line(item, language) for item in value if not is_blank(item))


def item_line(item: Item, language: Language) -> str:
    """An entry of a list in a line."""
    colon, stop = (": ", "; ") if language is Language.ENGLISH else ("：", "；")
    if isinstance(item, Place):
        return colon.join(filter(None, (item.name, item.description)))
    if isinstance(item, Relationship):
        return colon.join(filter(None, (f"{item.source} → {item.target}", item.description)))
    return colon.join(filter(None, (item.name, stop.join(_traits(item, language, colon)))))


def _traits(character: BlueprintCharacter, language: Language, colon: str) -> Iterable[str]:
    if character.identity:
        yield character.identity
    for name, label in _LABELS[language].items():
        if text := getattr(character, name):
            yield f"{label}{colon}{text}"


def blueprint_text(
    blueprint: Blueprint, language: Language, *, without: BlueprintField | None = None
) -> str:
    """The whole blueprint under the names of its fields, but for one of them."""
    whole = replace(blueprint, rules="\n".join(blueprint.world_lines))
    return "\n".join(
        _headed(field, whole.value(field), language)
        for field in BlueprintField
        if field is not without and whole.value(field)
    )


def _headed(field: BlueprintField, value: Value, language: Language) -> str:
    text, name = as_text(value, language), FIELD_NAMES[language][field]
    colon = ": " if language is Language.ENGLISH else "："
    return f"{name}{colon.strip()}\n{text}" if "\n" in text else f"{name}{colon}{text}"


def items_from_lines(field: BlueprintField, text: str) -> tuple[Item, ...]:
    """The entries of a list that a model wrote in lines, ``Name: what there is to say``.

    Lines in no such form are left out, and a name counts once.
    """
    found: dict[str, Item] = {}
    for line in text.splitlines():
        if (match := _LINE.match(line)) is None:
            continue
        name, rest = match["name"].strip("*_\"“”' "), one_line(match["rest"].strip("*_ "))
        if name and name not in found and len(found) < _MOST_ENTRIES:
            item = _item(field, name, rest)
            if item is not None:
                found[name] = item
    return tuple(found.values())


def _item(field: BlueprintField, name: str, rest: str) -> Item | None:
    if field is BlueprintField.CHARACTERS:
        return item_of(field, {"name": name, "identity": rest})
    if field is not BlueprintField.RELATIONSHIPS:
        return item_of(field, {"name": name, "description": rest})
    pair = _PAIR.split(name)
    if len(pair) != 2 or not all(pair):
        return None
    return item_of(field, {"source": pair[0], "target": pair[1], "description": rest})


def plain_field(field: BlueprintField, text: str, language: Language) -> str:
    """A field's text as a model wrote it in words: without its name and marks around it."""
    text = text.strip().strip("*#").strip()
    for name in (FIELD_NAMES[language][field], field.value):
        text = re.sub(rf"^[*#\s]*{re.escape(name)}[*\s]*[:：]\s*", "", text, flags=re.IGNORECASE)
    if field in (BlueprintField.SYNOPSIS, BlueprintField.RULES):
        return text.strip()
    first = next((line for line in text.splitlines() if line.strip()), "")
    if field is BlueprintField.TITLE:
        first = first.strip("《》\"“”'*_ ")
    return one_line(first)
