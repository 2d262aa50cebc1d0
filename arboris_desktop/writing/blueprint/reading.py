"""Reading the parts of a blueprint from answers, also while they arrive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from arboris_desktop.domain.blueprint import (
    ITEM_TYPES,
    BlueprintField,
    Item,
    Relationship,
    Value,
    item_of,
)
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.partial_json import StringValues
from arboris_desktop.text.blueprint_lines import as_text

Progress = Callable[[BlueprintField, str], None]
"""Called with a field that is being written, and its text so far."""


def unseen(_field: BlueprintField, _text: str) -> None:
    """Ignores progress."""


def values_of(found: Mapping[str, object]) -> dict[BlueprintField, Value]:
    """Returns the fields in an answer's object; an entry needs a name, and each name counts
    once."""
    values: dict[BlueprintField, Value] = {}
    for field in BlueprintField:
        given = found.get(field.value)
        value = _items(field, given) if field in ITEM_TYPES else _text(given)
        if value:
            values[field] = value
    return values


def _text(given: object) -> str:
    """The rules of the world arrive as a list and are stored as lines."""
    if isinstance(given, list):
        return "\n".join(dict.fromkeys(text for each in given if (text := _text(each))))
    return given.strip() if isinstance(given, str) else ""


def _items(field: BlueprintField, given: object) -> tuple[Item, ...]:
    entries = given if isinstance(given, list) else []
    items = [
        item_of(field, {name: _text(text) for name, text in entry.items()})
        for entry in entries
        if isinstance(entry, dict)
    ]
    # A small model may list the same person several times: the first one counts.
    named = {name: item for item in reversed(items) if (name := _name(item))}
    return tuple(item for item in items if named.get(_name(item)) is item)


def _name(item: Item) -> str:
    """Returns the name by which entries are told apart; empty for an entry without content."""
    if isinstance(item, Relationship):
        pair = (item.source, item.target)
        return " → ".join(pair).casefold() if all(pair) else ""
    return item.name.casefold()


class ArrivingPart:
    """A part that is arriving; reports its fields as they grow."""

    def __init__(
        self, fields: Collection[BlueprintField], language: Language, progress: Progress
    ) -> None:
        self._fields = {field.value: field for field in fields}
        self._language = language
        self._progress = progress
        self._values = StringValues()
        self._latest: BlueprintField | None = None

    def add(self, text: str) -> None:
        """Takes the next piece of the answer; an empty one restarts it."""
        if not text:
            self._values, self._latest = StringValues(), None
            for field in self._fields.values():
                self._progress(field, "")
            return
        changed = self._values.feed(text)
        for name, field in self._fields.items():
            if name in changed:
                self._latest = field
                self._progress(field, as_text(self._found().get(field, ""), self._language))

    def whole(self) -> dict[BlueprintField, Value]:
        """Returns the complete fields: those before the one that grew last."""
        return {field: v for field, v in self._found().items() if field is not self._latest}

    def _found(self) -> dict[BlueprintField, Value]:
        return values_of(self._values.value())
