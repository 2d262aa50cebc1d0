"""A batch of analyses: its progress, and the buttons that pause or end it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.batches import AnalysisBatch, BatchStatus
from arboris_desktop.ui.batches.words import progress_words
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.thin_bar import ThinBar


class BatchBar(Translated, QWidget):
    """Shows an open batch; hidden while there is none."""

    pause_requested = Signal(int)
    resume_requested = Signal(int)
    cancel_requested = Signal(int)
    """The batch's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch: AnalysisBatch | None = None
        self._words = ElidedLabel()
        self._progress = ThinBar()
        self._hold = QToolButton()
        self._hold.clicked.connect(self._on_hold)
        self._end = QToolButton()
        self._end.setIcon(icon("stop"))
        self._end.clicked.connect(self._on_end)
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(self._hold)
        line.addWidget(self._end)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self._progress)
        self._retranslate()
        self.hide()

    def show_batch(self, batch: AnalysisBatch | None) -> None:
        """Shows the progress of the batch, or nothing."""
        self._batch = batch
        self.setVisible(batch is not None)
        if batch is not None:
            self._progress.setMaximum(batch.ended + batch.unfinished)
            self._progress.setValue(batch.ended)
        self._retranslate()

    def text(self) -> str:
        """The words beside the bar."""
        return self._words.text()

    def _retranslate(self) -> None:
        self._end.setToolTip(self.tr("End this batch; what is analysed stays"))
        self._end.setAccessibleName(self.tr("End this batch"))
        self._progress.setAccessibleName(self.tr("Chapters of the batch that are done"))
        if self._batch is None:
            return
        self._words.set_text(progress_words(self._batch))
        paused = self._batch.status is BatchStatus.PAUSED
        self._hold.setIcon(icon("resume" if paused else "pause"))
        name = self.tr("Resume this batch") if paused else self.tr("Pause this batch")
        self._hold.setToolTip(name)
        self._hold.setAccessibleName(name)

    def _on_hold(self) -> None:
        if self._batch is not None:
            paused = self._batch.status is BatchStatus.PAUSED
            signal = self.resume_requested if paused else self.pause_requested
            signal.emit(self._batch.id)

    def _on_end(self) -> None:
        if self._batch is not None:
            self.cancel_requested.emit(self._batch.id)
