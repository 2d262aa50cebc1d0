"""Announcing something to a screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def alert(widget: QWidget) -> None:
    """Makes a screen reader read the widget, wherever the focus is."""
    # Importing it takes two milliseconds, and nothing is announced at a start.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
