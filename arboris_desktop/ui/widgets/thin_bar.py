"""Thin bars without text; what one shows is also said beside it or in its tool tip."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

_HEIGHT = 4


class ThinBar(QProgressBar):
    """A bar that fills; its colours are those of ``ThinBar`` in the style sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)


class TargetBar(ThinBar):
    """The share of a target that is reached; hidden without a target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_share(self, count: int, target: int, words: str) -> None:
        """Shows a count beside its target."""
        self.setValue(max(0, min(100, 100 * count // target)) if target else 0)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(bool(target))
