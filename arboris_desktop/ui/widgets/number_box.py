"""Number fields that are aligned with other fields.

The style sheet adds padding to fields, which Qt ignores in these.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

_ROOM = 7


class NumberBox(QSpinBox):
    """A field for a whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _give_room(self)


class DecimalBox(QDoubleSpinBox):
    """A field for a decimal number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _give_room(self)


def _give_room(box: QAbstractSpinBox) -> None:
    box.lineEdit().setTextMargins(_ROOM, 0, 0, 0)
