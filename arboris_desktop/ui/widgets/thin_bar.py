"""A thin bar without words; what it says stands beside it or in its tool tip."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

_HEIGHT = 4


class ThinBar(QProgressBar):
    """A line that fills; its colours are those of ``ThinBar`` in the style sheet of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)
