"""Choosing chapters to analyse together, with the estimated cost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.batches import BatchEstimate
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.tasks.batches import BatchChoice
from arboris_desktop.ui.batches.words import estimate_words
from arboris_desktop.ui.widgets.chapter_number import ChapterNumber
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.plain_text import plain_label

_SETTLE_MILLISECONDS = 200
"""Milliseconds; holding an arrow key does not request an estimate at each step."""


class BatchDialog(QDialog):
    """The range of chapters, and whether to include those already analysed."""

    estimate_wanted = Signal(object)
    """A ``BatchChoice`` whose estimate should be given to ``show_estimate``."""

    def __init__(
        self,
        project_id: str,
        title: str,
        chapters: Sequence[ChapterOverview],
        parent: QWidget | None = None,
        chosen: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Analyse Many Chapters"))
        self.setModal(True)
        self._project_id = project_id
        self._intro = plain_label()
        self._intro.setText(
            self.tr("Chapters of “{title}” whose present text is not analysed yet.").format(
                title=title
            )
        )
        self._chapters = chapters
        first, last = chosen or (1, chapters[-1].number)
        self._most = max(chapters[-1].number, last)  # Those just added may not have been read yet.
        self._first = self._number(first, self.tr("First chapter"))
        self._last = self._number(last, self.tr("Last chapter"))
        self._again = QCheckBox(self.tr("&Also chapters that are analysed already"))
        self._again.toggled.connect(self._on_choice)
        self._estimate = plain_label()
        self._estimate.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._start = self._buttons.addButton(
            self.tr("&Start"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MILLISECONDS)
        self._settle.timeout.connect(lambda: self.estimate_wanted.emit(self.choice()))
        self._lay_out()
        self._on_choice()

    def choice(self) -> BatchChoice:
        """The author's choices."""
        numbers = range(self._first.value(), self._last.value() + 1)
        return BatchChoice(self._project_id, numbers, self._again.isChecked())

    def show_estimate(self, choice: BatchChoice, estimate: BatchEstimate) -> None:
        """Shows the estimate, unless the choice has changed since."""
        if choice != self.choice():
            return
        self._estimate.setText(estimate_words(estimate))
        self._start.setEnabled(estimate.chapters > 0)

    def _number(self, value: int, name: str) -> ChapterNumber:
        number = ChapterNumber(self._chapters)
        number.setRange(1, self._most)
        number.setValue(value)
        number.setAccessibleName(name)
        number.valueChanged.connect(self._on_choice)
        return number

    def _on_choice(self) -> None:
        self._last.setMinimum(self._first.value())
        self._start.setEnabled(False)
        self._estimate.setText(self.tr("Estimating…"))
        self._settle.start()

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.addWidget(self._first)
        numbers.addWidget(QLabel("–"))
        numbers.addWidget(self._last)
        numbers.addStretch(1)
        label = QLabel(self.tr("&Chapters"))
        label.setBuddy(self._first)
        form = FieldForm()
        form.addRow(label, numbers)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._intro)
        layout.addLayout(form)
        layout.addWidget(self._again)
        layout.addWidget(self._estimate, 1)
        layout.addWidget(self._buttons)
        self.resize(460, 280)
