"""The parts of pydantic that forms of answers use, imported as a whole by one thread.

pydantic imports its parts lazily. Two threads that do so at once can deadlock; Python resolves that
by giving one of them a half-initialised module, and its task fails. Only one thread imports this
module while others wait, and it asks for all the parts.
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

__all__ = [
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "StringConstraints",
    "TypeAdapter",
    "ValidationError",
    "create_model",
]


class _AnyForm(BaseModel):
    """A form with one of every feature, so that nothing is left to import for the first real
    one."""

    model_config = ConfigDict(extra="ignore")

    words: str = Field(default="", max_length=9)
    number: float | None = None


_AnyForm.model_json_schema()
TypeAdapter(list[_AnyForm]).validate_json("[]")
