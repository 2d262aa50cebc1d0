"""Fitting a model's JSON to the requested form without inventing anything.

Wrappers and unknown keys are removed; a list without its object gets it back; a value that says
nothing counts as missing. Each finding of a list is judged on its own, so that one that does not
fit costs only itself.
"""

from __future__ import annotations

import contextlib
import json
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from arboris_desktop.domain.record import record
from arboris_desktop.llm.form_fields import (
    annotated_form,
    bare_annotation,
    is_text,
    item_forms,
    item_type,
    list_fields,
    may_be_none,
    required_fields,
)
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel, ValidationError

T = TypeVar("T", bound="BaseModel")

_DEEPEST_WRAPPER = 3
_SHOWN_ERRORS = 5
_OF_A_CALL = frozenset({"name", "type", "id", "function", "arguments", "parameters", "input"})
_ARGUMENTS = ("arguments", "parameters", "input")
_JOINS = lazy_pattern(r"[\s_-]+")
_IN_CHINESE = {
    "name": "姓名 名字 名称 人名 人物 角色 角色名",
    "title": "标题 章节标题 书名 名称",
    "change": "变化 改变",
    "quotation": "引文 原文 引用 引语 原句",
    "description": "描述 说明 简介",
    "summary": "摘要 总结 概要 梗概",
    "plan": "细纲 情节 梗概",
    "number": "编号 序号 章号",
    "kind": "类型 种类 类别",
    "confidence": "置信度 可信度",
}
"""Names of fields as models translate them, although they were asked not to."""

_SAYS_NOTHING = frozenset({"", "none", "null", "nothing", "n/a", "无", "没有", "暂无", "-"})


class DoesNotFitError(ValueError):
    """The JSON does not have the requested form; the message briefly says where it differs."""


@record
class Fitted(Generic[T]):
    """An answer of the declared form, and the number of findings that did not fit and were
    dropped."""

    answer: T
    dropped: int = 0


def fit(value: object, form: type[T]) -> Fitted[T]:
    """Fits a JSON value to ``form``. Raises ``DoesNotFitError``."""
    from arboris_desktop.llm.forms import ValidationError

    try:
        tidy = _tidy_object(_unwrapped(value, form), form)
        kept, dropped = _sound_items(tidy, form)
        nothing_is_left = dropped and not any(kept.get(name) for name in item_forms(form))
        return Fitted(_validated(tidy if nothing_is_left else kept, form), dropped)
    except ValidationError as error:
        raise DoesNotFitError(_reasons(error)) from None
    except RecursionError:
        raise DoesNotFitError("the JSON is nested too deeply") from None


def _unwrapped(value: object, form: type[BaseModel]) -> dict[str, Any]:
    """Finds the object of the form inside wrappers, or builds it around its list or item."""
    names, items = set(form.model_fields), item_forms(form)
    for _ in range(_DEEPEST_WRAPPER):
        value = _read_within(_arguments(value))
        if isinstance(value, list):
            return _around_list(value, form)
        if not isinstance(value, dict):
            break
        if names & value.keys() or not value:
            return value
        for name, item in items.items():
            is_item = required_fields(item) and required_fields(item) <= value.keys()
            # Where nothing is required, one field is enough if no other list could have it.
            if is_item or (len(items) == 1 and set(item.model_fields) & value.keys()):
                return {name: [value]}
        # An empty object says nothing, not even what it was meant for.
        within = [one for one in map(_read_within, value.values()) if one and _holds(one)]
        if names & _by_field(value, form).keys():
            return value
        if len(within) != 1:
            raise DoesNotFitError(f"none of the fields is there: {', '.join(form.model_fields)}")
        value = within[0]
    raise DoesNotFitError("a JSON object of the form that was asked for is needed")


def _arguments(value: object) -> object:
    """Returns the arguments if a model answers with a tool call that nobody offered."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(one, dict) or not _OF_A_CALL.issuperset(one):
        return value
    if isinstance(one.get("function"), dict):
        return _arguments(one["function"])
    given = next((one[name] for name in _ARGUMENTS if name in one), None)
    return value if given is None or "name" not in one else given


def _read_within(value: object) -> object:
    """Returns the object or list that is encoded in a string, once or repeatedly; otherwise the
    value itself."""
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
    """Wraps a bare list into its object, if the form has only one list that it can be."""
    lists = list_fields(form)
    whole = [one for one in items if isinstance(one, dict) and set(form.model_fields) & one.keys()]
    if whole and (len(items) == 1 or _is_beside(items, whole[0], form)):
        return whole[0]
    if whole and lists:
        raise DoesNotFitError("there is more than one JSON object")
    if len(lists) != 1:
        raise DoesNotFitError("a JSON object is needed, not a list")
    return {lists[0]: items}


def _is_beside(items: list[Any], whole: dict[str, Any], form: type[BaseModel]) -> bool:
    """True if everything else is a copy, or something else: thoughts, a schema, an example."""
    names = set(form.model_fields).union(*map(required_fields, item_forms(form).values()))
    again = whole if any(whole.values()) else None
    others = [one for one in items if one is not whole and one != again]
    return all(isinstance(one, dict) and not names & one.keys() for one in others)


def _tidy_object(value: dict[str, Any], form: type[BaseModel]) -> dict[str, Any]:
    """Drops unknown keys and gives missing values the default of the form."""
    tidy: dict[str, Any] = {}
    value = _by_field(value, form)
    for name, info in form.model_fields.items():
        if name not in value:
            continue
        field = _tidy(value[name], info.annotation)
        if field is None and not may_be_none(info.annotation):
            if not info.is_required():
                continue
            field = "" if is_text(info.annotation) else None
        tidy[name] = field
    return tidy


def _by_field(value: dict[str, Any], form: type[BaseModel]) -> dict[str, Any]:
    """Renames keys that differ from a field only in case, in separators or in language."""
    plain = {_plain(name): name for name in form.model_fields}
    plain |= {
        word: name
        for name in form.model_fields
        for word in _IN_CHINESE.get(name, "").split()
        if name not in value
    }
    named = {plain.get(_plain(str(key)), key): one for key, one in value.items()}
    return named if len(named) == len(value) else value


def _plain(key: str) -> str:
    return _JOINS.sub("", simplified(key).lower())


def _tidy(value: Any, annotation: Any) -> Any:
    item = item_type(annotation)
    if item is not None:
        return [_tidy(one, item) for one in _many(value, annotated_form(item))]
    form = annotated_form(annotation)
    if form is not None:
        return _tidy_object(value, form) if isinstance(value, dict) else value
    return _tidy_value(value, bare_annotation(annotation))


def _many(value: Any, form: type[BaseModel] | None) -> list[Any]:
    """Returns the items of a list, however it is written: as text, numbered, alone, or nested once
    more."""
    value = _read_within(value)
    if form is None:
        return [] if value is None else value if isinstance(value, list) else [value]
    if isinstance(value, dict):
        value = _many_in(value, form)
    many = value if isinstance(value, list) else [value]
    if len(many) == 1 and isinstance(many[0], list):
        many = many[0]
    if all(map(_says_nothing, many)):
        return []
    return [_unpacked(one, form) for one in many]


def _many_in(value: dict[str, Any], form: type[BaseModel]) -> list[Any]:
    """Returns the items of an object that stands where a list was asked for."""
    items = list(value.values())
    if _is_numbered(value):
        return items
    if set(form.model_fields) & _by_field(value, form).keys():
        return [value]
    lists = [one for one in items if isinstance(one, list)]
    if len(lists) == 1:
        return lists[0]
    if len(items) > 0 and "name" in required_fields(form) and all(map(_lacks_name, items)):
        return [{"name": name, **one} for name, one in value.items()]
    return [value]


def _lacks_name(one: object) -> bool:
    return isinstance(one, dict) and bool(one) and "name" not in one and not _holds_only(one)


def _holds_only(one: dict[str, Any]) -> bool:
    return len(one) == 1 and all(map(_holds, one.values()))


def _unpacked(one: Any, form: type[BaseModel]) -> Any:
    """Returns an item without the object around it that has its name."""
    if not isinstance(one, dict) or not _holds_only(one):
        return one
    inner = next(iter(one.values()))
    is_item = isinstance(inner, dict) and required_fields(form) <= _by_field(inner, form).keys()
    return inner if is_item and not set(form.model_fields) & one.keys() else one


def _says_nothing(one: object) -> bool:
    is_word = isinstance(one, str) and one.strip(" .。").lower() in _SAYS_NOTHING
    return one is None or one is False or is_word


def _is_numbered(value: dict[str, Any]) -> bool:
    return all(key.strip().isdigit() and isinstance(one, dict) for key, one in value.items())


def _tidy_value(value: Any, kind: Any) -> Any:
    """Tidies a choice in another case, a share given in percent, a text alone in a list."""
    if not isinstance(kind, type):
        return value
    if isinstance(value, str) and issubclass(kind, Enum):
        same = (one.value for one in kind if str(one.value).lower() == value.strip().lower())
        return next(same, value)
    if isinstance(value, str) and issubclass(kind, int | float):
        value = unicodedata.normalize("NFKC", value).strip()
    if isinstance(value, str) and issubclass(kind, float) and value.endswith("%"):
        with contextlib.suppress(ValueError):
            return float(value.strip().rstrip("%")) / 100
    if isinstance(value, dict) and len(value) == 1 and issubclass(kind, str):
        value = list(value.values())
    is_alone = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
    return value[0] if is_alone and issubclass(kind, str) else value


def _sound_items(value: dict[str, Any], form: type[BaseModel]) -> tuple[dict[str, Any], int]:
    """Keeps the findings of each list that fit, and counts the others."""
    kept = dict(value)
    for name, item in item_forms(form).items():
        if name in value:
            kept[name] = [one for one in value[name] if _fits(one, item)]
    return kept, sum(
        len(value[name]) - len(kept[name]) for name in item_forms(form) if name in kept
    )


def _fits(value: Any, form: type[BaseModel]) -> bool:
    from arboris_desktop.llm.forms import ValidationError

    try:
        _validated(value, form)
    except ValidationError:
        return False
    return True


def _validated(value: Any, form: type[T]) -> T:
    # By way of JSON, so that pydantic's rules for JSON apply: enum members are strings there.
    return form.model_validate_json(json.dumps(value))


def _reasons(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"{'.'.join(str(part)[:80] for part in problem['loc']) or 'the answer'}: {problem['msg']}"
        for problem in problems[:_SHOWN_ERRORS]
    ]
    more = len(problems) - len(lines)
    return "; ".join(lines) + (f"; and {more} more" if more else "")
