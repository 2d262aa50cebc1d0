"""Rows as JSON and back, column by column as the schema has them."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Integer, LargeBinary, String

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.portable.acceptance import check_value
from arboris_desktop.storage.portable.columns import JSON_COLUMNS
from arboris_desktop.storage.portable.tables import CarriedTable, carried_tables
from arboris_desktop.storage.tables.columns import UtcDateTime

_INTEGER_LIMIT, _BIG_INTEGER_LIMIT = 2**31, 2**63
_NUMBER_LIMIT = 1e12
_YEARS = range(1970, 3000)
_REPLACEMENT = "\ufffd"


# --- to JSON ---


def encode_row(carried: CarriedTable, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with nothing but what JSON has: text, numbers, lists, objects."""
    return {column.name: _encode(column, row[column.name]) for column in carried.table.columns}


def _encode(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(column.type, JSON):
        return _sound_json(value)
    return value if not isinstance(value, float) or math.isfinite(value) else None


def sound_text(text: str) -> str:
    """The text without NUL and half surrogate pairs, with which no file can be read everywhere."""
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = "".join(_REPLACEMENT if "\ud800" <= one <= "\udfff" else one for one in text)
    return text


def _sound_json(value: Any) -> Any:
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, list):
        return [_sound_json(one) for one in value]
    if isinstance(value, dict):
        return {sound_text(name): _sound_json(one) for name, one in value.items()}
    return value if not isinstance(value, float) or math.isfinite(value) else None


# --- from JSON ---


def decode_row(carried: CarriedTable, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row from a file, which may have been forged.

    A column that the file does not have takes its default. Raises ``StorageError`` for columns
    that do not exist, and values of another type or out of any sensible range.
    """
    columns = carried.table.columns
    if unknown := set(data) - set(columns.keys()):
        raise _damaged(carried, f"has no column {min(unknown)[:60]!r}")
    return {
        column.name: _decode(carried, column, data[column.name])
        if column.name in data
        else _default(carried, column)
        for column in columns
    }


def _decode(carried: CarriedTable, column: Column[Any], value: Any) -> Any:
    if value is None:
        if column.nullable:
            return None
        raise _damaged(carried, f"has nothing in {column.name}")
    try:
        decoded = _decode_value(carried, column, value)
        return check_value(f"{carried.name}.{column.name}", decoded)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise _damaged(carried, f"cannot have that in {column.name}") from error


def _decode_value(carried: CarriedTable, column: Column[Any], value: Any) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        return _checked_json(carried, column, value)
    if isinstance(kind, UtcDateTime):
        return _time(value)
    if isinstance(kind, Boolean):
        return _one_of(value, bool)
    if isinstance(kind, Integer):
        limit = _BIG_INTEGER_LIMIT if isinstance(kind, BigInteger) else _INTEGER_LIMIT
        return _within(_one_of(value, int), limit)
    if isinstance(kind, Float):
        return _within(float(_one_of(value, int, float)), _NUMBER_LIMIT)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(_one_of(value, str), validate=True)
    if isinstance(kind, String):
        return _one_of(value, str)
    raise TypeError(f"{carried.name}.{column.name}: no rule for columns of {kind!r}")


def _one_of(value: Any, *kinds: type) -> Any:
    if type(value) not in kinds:
        raise ValueError(value)
    return value


def _within(value: Any, limit: float) -> Any:
    if not -limit < value < limit:
        raise ValueError(value)
    return value


def _time(value: Any) -> datetime:
    time = datetime.fromisoformat(_one_of(value, str)).astimezone(UTC)
    if time.year not in _YEARS:
        raise ValueError(value)
    return time


def _checked_json(carried: CarriedTable, column: Column[Any], value: Any) -> Any:
    declared = JSON_COLUMNS.get(f"{carried.name}.{column.name}")
    if declared is not None and not declared.has_form(value):
        raise ValueError(value)
    for table, rows in declared.images(value) if declared is not None else ():
        for row in rows:
            _check_image(carried_tables()[table], row)
    return value


def _check_image(carried: CarriedTable, row: dict[str, Any]) -> None:
    """The image of a row that an undo may put back; older ones have fewer columns."""
    for column in carried.table.columns:
        if column.name in row:
            _decode(carried, column, row[column.name])


def _default(carried: CarriedTable, column: Column[Any]) -> Any:
    """The value of a new column in the rows of an older file."""
    stated = getattr(column.server_default, "arg", None)
    if stated is None:
        if column.nullable:
            return None
        raise _damaged(carried, f"lacks the column {column.name}")
    text = str(getattr(stated, "text", stated)).strip("'")
    if isinstance(column.type, JSON):
        return json.loads(text)
    if isinstance(column.type, Boolean):
        return text not in ("0", "false")
    if isinstance(column.type, Integer):
        return int(text)
    return float(text) if isinstance(column.type, Float) else text


def _damaged(carried: CarriedTable, reason: str) -> StorageError:
    return StorageError(ErrorKind.NOVEL_FILE_DAMAGED, f"a row of {carried.name} {reason}")
