"""Fitting what a model wrote to the form that was asked for, without inventing anything.

Taken off are wrappers and keys that nobody asked for; a list that was written without its object
gets it back; a value that says nothing counts as not given. Of a list of findings, each is judged
by itself: one that does not fit costs only itself.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, get_args, get_origin

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel, FieldInfo, ValidationError

T = TypeVar("T", bound="BaseModel")

_DEEPEST_WRAPPER = 3
_SHOWN_ERRORS = 5
_OF_A_CALL = frozenset({"name", "type", "id", "function", "arguments", "parameters", "input"})
_ARGUMENTS = ("arguments", "parameters", "input")
_SAYS_NOTHING = frozenset({"", "none", "null", "nothing", "n/a", "无", "没有", "暂无", "-"})


class DoesNotFitError(ValueError):
    """The form is not the one that was asked for; the message says in short where it differs."""


@dataclass(frozen=True, slots=True)
class Fitted(Generic[T]):
    """An answer of the declared form, and how many findings did not fit and were left out."""

    answer: T
    dropped: int = 0


def fit(value: object, form: type[T]) -> Fitted[T]:
    """Brings a value read from JSON into ``form``; raises ``DoesNotFitError`` if it can't be."""
    from arboris_desktop.llm.forms import ValidationError

    try:
        tidy = _tidy_object(_unwrapped(value, form), form)
        kept, dropped = _sound_items(tidy, form)
        nothing_is_left = dropped and not any(kept.get(name) for name in _item_forms(form))
        return Fitted(_validated(tidy if nothing_is_left else kept, form), dropped)
    except ValidationError as error:
        raise DoesNotFitError(_reasons(error)) from None
    except RecursionError:
        raise DoesNotFitError("the JSON is nested too deeply") from None


def _unwrapped(value: object, form: type[BaseModel]) -> dict[str, Any]:
    """Finds the object of the form: within wrappers, or as the list or the item that it holds."""
    names, items = set(form.model_fields), _item_forms(form)
    for _ in range(_DEEPEST_WRAPPER):
        value = _read_within(_arguments(value))
        if isinstance(value, list):
            return _around_list(value, form)
        if not isinstance(value, dict):
            break
        if names & value.keys() or not value:
            return value
        for name, item in items.items():
            if _required(item) and _required(item) <= value.keys():
                return {name: [value]}
        # An empty one says nothing, and so not what it was meant for.
        within = [one for one in map(_read_within, value.values()) if one and _holds(one)]
        if len(within) != 1:
            return value
        value = within[0]
    raise DoesNotFitError("a JSON object of the form that was asked for is needed")


def _arguments(value: object) -> object:
    """The arguments of a tool call, where a model answers by calling a tool that nobody offered."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(one, dict) or not _OF_A_CALL.issuperset(one):
        return value
    if isinstance(one.get("function"), dict):
        return _arguments(one["function"])
    given = next((one[name] for name in _ARGUMENTS if name in one), None)
    return value if given is None or "name" not in one else given


def _read_within(value: object) -> object:
    """The object or the list that a text holds, be it packed once or again; else what is given."""
    inner = value
    for _ in range(_DEEPEST_WRAPPER):
        if not isinstance(inner, str) or inner.lstrip()[:1] not in ("{", "[", '"'):
            break
        try:
            inner = json.loads(inner, strict=False)
        except (ValueError, RecursionError):
            break
    return inner if _holds(inner) else value


def _holds(value: object) -> bool:
    return isinstance(value, dict | list)


def _around_list(items: list[Any], form: type[BaseModel]) -> dict[str, Any]:
    """Gives a bare list its object back, if it can only be the one list that the form has."""
    lists = _lists(form)
    whole = [one for one in items if isinstance(one, dict) and set(form.model_fields) & one.keys()]
    if len(items) > 1 and whole and lists:
        raise DoesNotFitError("there is more than one JSON object")
    if len(items) == 1 and whole:
        return whole[0]
    if len(lists) != 1:
        raise DoesNotFitError("a JSON object is needed, not a list")
    return {lists[0]: items}


def _tidy_object(value: dict[str, Any], form: type[BaseModel]) -> dict[str, Any]:
    """Drop what nobody asked for, and make of what was not given what the form has for that."""
    tidy: dict[str, Any] = {}
    value = _by_field(value, form)
    for name, info in form.model_fields.items():
        if name not in value:
            continue
        field = _tidy(value[name], info.annotation)
        if field is None and not _may_be_none(info.annotation):
            if not info.is_required():
                continue
            field = "" if _is_text(info.annotation) else None
        tidy[name] = field
    return tidy


def _by_field(value: dict[str, Any], form: type[BaseModel]) -> dict[str, Any]:
    """Gives keys that differ from a field in capitals or blanks alone the field's name."""
    plain = {name.lower(): name for name in form.model_fields}
    named = {plain.get(str(key).strip().lower(), key): one for key, one in value.items()}
    return named if len(named) == len(value) else value


def _tidy(value: Any, annotation: Any) -> Any:
    item = _item_of(annotation)
    if item is not None:
        return [_tidy(one, item) for one in _many(value, _form_of(item))]
    form = _form_of(annotation)
    if form is not None:
        return _tidy_object(value, form) if isinstance(value, dict) else value
    return _tidy_value(value, _bare(annotation))


def _many(value: Any, form: type[BaseModel] | None) -> list[Any]:
    """The items of a list, however it is written: as text, numbered, alone, or in a list more."""
    value = _read_within(value)
    says_nothing = isinstance(value, str) and value.strip(" .。").lower() in _SAYS_NOTHING
    if value is None or (form is not None and says_nothing):
        return []
    if form is not None and isinstance(value, dict) and _is_numbered(value):
        return list(value.values())
    many = value if isinstance(value, list) else [value]
    if form is not None and len(many) == 1 and isinstance(many[0], list):
        return many[0]
    return many


def _is_numbered(value: dict[str, Any]) -> bool:
    return all(key.strip().isdigit() and isinstance(one, dict) for key, one in value.items())


def _tidy_value(value: Any, kind: Any) -> Any:
    """A word of a choice in its own capitals, a share given in percent, a text alone in a list."""
    if not isinstance(kind, type):
        return value
    if isinstance(value, str) and issubclass(kind, Enum):
        same = (one.value for one in kind if str(one.value).lower() == value.strip().lower())
        return next(same, value)
    if isinstance(value, str) and issubclass(kind, float) and value.strip().endswith("%"):
        with contextlib.suppress(ValueError):
            return float(value.strip().rstrip("%")) / 100
    if isinstance(value, dict) and len(value) == 1 and issubclass(kind, str):
        value = list(value.values())
    is_alone = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
    return value[0] if is_alone and issubclass(kind, str) else value


def _sound_items(value: dict[str, Any], form: type[BaseModel]) -> tuple[dict[str, Any], int]:
    """Keeps of each list of findings those that fit; also says how many did not."""
    kept = dict(value)
    for name, item in _item_forms(form).items():
        if name in value:
            kept[name] = [one for one in value[name] if _fits(one, item)]
    return kept, sum(
        len(value[name]) - len(kept[name]) for name in _item_forms(form) if name in kept
    )


def _fits(value: Any, form: type[BaseModel]) -> bool:
    from arboris_desktop.llm.forms import ValidationError

    try:
        _validated(value, form)
    except ValidationError:
        return False
    return True


def _validated(value: Any, form: type[T]) -> T:
    # Through JSON, so that pydantic's rules for JSON hold: enum members are strings there.
    return form.model_validate_json(json.dumps(value))


def _reasons(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"{'.'.join(str(part)[:80] for part in problem['loc']) or 'the answer'}: {problem['msg']}"
        for problem in problems[:_SHOWN_ERRORS]
    ]
    more = len(problems) - len(lines)
    return "; ".join(lines) + (f"; and {more} more" if more else "")


def _lists(form: type[BaseModel]) -> list[str]:
    return [name for name, info in form.model_fields.items() if _item_of(info.annotation)]


def _item_forms(form: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The lists of objects that the form has, with the form of their items."""
    found = {name: _form_of(_item_of(info.annotation)) for name, info in form.model_fields.items()}
    return {name: item for name, item in found.items() if item is not None}


def _required(form: type[BaseModel]) -> set[str]:
    def named(entry: tuple[str, FieldInfo]) -> bool:
        return entry[1].is_required()

    return {name for name, _ in filter(named, form.model_fields.items())}


def _item_of(annotation: Any) -> Any:
    """The type of a list's items, ``None`` if the annotation is no list."""
    bare = _bare(annotation)
    return (get_args(bare) or (object,))[0] if get_origin(bare) in (list, tuple) else None


def _form_of(annotation: Any) -> type[BaseModel] | None:
    from arboris_desktop.llm.forms import BaseModel

    bare = _bare(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _is_text(annotation: Any) -> bool:
    bare = _bare(annotation)
    return isinstance(bare, type) and issubclass(bare, str)


def _may_be_none(annotation: Any) -> bool:
    return annotation in (None, Any, NoneType) or NoneType in get_args(annotation)


def _bare(annotation: Any) -> Any:
    """The annotation without ``Annotated`` and without the choice of ``None``."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, UnionType):
        others = [one for one in get_args(annotation) if one is not NoneType]
        return _bare(others[0]) if len(others) == 1 else annotation
    return annotation
