"""The range of chapters, the choice among candidates, and the bounds of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.auto_runs import (
    MAX_CANDIDATES,
    AutoOptions,
    AutoRun,
    ChooseBy,
    estimate_tokens_of_run,
)
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.chapter_number import ChapterNumber
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox
from arboris_desktop.ui.widgets.plain_text import plain_label

_THOUSAND = 1000
_LEAST_THOUSANDS = 50
"""A run is not proposed fewer tokens than so many thousands."""
_MOST_CHAPTERS = 2000


class AutoDialog(QDialog):
    """Asks for a run, or for other bounds of one that waits. Open it with ``dialogs.ask``."""

    def __init__(
        self,
        next_chapter: int,
        chapters: Sequence[ChapterOverview],
        target_words: int,
        candidates: int,
        run: AutoRun | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._target_words = target_words
        self._run = run
        self.setWindowTitle(
            self.tr("Write Many Chapters") if run is None else self.tr("Continue the Run")
        )
        last = max(next_chapter, len(chapters))
        self._first, self._last = ChapterNumber(chapters), ChapterNumber(chapters)
        self._set_up(self._first, (1, _MOST_CHAPTERS), next_chapter, self.tr("First chapter"))
        self._set_up(self._last, (1, _MOST_CHAPTERS), last, self.tr("Last chapter"))
        self._candidates = self._number(1, MAX_CANDIDATES, candidates, self.tr("Candidates"))
        self._choose = QComboBox()
        self._choose.addItem(self.tr("An evaluation by the model"), ChooseBy.EVALUATION.value)
        self._choose.addItem(self.tr("Myself, chapter by chapter"), ChooseBy.AUTHOR.value)
        self._wait = QCheckBox(self.tr("&Wait for each chapter's analysis before the next"))
        self._alerts = QCheckBox(self.tr("Stop when a chapter &contradicts the codex"))
        self._tokens = self._number(0, 2_000_000, 0, self.tr("Maximum tokens, in thousands"))
        self._tokens.setSuffix(self.tr(",000 tokens"))
        self._tokens.setGroupSeparatorShown(True)
        self._cost = DecimalBox()
        self._cost.setRange(0, 100_000)
        self._cost.setDecimals(2)
        self._cost.setAccessibleName(self.tr("Highest cost"))
        self._minutes = self._number(0, 60 * 24 * 14, 0, self.tr("Longest time, in minutes"))
        self._minutes.setSuffix(self.tr(" minutes"))
        for bound in (self._tokens, self._cost, self._minutes):
            bound.setSpecialValueText(self.tr("no limit"))
        self._estimate = muted(plain_label())
        self._lay_out()
        self._fill(run.options if run else AutoOptions(candidates, max_tokens=1))
        self._proposes_tokens = run is None
        self._propose_tokens()
        self._connect()
        self._check()

    def numbers(self) -> tuple[int, int]:
        """The first and the last chapter."""
        return self._first.value(), self._last.value()

    def options(self) -> AutoOptions:
        """The author's choices."""
        return AutoOptions(
            candidates=self._candidates.value(),
            choose_by=ChooseBy(self._choose.currentData()),
            wait_for_analysis=self._wait.isChecked(),
            stop_at_contradictions=self._alerts.isChecked(),
            max_tokens=self._tokens.value() * _THOUSAND,
            max_cost=round(self._cost.value(), 2),
            max_minutes=self._minutes.value(),
        )

    def _fill(self, options: AutoOptions) -> None:
        self._candidates.setValue(options.candidates)
        self._choose.setCurrentIndex(self._choose.findData(options.choose_by.value))
        self._wait.setChecked(options.wait_for_analysis)
        self._alerts.setChecked(options.stop_at_contradictions)
        self._tokens.setValue(-(-options.max_tokens // _THOUSAND))
        self._cost.setValue(options.max_cost)
        self._minutes.setValue(options.max_minutes)
        if self._run is not None:
            self._first.setValue(self._run.first_chapter)
            self._last.setValue(self._run.last_chapter)
            self._first.setEnabled(False)
            self._last.setEnabled(False)

    @Slot()
    def _propose_tokens(self) -> None:
        """Twice what is expected: a bound for accidents, not one that is met in passing. It goes
        with the length of the run until the author sets another."""
        if self._proposes_tokens:
            blocked = self._tokens.blockSignals(True)
            self._tokens.setValue(max(2 * self._estimated() // _THOUSAND, _LEAST_THOUSANDS))
            self._tokens.blockSignals(blocked)

    @Slot()
    def _take_tokens(self) -> None:
        self._proposes_tokens = False

    def _connect(self) -> None:
        for number in (self._first, self._last, self._candidates):
            number.valueChanged.connect(self._propose_tokens)
        self._tokens.valueChanged.connect(self._take_tokens)
        for number in (self._first, self._last, self._candidates, self._tokens, self._minutes):
            number.valueChanged.connect(self._check)
        self._cost.valueChanged.connect(self._check)

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(6)
        numbers.addWidget(self._first)
        numbers.addWidget(QLabel("–"))
        numbers.addWidget(self._last)
        numbers.addStretch(1)
        form = FieldForm()
        form.setVerticalSpacing(8)
        chapters = QLabel(self.tr("C&hapters"))
        chapters.setBuddy(self._first)
        form.addRow(chapters, numbers)
        form.addRow(self.tr("Ca&ndidates of each"), self._candidates)
        form.addRow(self.tr("Wh&o chooses"), self._choose)
        form.addRow("", self._wait)
        form.addRow("", self._alerts)
        form.addRow(self.tr("&Token limit"), self._tokens)
        form.addRow(self.tr("Cost &limit"), self._cost)
        form.addRow(self.tr("T&ime limit"), self._minutes)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        start = self.tr("&Start") if self._run is None else self.tr("&Continue")
        self._start = self._buttons.addButton(start, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        hint = self.tr(
            "Chapters that have text are left as they are. The first limit that is reached stops "
            "the run before the next chapter."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._estimate)
        layout.addWidget(muted(plain_label(hint)))
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.resize(480, 420)

    def _number(self, low: int, high: int, value: int, name: str) -> QSpinBox:
        number = NumberBox()
        number.setGroupSeparatorShown(True)
        self._set_up(number, (low, high), value, name)
        return number

    def _set_up(self, number: QSpinBox, within: tuple[int, int], value: int, name: str) -> None:
        number.setRange(*within)
        number.setValue(value)
        number.setAccessibleName(name)

    def _estimated(self) -> int:
        chapters = max(self._last.value() - self._first.value() + 1, 0)
        if self._run is not None:
            chapters = self._run.chapters - self._run.done
        return estimate_tokens_of_run(chapters, self._target_words, self._candidates.value())

    @Slot()
    def _check(self) -> None:
        several = self._candidates.value() > 1
        self._choose.setEnabled(several)
        bounded = bool(self._tokens.value() or self._cost.value() or self._minutes.value())
        ordered = self._first.value() <= self._last.value()
        self._start.setEnabled(bounded and ordered)
        if not bounded:
            self._estimate.setText(
                self.tr("Set at least one limit: a run cannot start without one.")
            )
            return
        tokens = round_number(self._estimated())
        self._estimate.setText(
            self.tr("Expected: about {tokens} tokens, analyses not counted.").format(tokens=tokens)
        )


def with_room(options: AutoOptions, run: AutoRun) -> AutoOptions:
    """Returns the options of a waiting run with bounds that were reached extended by themselves.

    *Continue* in the dialog then goes on as far again as the author first allowed.
    """
    cost = max(run.spent.money.values(), default=0.0)
    return replace(
        options,
        max_tokens=_moved(options.max_tokens, run.spent.tokens),
        max_cost=options.max_cost * 2 if 0 < options.max_cost <= cost else options.max_cost,
        max_minutes=_moved(options.max_minutes, int(run.seconds // 60)),
    )


def _moved(bound: int, spent: int) -> int:
    return spent + bound if 0 < bound <= spent else bound
