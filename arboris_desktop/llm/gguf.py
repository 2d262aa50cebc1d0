"""The properties of a model in its GGUF file, read before anything is loaded."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from arboris_desktop.domain.record import record

_MAGIC = b"GGUF"
_LEAST_VERSION = 2
_NUMBERS = "BbHhIif?"
"""The types 0 to 7 of the format as ``struct`` codes."""

_STRING, _ARRAY = 8, 9
_LARGE_NUMBERS = {10: "Q", 11: "q", 12: "d"}
_CACHE_BYTES = 2
"""Bytes per number in the cache of llama.cpp, which keeps 16 bits."""

_NEEDED = ("block_count", "context_length", "embedding_length", "attention.head_count")

_MOST_FIELDS, _MOST_LENGTH = 10_000, 10_000_000
"""No model has more; a damaged file might claim so."""


@record
class ModelShape:
    """The context that a model was trained for, and the bytes of memory that each token takes.

    ``token_bytes`` is an upper bound: some models keep less for distant tokens.
    """

    context_tokens: int
    token_bytes: int


def read_shape(path: Path) -> ModelShape | None:
    """Returns the shape of a file's model; ``None`` if it cannot be read or is not stated."""
    try:
        with path.open("rb") as file:
            return _shape(_fields(file))
    except (OSError, struct.error, ValueError, KeyError, OverflowError, MemoryError):
        return None


def _fields(file: BinaryIO) -> dict[str, object]:
    """Yields the fields of a header up to the tokenizer's vocabulary, which comes after what is
    wanted."""
    if file.read(4) != _MAGIC or _number(file, "I") < _LEAST_VERSION:
        raise ValueError("no GGUF file")
    _tensors, count = _number(file, "Q"), _number(file, "Q")
    fields: dict[str, object] = {}
    for _ in range(min(int(count), _MOST_FIELDS)):
        name = _string(file)
        if name.startswith("tokenizer.") and _is_told(fields):
            break
        fields[name] = _value(file, int(_number(file, "I")))
    return fields


def _is_told(fields: Mapping[str, object]) -> bool:
    about = fields.get("general.architecture")
    return all(f"{about}.{name}" in fields for name in _NEEDED)


def _value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        inner, count = int(_number(file, "I")), int(_number(file, "Q"))
        if count > _MOST_LENGTH:
            raise ValueError("too long")
        return [_value(file, inner) for _ in range(count)]
    return _number(file, _LARGE_NUMBERS.get(kind) or _NUMBERS[kind])


def _number(file: BinaryIO, form: str) -> float:
    (number,) = struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))
    return number  # type: ignore[no-any-return]


def _string(file: BinaryIO) -> str:
    length = int(_number(file, "Q"))
    if length > _MOST_LENGTH:
        raise ValueError("too long")
    return file.read(length).decode("utf-8", "replace")


def _shape(fields: Mapping[str, object]) -> ModelShape | None:
    about = f"{fields['general.architecture']}."
    layers = _int(fields[f"{about}block_count"])
    heads = _per_layer(fields[f"{about}attention.head_count"], layers)
    kept = _per_layer(fields.get(f"{about}attention.head_count_kv", heads), layers)
    width = _int(fields[f"{about}embedding_length"]) // max(*heads, 1)
    key = _int(fields.get(f"{about}attention.key_length", width))
    value = _int(fields.get(f"{about}attention.value_length", width))
    context = _int(fields[f"{about}context_length"])
    token_bytes = sum(kept) * (key + value) * _CACHE_BYTES
    return ModelShape(context, token_bytes) if context > 0 and token_bytes > 0 else None


def _per_layer(value: object, layers: int) -> list[int]:
    if isinstance(value, list):
        return [_int(each) for each in value]
    if not 0 < layers <= _MOST_FIELDS:
        raise ValueError("no layers")
    return [_int(value)] * layers


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no number")
    return value
