"""Actions of the menus, their submenus included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def leaves(actions: Iterable[QAction]) -> Iterator[QAction]:
    """The actions that do something, in the order of the menus."""
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from leaves(menu.actions())
        elif not action.isSeparator():
            yield action
