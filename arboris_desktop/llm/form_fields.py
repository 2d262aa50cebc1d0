"""The fields of a form: which are lists, of what, and which must be there."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel


def list_fields(form: type[BaseModel]) -> list[str]:
    """Returns the fields that are lists."""
    return [name for name, info in form.model_fields.items() if item_type(info.annotation)]


def item_forms(form: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Returns the form's lists of objects with the form of their items."""
    items = {name: item_type(info.annotation) for name, info in form.model_fields.items()}
    found = {name: annotated_form(item) for name, item in items.items()}
    return {name: item for name, item in found.items() if item is not None}


def required_fields(form: type[BaseModel]) -> set[str]:
    """Returns the fields without which an object is not of the form."""
    return {name for name, info in form.model_fields.items() if info.is_required()}


def item_type(annotation: Any) -> Any:
    """Returns the type of a list's items; ``None`` if the annotation is not a list."""
    bare = bare_annotation(annotation)
    return (get_args(bare) or (object,))[0] if get_origin(bare) in (list, tuple) else None


def annotated_form(annotation: Any) -> type[BaseModel] | None:
    """Returns the form that an annotation names; ``None`` if it names none."""
    from arboris_desktop.llm.forms import BaseModel

    bare = bare_annotation(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def is_text(annotation: Any) -> bool:
    """True if a field takes a text, also one of an enumeration."""
    bare = bare_annotation(annotation)
    return isinstance(bare, type) and issubclass(bare, str)


def may_be_none(annotation: Any) -> bool:
    """True if a field may be left without a value."""
    return annotation in (None, Any, NoneType) or NoneType in get_args(annotation)


def bare_annotation(annotation: Any) -> Any:
    """Returns the annotation without ``Annotated`` and without an optional ``None``."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, UnionType):
        others = [one for one in get_args(annotation) if one is not NoneType]
        return bare_annotation(others[0]) if len(others) == 1 else annotation
    return annotation
