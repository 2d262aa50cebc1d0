"""A run of the auto-writer: its progress, and the buttons that pause, resume and end it."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.auto_runs import AutoRun, AutoRunStatus, AutoStep
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.auto.words import ending_words, reason_words, spending_words, step_words
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_tooltip
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.widgets.thin_bar import ThinBar
from arboris_desktop.ui.wording import overview_name


class AutoBar(Translated, ToneFrame):
    """Shows a run above the chapter, with the time as it passes; hidden while there is none."""

    pause_requested = Signal()
    continue_requested = Signal()
    end_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self._run: AutoRun | None = None
        self._timed: AutoRun | None = None
        self._timed_at = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_spending)
        self._chapter: ChapterOverview | None = None
        self._step = AutoStep.WRITING
        self._what = plain_label()
        self._spent = muted(plain_label())
        self._progress = ThinBar()
        self._progress.setFixedWidth(140)
        self._hold = QPushButton()
        self._end = QPushButton()
        self._hold.clicked.connect(self._on_hold)
        self._end.clicked.connect(self._on_end)
        for button in (self._hold, self._end):
            # A click leaves the keyboard in the text; the bar vanishes under it.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self._retranslate()
        self.hide()

    def show_run(self, run: AutoRun | None) -> None:
        """Shows the state of a run, or nothing."""
        self._run = run
        if run is None:
            self._chapter = None
        elif run is not self._timed:
            # One that is shown again has gone on meanwhile.
            self._timed, self._timed_at = run, monotonic()
        self._let_clock_run(run is not None and run.status is AutoRunStatus.RUNNING)
        self.setVisible(run is not None)
        self._retranslate()

    def show_step(self, run: AutoRun, chapter: ChapterOverview, step: AutoStep) -> None:
        """Shows what a run is doing now."""
        self._chapter, self._step = chapter, step
        self.show_run(run)

    def text(self) -> str:
        """The text of the bar."""
        return f"{self._what.text()} {self._spent.text()}"

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._what)
        texts.addWidget(self._spent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(self._progress)
        layout.addLayout(texts, 1)
        layout.addWidget(self._hold)
        layout.addWidget(self._end)

    def _retranslate(self) -> None:
        self._progress.setAccessibleName(self.tr("Chapters of the run that are written"))
        run = self._run
        if run is None:
            return
        self._progress.setMaximum(run.chapters)
        self._progress.setValue(run.done)
        self._show_spending()
        self._what.setText(self._words(run))
        self._what.setToolTip(plain_tooltip(run.detail))
        self._show_buttons(run.status)
        self.set_tone(Tone.WARNING if run.status is AutoRunStatus.PAUSED else Tone.NEUTRAL)
        self.setAccessibleName(self.text())

    def _let_clock_run(self, runs: bool) -> None:
        if not runs:
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()

    @Slot()
    def _show_spending(self) -> None:
        if (run := self._run) is not None:
            since = monotonic() - self._timed_at if self._clock.isActive() else 0.0
            self._spent.setText(spending_words(replace(run, seconds=run.seconds + since)))

    def _words(self, run: AutoRun) -> str:
        if run.status is AutoRunStatus.PAUSED:
            return self.tr("Writing many chapters ({done} of {all}): {reason}").format(
                done=run.done, all=run.chapters, reason=reason_words(run)
            )
        if run.status is not AutoRunStatus.RUNNING:
            return ending_words(run)
        where = ""
        if self._chapter is not None:
            name = overview_name(self._chapter)
            where = self.tr("{chapter}: {step}").format(chapter=name, step=step_words(self._step))
        return self.tr("Writing many chapters ({done} of {all}) · {where}").format(
            done=run.done, all=run.chapters, where=where
        )

    def _show_buttons(self, status: AutoRunStatus) -> None:
        running, paused = status is AutoRunStatus.RUNNING, status is AutoRunStatus.PAUSED
        self._hold.setVisible(running or paused)
        self._hold.setIcon(icon("pause" if running else "resume"))
        self._hold.setText(self.tr("Pause") if running else self.tr("Continue"))
        self._end.setIcon(icon("stop" if running or paused else "cancel"))
        self._end.setText(self.tr("End") if running or paused else self.tr("Close"))

    def _on_hold(self) -> None:
        if self._run is not None:
            running = self._run.status is AutoRunStatus.RUNNING
            (self.pause_requested if running else self.continue_requested).emit()

    def _on_end(self) -> None:
        if self._run is None:
            return
        if self._run.status in (AutoRunStatus.RUNNING, AutoRunStatus.PAUSED):
            self.end_requested.emit()
        else:
            self.show_run(None)
