"""Tabs whose icons stand beside their words."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabBar

_TOO_MUCH = 12
"""The room that a style sheet adds behind an icon; the words are centred in it, away from that."""


class IconTabs(QTabBar):
    """A tab is as wide as its icon, its words and the room that the style sheet gives each tab."""

    def tabSizeHint(self, index: int) -> QSize:
        """Without the room that would part the words from the icon."""
        return self._close(super().tabSizeHint(index), index)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """The same, where there is too little room for all tabs."""
        return self._close(super().minimumTabSizeHint(index), index)

    def _close(self, hint: QSize, index: int) -> QSize:
        return hint if self.tabIcon(index).isNull() else hint - QSize(_TOO_MUCH, 0)
