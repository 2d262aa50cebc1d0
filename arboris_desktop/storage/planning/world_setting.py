"""The world of a blueprint, read from JSON of whatever shape a book of Arboris-Novel has it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from arboris_desktop.domain.blueprint import BlueprintField, Place
from arboris_desktop.domain.record import record

_NAME, _DESCRIPTION = "name", "description"
_NAMED = re.compile(r"\s*(?P<name>[^:：]+?)\s*(?:: |：)\s*(?P<rest>.+)", re.DOTALL)
_READ_AS_FIELDS = {
    BlueprintField.RULES.value,
    BlueprintField.LOCATIONS.value,
    BlueprintField.FACTIONS.value,
}


@record
class WorldSetting:
    """The rules, the places, and, a line each, everything else about the world."""

    rules: str = ""
    locations: tuple[Place, ...] = ()
    factions: tuple[Place, ...] = ()
    others: tuple[str, ...] = ()


def read_world(stored: object) -> WorldSetting:
    """Reads the stored world; every text in it arrives somewhere."""
    if not isinstance(stored, dict):
        return WorldSetting(others=tuple(_lines(stored)))
    others = {key: value for key, value in stored.items() if key not in _READ_AS_FIELDS}
    return WorldSetting(
        rules=_rules(stored.get(BlueprintField.RULES.value)),
        locations=tuple(_places(stored.get(BlueprintField.LOCATIONS.value))),
        factions=tuple(_places(stored.get(BlueprintField.FACTIONS.value))),
        others=tuple(_lines(others)),
    )


def change_world(stored: object, field: BlueprintField, value: object) -> dict[str, object]:
    """The JSON to store when one field of it has changed; what else was kept there stays."""
    kept = stored if isinstance(stored, dict) else {"world": stored} if stored else {}
    return {**kept, field.value: value}


def _rules(value: object) -> str:
    return value if isinstance(value, str) else "\n".join(_lines(value))


def _places(value: object) -> Iterator[Place]:
    """A list of places, one place, or places by their names."""
    if isinstance(value, str):
        yield from (_place_of_line(line) for line in value.splitlines() if line.strip())
    elif isinstance(value, list):
        for each in value:
            yield from [_place(each)] if _is_member(each) else _places(each)
    elif isinstance(value, dict) and _says_what_it_is(value):
        yield _place(value)
    elif isinstance(value, dict):
        for name, told in value.items():
            yield from _named_places(str(name), told)


def _says_what_it_is(value: dict[str, object]) -> bool:
    return isinstance(value.get(_NAME), (str, int)) or isinstance(value.get(_DESCRIPTION), str)


def _is_member(value: object) -> TypeGuard[dict[str, object]]:
    """True if an entry of a list is a place; one with a single key may be a name and its text."""
    return isinstance(value, dict) and (len(value) > 1 or _says_what_it_is(value))


def _place(value: dict[str, object]) -> Place:
    """A place by its name; where nothing is called that, its first text is."""
    names = (_NAME,) if _says_what_it_is(value) else tuple(value)[:1]
    name = next((str(value[key]) for key in names if value.get(key) is not None), "")
    return Place(name, _told(*(each for key, each in value.items() if key not in names)))


def _named_places(name: str, told: object) -> Iterator[Place]:
    """The place of a name; or the places of a group, where each has a name of its own."""
    members = told if isinstance(told, list) else [told]
    if members and all(isinstance(each, dict) and _NAME in each for each in members):
        yield from _places(members)
    else:
        yield Place(name, _told(told))


def _told(*values: object) -> str:
    texts = (each if isinstance(each, str) else "; ".join(_lines(each)) for each in values)
    return "; ".join(text for text in texts if text)


def _place_of_line(line: str) -> Place:
    named = _NAMED.fullmatch(line)
    return Place(line.strip()) if named is None else Place(named["name"], named["rest"].strip())


def _lines(value: object) -> Iterator[str]:
    """The texts of any JSON, a line for each one that stands alone or for those of an object."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, list):
        for each in value:
            yield from _lines(each)
    elif isinstance(value, dict):
        texts = [each.strip() for each in value.values() if isinstance(each, str) and each.strip()]
        if texts:
            yield ": ".join(texts)
        for each in value.values():
            if not isinstance(each, str):
                yield from _lines(each)
