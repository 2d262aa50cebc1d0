"""The menu for the separation of paragraphs in a novel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from arboris_desktop.domain.novel import ParagraphStyle
from arboris_desktop.ui.i18n import Translated


class ParagraphMenu(Translated, QMenu):
    """Offers an indentation, a gap, or both; one is checked."""

    chosen = Signal(object)
    """A ``ParagraphStyle``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        group = QActionGroup(self)
        self._styles: dict[ParagraphStyle, QAction] = {}
        for style in ParagraphStyle:
            action = self._styles[style] = QAction(group)
            action.setCheckable(True)
            action.triggered.connect(partial(self.chosen.emit, style))
            self.addAction(action)
        self._retranslate()
        self.setEnabled(False)

    def show_style(self, style: ParagraphStyle) -> None:
        """Checks the one of the open novel."""
        self._styles[style].setChecked(True)
        self.setEnabled(True)

    def _retranslate(self) -> None:
        self.setTitle(self.tr("Pa&ragraphs"))
        self._styles[ParagraphStyle.INDENT].setText(self.tr("&Indent the First Line"))
        self._styles[ParagraphStyle.GAP].setText(self.tr("&Gap Between Paragraphs"))
        self._styles[ParagraphStyle.BOTH].setText(self.tr("Indent &and Gap"))
