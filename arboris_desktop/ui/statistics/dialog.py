"""The page of statistics: today, this session, streaks, and the words of each day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.writing_days import (
    MOST_WORDS,
    WritingDay,
    WritingRecord,
    WritingTargets,
    last_days,
    streak,
)
from arboris_desktop.text.counts import PublishedLength
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.statistics.day_plot import DayPlot
from arboris_desktop.ui.statistics.words import about_day
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.number_box import NumberBox
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_line
from arboris_desktop.ui.widgets.thin_bar import TargetBar
from arboris_desktop.ui.wording import of_target, words

_PERIODS = (14, 30, 90, 365)


@record
class Written:
    """Figures shown beside the days: present lengths."""

    language: Language
    today: date
    session: int
    """The author's own words since the program was started."""
    chapter: int | None
    """The length of the shown chapter, if any."""
    chapter_published: PublishedLength | None
    """The same in the ways in which Chinese platforms count."""
    chapter_target: int
    book: int


class StatisticsDialog(Translated, QDialog):
    """Passive, except for the targets: ``targets_changed`` reports them."""

    targets_changed = Signal(object)
    """``WritingTargets``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = WritingRecord()
        self._written: Written | None = None
        self._rows = {name: (QLabel(), plain_line()) for name in _ROWS}
        self._bars = {name: TargetBar() for name in ("today", "chapter", "book")}
        self._targets = {name: _words_box() for name in ("chapter", "day", "book")}
        self._target_labels = {name: QLabel() for name in self._targets}
        self._period = QComboBox()
        self._plot = DayPlot(self._describe)
        self._told = muted(plain_line(" "))
        self._legend = muted(plain_label())
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        # Enter ends the editing of a target instead of closing the page.
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self._lay_out()
        self._plot.point_chosen.connect(self._told.setText)
        self._period.currentIndexChanged.connect(self._show_days)
        for box in self._targets.values():
            box.editingFinished.connect(self._tell_targets)
        self._retranslate()
        self.resize(760, 600)

    def show_record(self, record: WritingRecord, written: Written) -> None:
        """Shows what was written so far."""
        self._record, self._written = record, written
        for name, value in (
            ("chapter", record.targets.chapter),
            ("day", record.targets.day),
            ("book", record.targets.book),
        ):
            self._targets[name].setValue(value)
        self._show_rows()
        self._show_days()

    def row_texts(self) -> dict[str, str]:
        """The texts of the page, by the names of its rows."""
        return {name: value.text() for name, (_label, value) in self._rows.items()}

    def _lay_out(self) -> None:
        left, right = FieldForm(), FieldForm()
        for form in (left, right):
            form.setVerticalSpacing(4)
        for name, (label, value) in self._rows.items():
            left.addRow(label, value)
            if name in self._bars:
                left.addRow("", self._bars[name])
        for name, box in self._targets.items():
            self._target_labels[name].setBuddy(box)
            right.addRow(self._target_labels[name], box)
        top = QHBoxLayout()
        top.setSpacing(32)
        top.addLayout(left, 3)
        top.addLayout(right, 2)
        head = QHBoxLayout()
        head.addWidget(self._period)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addLayout(head)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._told)
        layout.addWidget(self._legend)
        layout.addWidget(self._buttons)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Writing Statistics"))
        for name, words_ in (
            ("today", self.tr("Today")),
            ("session", self.tr("This session")),
            ("streak", self.tr("Days in a row")),
            ("model", self.tr("By a model today")),
            ("chapter", self.tr("This chapter")),
            ("book", self.tr("The book")),
        ):
            self._rows[name][0].setText(words_)
        for name, words_ in (
            ("chapter", self.tr("Words of a &chapter")),
            ("day", self.tr("Words of a &day")),
            ("book", self.tr("Words of the &book")),
        ):
            self._target_labels[name].setText(words_)
            self._targets[name].setSpecialValueText(self.tr("no target"))
        place = max(self._period.currentIndex(), 1)
        self._period.clear()
        self._period.addItems([self.tr("The last %n days", "", days) for days in _PERIODS])
        self._period.setCurrentIndex(place)
        self._period.setAccessibleName(self.tr("Period"))
        self._plot.setAccessibleName(self.tr("Words of each day"))
        self._legend.setText(
            self.tr(
                "Green: your own words, less what you deleted. Grey: what a model wrote. A day"
                " ends at midnight where you are."
            )
        )
        self._show_rows()

    def _describe(self, day: WritingDay) -> str:
        return about_day(day, self._written.language) if self._written is not None else ""

    def _show_rows(self) -> None:
        written, record = self._written, self._record
        if written is None:
            return
        language, today = written.language, record.on(written.today)
        shown = {
            "today": of_target(today.own_words, record.targets.day, language),
            "session": words(written.session, language),
            "streak": self.tr("%n day(s)", "", streak(record.days, written.today)),
            "model": words(today.model_words, language),
            "chapter": self._about_chapter(written),
            "book": of_target(written.book, record.targets.book, language),
        }
        for name, text in shown.items():
            self._rows[name][1].setText(text)
        for name, value, target in (
            ("today", today.own_words, record.targets.day),
            ("chapter", written.chapter or 0, written.chapter_target),
            ("book", written.book, record.targets.book),
        ):
            self._bars[name].show_share(value, target, shown[name])

    def _about_chapter(self, written: Written) -> str:
        if written.chapter is None:
            return self.tr("no chapter is open")
        length = of_target(written.chapter, written.chapter_target, written.language)
        published = written.chapter_published
        if published is None:
            return length
        letters = words(published.without_marks, written.language)
        return self.tr("{length}, {letters} without marks").format(length=length, letters=letters)

    @Slot()
    def _show_days(self) -> None:
        if self._written is not None:
            number = _PERIODS[max(self._period.currentIndex(), 0)]
            days = last_days(self._record.days, self._written.today, number)
            self._plot.show_days(days, self._record.targets.day)

    @Slot()
    def _tell_targets(self) -> None:
        boxes = self._targets
        targets = WritingTargets(
            boxes["chapter"].value(), boxes["day"].value(), boxes["book"].value()
        )
        if targets != self._record.targets:
            self.targets_changed.emit(targets)


_ROWS = ("today", "session", "streak", "model", "chapter", "book")


def _words_box() -> QSpinBox:
    box = NumberBox()
    box.setRange(0, MOST_WORDS)
    box.setSingleStep(100)
    box.setGroupSeparatorShown(True)
    return box
