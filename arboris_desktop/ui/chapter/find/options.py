"""Options of a search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from arboris_desktop.text.finding import Wanted
from arboris_desktop.ui.i18n import Translated


class FindOptions(Translated, QWidget):
    """Three switches: match case, whole words, regular expression."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exact, self._whole, self._pattern = (self._option() for _ in range(3))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for option in (self._exact, self._whole, self._pattern):
            layout.addWidget(option)
        self._retranslate()

    def wanted(self, words: str) -> Wanted:
        """Returns the query with these options."""
        return Wanted(
            words,
            exact=self._exact.isChecked(),
            whole_word=self._whole.isChecked(),
            is_pattern=self._pattern.isChecked(),
        )

    def ask_for_a_name(self) -> None:
        """Switches to whole words with matching case."""
        for option, on in ((self._exact, True), (self._whole, True), (self._pattern, False)):
            option.setChecked(on)

    def _option(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.toggled.connect(self.changed)
        return button

    def _retranslate(self) -> None:
        self._exact.setText(self.tr("Exact"))
        self._exact.setToolTip(
            self.tr("Capitals, quotation marks and simplified or traditional characters count")
        )
        self._whole.setText(self.tr("Whole word"))
        self._whole.setToolTip(self.tr("Not within other words"))
        self._pattern.setText(self.tr("Pattern"))
        self._pattern.setToolTip(self.tr("A regular expression; \\1 in the replacement is a group"))
