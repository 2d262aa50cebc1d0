"""A thin bar that says how much of a target is reached."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.widgets.thin_bar import ThinBar


class TargetBar(ThinBar):
    """Hidden while there is no target; its words are in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_share(self, count: int, target: int, words: str) -> None:
        """Shows a count beside its target."""
        self.setValue(max(0, min(100, 100 * count // target)) if target else 0)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(bool(target))
