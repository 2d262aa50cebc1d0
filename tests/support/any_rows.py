"""A novel with rows of whatever tables the schema has, made of any values that fit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary
from sqlalchemy.sql.schema import MetaData

from arboris_desktop.storage.portable.acceptance import RANGES, WORDS
from arboris_desktop.storage.portable.columns import JSON_COLUMNS
from arboris_desktop.storage.portable.tables import CarriedTable, carried_tables
from arboris_desktop.storage.tables.columns import UtcDateTime

JsonRow = dict[str, Any]
Rows = dict[str, list[JsonRow]]

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2990, 1, 1), timezones=st.just(UTC))
_NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
_PLAIN = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | _NUMBERS | TEXTS
_ANY_JSON = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
_FORMS = (
    st.lists(TEXTS, max_size=2),
    st.dictionaries(TEXTS, TEXTS, max_size=2),
    st.dictionaries(TEXTS, _ANY_JSON, max_size=2),
)


@st.composite
def rows_of_a_novel(draw: st.DrawFn, schema: MetaData) -> Rows:
    """Up to two rows of each table, as a novel file has them."""
    carried = carried_tables(schema)
    counts = {name: draw(st.integers(0, 2)) for name in carried}
    counts["novel_projects"] = 1
    for name, one in carried.items():
        if one.owner is not None and not counts[one.owner[1].name]:
            counts[name] = 0
        counts[name] = min(counts[name], _most(one, counts))
    return {
        name: [_row(draw, one, number, counts) for number in range(1, counts[name] + 1)]
        for name, one in carried.items()
    }


def _most(one: CarriedTable, counts: dict[str, int]) -> int:
    needed = [r.table for r in one.references.values() if r.is_enforced and not r.is_nullable]
    if not all(counts[table] for table in needed):
        return 0
    return counts[one.owner[1].name] if one.key is None and one.owner else 2


def _row(draw: st.DrawFn, one: CarriedTable, number: int, counts: dict[str, int]) -> JsonRow:
    return {column.name: _value(draw, one, column, number, counts) for column in one.table.columns}


def _value(
    draw: st.DrawFn, one: CarriedTable, column: Column[Any], number: int, counts: dict[str, int]
) -> Any:
    if column.name == one.key:
        return number if isinstance(column.type, Integer) else str(number)
    if one.key is None and column.primary_key and one.owner and column.name == one.owner[0]:
        return number if isinstance(column.type, Integer) else str(number)
    is_owner = one.owner is not None and column.name == one.owner[0]
    if column.nullable and not is_owner and draw(st.booleans()):
        return None
    if reference := one.references.get(column.name):
        return _reference(draw, column, counts[reference.table])
    if _must_differ(column):
        return number if isinstance(column.type, Integer) else f"text {number}"
    return _plain(draw, one, column)


def _reference(draw: st.DrawFn, column: Column[Any], count: int) -> Any:
    if not count:
        return None if column.nullable else 1  # a row that is gone
    known = draw(st.integers(1, count))
    return known if isinstance(column.type, Integer) else str(known)


def _must_differ(column: Column[Any]) -> bool:
    """True if a rule of the table may need distinct values, as unique indexes do."""
    indexes = [index.columns for index in column.table.indexes if index.unique]
    rules = [one.columns for one in column.table.constraints if hasattr(one, "columns")]
    unique = [*indexes, *(one for one in rules if len(one) > 1)]
    return any(column.name in columns for columns in unique)


def _plain(draw: st.DrawFn, one: CarriedTable, column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        declared = JSON_COLUMNS.get(f"{one.name}.{column.name}")
        if declared is not None and declared.ids is not None:
            return {}  # ids in JSON are tested one by one
        found = draw(st.one_of(_FORMS))
        return found if declared is None or declared.has_form(found) else _least(declared.has_form)
    if isinstance(kind, UtcDateTime):
        return draw(_TIMES).isoformat()
    if isinstance(kind, Boolean):
        return draw(st.booleans())
    place = f"{one.name}.{column.name}"
    if place in WORDS:
        return draw(st.sampled_from(sorted(WORDS[place])))
    least, most = RANGES.get(place, (-(2**31) + 1, 2**31 - 1))
    if isinstance(kind, Integer):
        return draw(st.integers(int(least), int(most)))
    if isinstance(kind, Float):
        return draw(st.floats(least, most, allow_nan=False))
    return "" if isinstance(kind, LargeBinary) else draw(TEXTS)


def _least(has_form: Any) -> Any:
    forms: tuple[Any, ...] = ({}, [], "")
    return next(form for form in forms if has_form(form))
