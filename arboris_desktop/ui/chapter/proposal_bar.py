"""The three answers to words that a model proposes for the text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.ui.widgets.floating_bar import FloatingBar
from arboris_desktop.ui.widgets.icons import icon


class ProposalBar(FloatingBar):
    """Below the words; the page tells it of Tab and Esc in the text while it is shown there."""

    kept = Signal()
    another_wanted = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep = QPushButton(icon("check"), "")
        self._another = QPushButton(icon("retry"), "")
        self._drop = QPushButton(icon("cancel"), "")
        self._keep.clicked.connect(self.kept)
        self._another.clicked.connect(self.another_wanted)
        self._drop.clicked.connect(self.dropped)
        self.escaped.connect(self.dropped)
