"""Cells of tables for spreadsheets, which would execute some texts as formulas."""

from __future__ import annotations

from arboris_desktop.text.patterns import lazy_pattern

MARK = "\ufeff"
"""Without it, Excel reads UTF-8 as the system's legacy code page, which garbles Chinese."""

_FORMULA = lazy_pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
"""A formula, and the look of an escaped one."""
_ESCAPED = lazy_pattern(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """Returns the text as a cell that is not a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe_cell(cell: str) -> str:
    """Returns the text of a cell that ``safe_cell`` made, or that somebody typed."""
    return cell[1:] if _ESCAPED.match(cell) else cell
