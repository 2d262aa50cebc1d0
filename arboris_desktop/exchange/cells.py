"""Cells of tables for spreadsheets, which take some texts for formulas and run them."""

from __future__ import annotations

from arboris_desktop.text.patterns import lazy_pattern

MARK = "\ufeff"
"""Without it, Excel takes UTF-8 for the old code page of the system, and Chinese is lost."""

_FORMULA = lazy_pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
"""A formula, and what an escaped one looks like."""
_ESCAPED = lazy_pattern(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """The text as a cell that is no formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe_cell(cell: str) -> str:
    """The text of a cell that ``safe_cell`` made, or that somebody typed."""
    return cell[1:] if _ESCAPED.match(cell) else cell
