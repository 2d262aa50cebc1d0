"""Mood, tension and pace over the whole book, and what can be counted without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.reviews import Beat
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.review.curve_plot import CurvePlot, PlotPoint
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.focus_handover import hand_focus_to
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import chapter_name
from arboris_desktop.writing.reviews.reviewing import ChapterCurve


class Curve(StrEnum):
    """A curve that can be drawn."""

    FEELING = "feeling"
    TENSION = "tension"
    PACE = "pace"
    LENGTH = "length"
    DIALOGUE = "dialogue"
    SENTENCES = "sentences"


_OF_BEATS: dict[Curve, tuple[Callable[[Beat], int], float, float]] = {
    Curve.FEELING: (lambda beat: beat.feeling, -5.0, 5.0),
    Curve.TENSION: (lambda beat: beat.tension, 0.0, 10.0),
    Curve.PACE: (lambda beat: beat.pace, 0.0, 10.0),
}
_COUNTED: dict[Curve, Callable[[ChapterCurve], float]] = {
    Curve.LENGTH: lambda chapter: chapter.pacing.length,
    Curve.DIALOGUE: lambda chapter: 100 * chapter.pacing.dialogue_share,
    Curve.SENTENCES: lambda chapter: chapter.pacing.sentence_length,
}


class BookCurves(Translated, QWidget):
    """One curve at a time; the model measures what cannot be counted."""

    measure_requested = Signal()
    chapter_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters: Sequence[ChapterCurve] = ()
        self._is_busy = False
        self._which = QComboBox()
        for curve in Curve:
            self._which.addItem("", curve.value)
        self._measure = QPushButton(icon("write"), "")
        self._state = muted(plain_label())
        self._plot = CurvePlot()
        self._empty = EmptyState("write")
        self._empty.pressed.connect(self._measure_now)
        self._point = plain_label()
        self._which.currentIndexChanged.connect(self._show_curve)
        self._measure.clicked.connect(self.measure_requested)
        self._plot.point_chosen.connect(self._show_point)
        self._plot.point_opened.connect(self.chapter_requested)
        self._lay_out()
        self._retranslate()

    @property
    def curve(self) -> Curve:
        """The drawn curve."""
        return Curve(self._which.currentData())

    def show_curves(self, chapters: Sequence[ChapterCurve]) -> None:
        """Shows the written chapters of the book, in order."""
        self._chapters = chapters
        self._show_curve()

    def show_curve(self, curve: Curve) -> None:
        """Draws another curve."""
        self._which.setCurrentIndex(self._which.findData(curve.value))

    def set_busy(self, busy: bool) -> None:
        """Disables measuring while it is running."""
        self._is_busy = busy
        if busy:
            hand_focus_to(self._which, self)
        self._show_curve()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._which)
        head.addWidget(self._state, 1)
        head.addWidget(self._measure)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._plot)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._point)

    def _retranslate(self) -> None:
        names = {
            Curve.FEELING: self.tr("Feeling (low to high)"),
            Curve.TENSION: self.tr("Tension"),
            Curve.PACE: self.tr("Pace"),
            Curve.LENGTH: self.tr("Length of chapters"),
            Curve.DIALOGUE: self.tr("Share of dialogue (%)"),
            Curve.SENTENCES: self.tr("Length of sentences"),
        }
        for place, curve in enumerate(Curve):
            self._which.setItemText(place, names[curve])
        self._which.setAccessibleName(self.tr("Curve"))
        self._plot.setAccessibleName(self.tr("Curve over the chapters"))
        self._measure.setText(self.tr("Measure"))
        self._measure.setToolTip(
            self.tr("Let the model read every written chapter that it has not measured yet")
        )
        self._show_curve()

    @Slot()
    def _show_curve(self) -> None:
        curve = self.curve
        if curve in _OF_BEATS:
            value, low, high = _OF_BEATS[curve]
            points = [point for c in self._chapters for point in self._beats(c, value)]
        else:
            points = [self._counted(chapter, _COUNTED[curve]) for chapter in self._chapters]
            low, high = 0.0, max((point.y for point in points), default=1.0) * 1.1
        self._plot.show_points(points, low, high)
        self._empty.set_text(self._empty_words())
        self._pages.setCurrentWidget(self._plot if points else self._empty)
        self._empty.set_button(self.tr("Measure") if self._chapters else "")
        self._measure.setHidden(bool(self._chapters) and not points)
        self._show_state()
        self._show_point("")

    @Slot()
    def _measure_now(self) -> None:
        self._measure.click()

    def _empty_words(self) -> str:
        """Returns what has to happen before there is a curve."""
        if not self._chapters:
            return self.tr("No chapter is written yet. The curves follow what is written.")
        return self.tr(
            "Nothing is measured yet. Press Measure: the model reads each written chapter once and "
            "says how it feels from beat to beat. Lengths and dialogue are counted without it."
        )

    def _beats(self, chapter: ChapterCurve, value: Callable[[Beat], int]) -> list[PlotPoint]:
        beats = chapter.emotion.findings.beats if chapter.emotion else ()
        name = chapter_name(chapter.number, chapter.title, chapter.label)
        return [
            PlotPoint(
                chapter.number + beat.position,
                value(beat),
                self.tr("{chapter} · {label}: {value}").format(
                    chapter=name, label=beat.label, value=value(beat)
                ),
                chapter.chapter_id,
            )
            for beat in beats
        ]

    def _counted(self, chapter: ChapterCurve, value: Callable[[ChapterCurve], float]) -> PlotPoint:
        name = chapter_name(chapter.number, chapter.title, chapter.label)
        said = QLocale().toString(value(chapter), "f", 1 if self.curve is not Curve.LENGTH else 0)
        words = self.tr("{chapter}: {value}").format(chapter=name, value=said)
        return PlotPoint(chapter.number, value(chapter), words, chapter.chapter_id)

    def _show_state(self) -> None:
        missing = sum(
            chapter.emotion is None or chapter.emotion.is_stale for chapter in self._chapters
        )
        self._measure.setEnabled(bool(missing) and not self._is_busy)
        if self.curve in _OF_BEATS and missing:
            text = self.tr("%n written chapter(s) not measured as they are now", "", missing)
        else:
            text = ""
        self._state.setText(text)

    @Slot(str)
    def _show_point(self, words: str) -> None:
        hint = self.tr("Move along the curve with the pointer or the arrow keys; Enter opens.")
        has_curve = self._pages.currentWidget() is self._plot
        self._point.setText(words or (hint if has_curve else ""))
