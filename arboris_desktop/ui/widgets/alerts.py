"""Telling a screen reader that something has come up."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def alert(widget: QWidget) -> None:
    """Has a screen reader say what the widget shows, wherever the keyboard is."""
    # Its names take a start two milliseconds, which nothing is told at.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
