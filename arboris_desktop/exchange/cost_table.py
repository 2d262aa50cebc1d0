"""Costs as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from arboris_desktop.exchange.exporting import write_text_file
from arboris_desktop.exchange.spreadsheet_cells import MARK, safe_cell


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Returns the table as CSV (RFC 4180); a title that looks like a formula stays a text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def write_cost_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]
) -> None:
    """Writes the table to a file, completely or not at all. Raises ``ArborisError``."""
    write_text_file(path, MARK + to_csv(headings, rows))


def _cell(value: str | int | float) -> str | int | float:
    return safe_cell(value) if isinstance(value, str) else value
