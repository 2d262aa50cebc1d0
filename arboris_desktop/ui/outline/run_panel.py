"""The progress of planning by the model: what is done, its cost, and how to continue."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.outline_runs import OutlineRun, RunKind
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.costs.words import paid
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.widgets.thin_bar import ThinBar
from arboris_desktop.writing.outline.planning_run import ChaptersPlanned


class RunPanel(Translated, QWidget):
    """The call bar with the progress of all ranges above it; between runs, what is unfinished."""

    resume_requested = Signal()
    compare_requested = Signal()
    settle_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: OutlineRun | None = None
        self._step: ChaptersPlanned | None = None
        self.call_bar = CallBar(can_preview=False)
        self._build()
        self.call_bar.retry_requested.connect(self.resume_requested)
        self.call_bar.busy_changed.connect(self._say)
        self._retranslate()

    def show_run(self, run: OutlineRun | None) -> None:
        """Shows a running or unfinished run; ``None`` if there is none."""
        if self._run is None or run is None or run.id != self._run.id:
            self._step = None
        self._run = run
        self._say()

    def show_step(self, step: ChaptersPlanned) -> None:
        """Shows that more chapters are stored."""
        self._step = step
        self._say()

    def text(self) -> str:
        """The text about the run."""
        return self._text.text()

    def _build(self) -> None:
        self._frame = ToneFrame(Tone.NEUTRAL)
        self._text = plain_label()
        self._progress = ThinBar()
        self._resume = QPushButton(icon("resume"), "")
        self._compare = QPushButton(icon("search"), "")
        self._settle = QPushButton(icon("cancel"), "")
        self._resume.clicked.connect(self.resume_requested)
        self._compare.clicked.connect(self.compare_requested)
        self._settle.clicked.connect(self.settle_requested)
        texts = QVBoxLayout()
        texts.addWidget(self._text)
        texts.addWidget(self._progress)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(12, 6, 12, 6)
        row.addLayout(texts, 1)
        for button in (self._compare, self._resume, self._settle):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._frame)
        layout.addWidget(self.call_bar)

    def _retranslate(self) -> None:
        self._resume.setText(self.tr("Resume"))
        self._resume.setToolTip(self.tr("Continue at the first missing chapter"))
        self._compare.setText(self.tr("Compare…"))
        self._compare.setToolTip(self.tr("See the old and the new plans, and choose"))
        self._progress.setAccessibleName(self.tr("Chapters planned"))
        self._say()

    def _say(self) -> None:
        run, busy = self._run, self.call_bar.is_busy
        self._frame.setVisible(run is not None)
        if run is None:
            return
        replaces = run.kind is RunKind.REGENERATE
        if replaces:
            text = self.tr("Chapters {range} planned again")
        else:
            text = self.tr("Chapters {range} planned by the model")
        parts = [text.format(range=run.range)]
        is_whole = False
        if self._step is not None:
            step = self._step
            is_whole = step.done >= step.total
            parts.append(self.tr("{done} of {all}").format(done=step.done, all=step.total))
            if amounts := paid(step.spent):
                parts.append(amounts)
            self._progress.setRange(0, max(1, step.total))
            self._progress.setValue(step.done)
        elif not busy and not replaces:
            parts.append(self.tr("not finished"))
        elif not busy:
            parts.append(self.tr("waiting for your decision"))
        self._progress.setVisible(busy or self._step is not None)
        if busy and self._step is None:
            self._progress.setRange(0, 1)
            self._progress.setValue(0)
        self._text.setText(" · ".join(parts))
        self._resume.setVisible(not busy and not is_whole)
        self._compare.setVisible(replaces and bool(run.proposals) and not busy)
        self._settle.setVisible(not busy)
        self._settle.setText(self.tr("Dismiss") if replaces else self.tr("Close"))
