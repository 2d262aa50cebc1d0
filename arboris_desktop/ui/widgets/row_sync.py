"""Updating the rows of a list model with minimal changes.

A reset would lose selection, scroll position and the place of a screen reader.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex

Row = TypeVar("Row")

_ROOT = QModelIndex()


def sync_rows(
    model: QAbstractItemModel,
    rows: list[Row],
    wanted: Sequence[Row],
    key: Callable[[Row], Hashable],
    columns: int = 1,
) -> bool:
    """Makes ``rows``, which the model shows, equal to ``wanted``; returns true if anything changed.

    ``key`` identifies rows; no two wanted rows may share one. ``columns`` is the number of cells
    that change with a row.
    """
    before = rows[:]
    _remove_all_but(model, rows, {key(row) for row in wanted}, key)
    for position, row in enumerate(wanted):
        _place(model, rows, position, row, key, columns)
    return rows != before


def _remove_all_but(
    model: QAbstractItemModel,
    rows: list[Row],
    wanted: set[Hashable],
    key: Callable[[Row], Hashable],
) -> None:
    last = len(rows) - 1
    while last >= 0:
        if key(rows[last]) in wanted:
            last -= 1
            continue
        first = last
        while first > 0 and key(rows[first - 1]) not in wanted:
            first -= 1
        model.beginRemoveRows(_ROOT, first, last)
        del rows[first : last + 1]
        model.endRemoveRows()
        last = first - 1


def _place(
    model: QAbstractItemModel,
    rows: list[Row],
    position: int,
    row: Row,
    key: Callable[[Row], Hashable],
    columns: int,
) -> None:
    """Moves the row to its position; those above are already in place."""
    present = _find(rows, position, key(row), key)
    if present is None:
        model.beginInsertRows(_ROOT, position, position)
        rows.insert(position, row)
        model.endInsertRows()
        return
    if present != position:
        model.beginMoveRows(_ROOT, present, present, _ROOT, position)
        rows.insert(position, rows.pop(present))
        model.endMoveRows()
    if rows[position] != row:
        rows[position] = row
        first = model.index(position, 0)
        model.dataChanged.emit(first, first.siblingAtColumn(columns - 1))


def _find(
    rows: list[Row], start: int, wanted: Hashable, key: Callable[[Row], Hashable]
) -> int | None:
    return next((n for n in range(start, len(rows)) if key(rows[n]) == wanted), None)
