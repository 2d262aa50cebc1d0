"""The raw answer of a model, collapsed: for an author who wants to see what was wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated

_HEIGHT = 220


class RawAnswer(Translated, QWidget):
    """Hidden without an answer; its text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unfold = QToolButton()
        self._unfold.setCheckable(True)
        self._unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unfold.toggled.connect(self._show_answer)
        self._answer = QPlainTextEdit()
        self._answer.setReadOnly(True)
        self._answer.setFixedHeight(_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._unfold)
        layout.addWidget(self._answer)
        self._retranslate()
        self.show_answer("")

    def show_answer(self, answer: str) -> None:
        """Shows an answer, collapsed."""
        self._answer.setPlainText(answer)
        self._unfold.setChecked(False)
        self._show_answer(False)
        self.setVisible(bool(answer))

    def text(self) -> str:
        """The answer; empty if there is none."""
        return self._answer.toPlainText()

    def unfold(self) -> None:
        """Expands the answer, like a click on its heading."""
        self._unfold.setChecked(True)

    @Slot(bool)
    def _show_answer(self, shown: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self._unfold.setArrowType(arrow)
        self._answer.setVisible(shown)

    def _retranslate(self) -> None:
        words = self.tr("What the model sent")
        self._unfold.setText(words)
        self._answer.setAccessibleName(words)
