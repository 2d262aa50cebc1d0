"""Fields for amounts of money."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox

from arboris_desktop.ui.widgets.number_box import DecimalBox

CURRENCIES = ("USD", "CNY", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD")


def money_field(words_for_zero: str, value: float = 0.0, decimals: int = 4) -> QDoubleSpinBox:
    """Returns a field for an amount, whose zero has a meaning of its own."""
    field = DecimalBox()
    field.setRange(0, 1_000_000)
    field.setDecimals(decimals)
    field.setSpecialValueText(words_for_zero)
    field.setValue(value)
    return field
