"""The keyboard of a button that is about to be disabled or hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


def hand_focus_to(other: QWidget, within: QWidget) -> None:
    """Gives the keyboard to another widget if a button in a part of the window has it. Qt would
    give it to whichever comes next, at times to the way out of the novel."""
    focus = within.window().focusWidget()
    if isinstance(focus, QPushButton) and within.isAncestorOf(focus):
        other.setFocus()
