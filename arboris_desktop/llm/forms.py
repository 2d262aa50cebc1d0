"""pydantic, of which answers of a model are made, read as a whole by one thread.

It reads its parts when they are first asked for. Two threads that do so at once can each wait for
what the other one is reading; Python then lets one of them go on with half a module, and its task
fails. This module is read by one thread while others wait, and asks for all the parts.
"""

from __future__ import annotations

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic.fields import FieldInfo

__all__ = [
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "FieldInfo",
    "StringConstraints",
    "TypeAdapter",
    "ValidationError",
    "create_model",
]


class _AnyForm(BaseModel):
    """A form that has what forms have, so that nothing is left to be read with the first."""

    model_config = ConfigDict(extra="ignore")

    words: str = Field(default="", max_length=9)
    number: float | None = None


_AnyForm.model_json_schema()
TypeAdapter(list[_AnyForm]).validate_json("[]")
