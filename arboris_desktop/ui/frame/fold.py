"""Folds the sidebar and the panel away while something takes the whole stage."""

from __future__ import annotations

from PySide6.QtGui import QAction

from arboris_desktop.ui.frame.side_panel import Panel, SidePanel


class SideFold:
    """Puts both sides away, and brings back those that the author has not opened meanwhile."""

    def __init__(self, sidebar: QAction, side: SidePanel) -> None:
        self._sidebar, self._side = sidebar, side
        self._had_sidebar = False
        self._had_panel: Panel | None = None
        self.is_on = False

    def fold(self) -> None:
        """Gives the room of both sides to the page."""
        if self.is_on:
            return
        self.is_on = True
        self._had_sidebar, self._had_panel = self._sidebar.isChecked(), self._side.shown
        self._sidebar.setChecked(False)
        self._side.close_panel()

    def unfold(self) -> None:
        """Brings back what was there."""
        if not self.is_on:
            return
        self.is_on = False
        self._sidebar.setChecked(self._had_sidebar or self._sidebar.isChecked())
        if self._side.shown is None:
            self._side.open_panel(self._had_panel)
