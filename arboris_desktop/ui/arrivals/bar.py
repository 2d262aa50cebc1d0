"""The bar above an imported novel: analyses that rest, instructions that are off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from arboris_desktop.domain.instructions import Arrivals
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.alerts import alert
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone


class ArrivalBar(Translated, ToneFrame):
    """Offers what a file contains besides the text; hidden while nothing waits for a decision."""

    analyse_requested = Signal()
    leave_requested = Signal()
    instructions_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self.arrivals = Arrivals()
        """The arrivals that are shown."""
        self._resting = plain_label()
        self._analyse = QPushButton()
        self._analyse.clicked.connect(self.analyse_requested)
        self._leave = QPushButton()
        self._leave.clicked.connect(self.leave_requested)
        self._instructions = plain_label()
        self._show_them = QPushButton()
        self._show_them.clicked.connect(self.instructions_requested)
        layout = QGridLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(0, 1)
        for row, (words, buttons) in enumerate(self._rows()):
            words.setWordWrap(True)
            layout.addWidget(words, row, 0)
            for column, button in enumerate(buttons, 3 - len(buttons)):
                layout.addWidget(button, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._retranslate()
        self.hide()

    def show_arrivals(self, arrivals: Arrivals) -> None:
        """Shows what waits; hidden if nothing does."""
        is_news = arrivals != self.arrivals and not arrivals.is_empty
        self.arrivals = arrivals
        self._retranslate()
        self.setVisible(not arrivals.is_empty)
        if is_news:
            alert(self)

    def text(self) -> str:
        """The text of the bar."""
        shown = (words for words, _buttons in self._rows() if not words.isHidden())
        return in_a_row(*(words.text() for words in shown))

    def _rows(self) -> tuple[tuple[QLabel, tuple[QPushButton, ...]], ...]:
        return (
            (self._resting, (self._analyse, self._leave)),
            (self._instructions, (self._show_them,)),
        )

    def _retranslate(self) -> None:
        resting, instructions = self.arrivals.resting, bool(self.arrivals.instructions)
        self._resting.setText(
            self.tr("%n chapter(s) of this novel wait for analysis, as the file says.", "", resting)
        )
        self._analyse.setText(self.tr("Analyse"))
        self._analyse.setToolTip(self.tr("Asks your model about each of them"))
        self._leave.setText(self.tr("Leave"))
        self._leave.setToolTip(self.tr("You can still analyse them one by one"))
        self._instructions.setText(
            self.tr("The file brought instructions for the model. They are off until you accept.")
        )
        self._show_them.setText(self.tr("Look at Them…"))
        shown = (bool(resting), instructions)
        for (words, buttons), is_shown in zip(self._rows(), shown, strict=True):
            for widget in (words, *buttons):
                widget.setVisible(is_shown)
        self.setAccessibleName(self.text())
