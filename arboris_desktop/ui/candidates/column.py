"""One candidate: its text as it streams, its state, and its commands."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import (
    UNFINISHED,
    Candidate,
    CandidateJudgement,
    CandidateStatus,
    Criterion,
)
from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.text.counts import count_words
from arboris_desktop.ui.candidates.candidate_text import CandidateText
from arboris_desktop.ui.candidates.column_state import candidate_name, outcome, progress
from arboris_desktop.ui.candidates.trouble import CandidateTrouble
from arboris_desktop.ui.candidates.words import criterion_name
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import Chip, muted
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.theme import Tone

_TICK_MS = 500
_HEAD = 26
_LEAST_TEXT = 48
"""In pixels; a small window has little space."""


class CandidateColumn(Translated, QWidget):
    """Passive: shows a candidate, appends text while it grows, and emits what is wanted."""

    chosen = Signal(int)
    stopped = Signal(int)
    retried = Signal(int)
    continued = Signal(int)
    kept = Signal(int)
    discarded = Signal(int)
    regenerated = Signal(int)
    cure_requested = Signal(object)

    def __init__(self, language: Language, target_words: int, font_points: int) -> None:
        super().__init__()
        self._language, self._target = language, target_words
        self._candidate: Candidate | None = None
        self._live: LiveText | None = None
        self._judgement: CandidateJudgement | None = None
        self._continuations = 0
        self._has_words = False
        self._buffer = StreamBuffer(self)
        self._build(font_points)
        self._lay_out()
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._show_state)
        self._buffer.flushed.connect(self._grow)
        self._retranslate()

    @property
    def candidate_id(self) -> int:
        """The candidate that is shown."""
        assert self._candidate is not None
        return self._candidate.id

    def text(self) -> str:
        """The shown text of the candidate."""
        return self._text.text()

    def state_text(self) -> str:
        """The line about length and state."""
        return self._state.text()

    def show_candidate(self, candidate: Candidate, live: LiveText | None) -> None:
        """Shows a candidate; ``live`` is its growing text while it is being written here."""
        self._buffer.finish()
        starts = live is not self._live
        self._candidate, self._live = candidate, live
        if live is not None:
            if starts:
                self._continuations, self._has_words = 0, False
                self._text.begin_stream(live.text)
            self._ticks.start()
        else:
            self._ticks.stop()
            if not self._text.shows(candidate.content):
                self._text.set_text(candidate.content, read_only=True, keep_place=True)
        self._retranslate()

    def append(self, text: str) -> None:
        """Appends text, which reaches the view at display rate."""
        self._buffer.add(text)

    def replace(self, text: str) -> None:
        """Replaces the text."""
        self._buffer.finish()
        self._text.begin_stream(text)

    def tell_continued(self, number: int) -> None:
        """Shows that the candidate is too short and is being continued."""
        self._continuations = number
        self._show_state()

    def show_judgement(self, judgement: CandidateJudgement | None) -> None:
        """Shows what the evaluation says about the candidate."""
        if judgement != self._judgement:
            self._text.show_judgement(judgement)
        self._judgement = judgement
        self._show_chips()

    def set_notes_shown(self, shown: bool) -> None:
        """Shows the remarks beside the text, or gives their space to it."""
        self._text.set_notes_shown(shown)

    def lines_in_view(self) -> float:
        """Returns the number of visible lines of prose."""
        line = self._text.line_ems * QFontInfo(self._text.font()).pixelSize()
        return self._text.viewport().height() / line if self._text.isVisible() else 0.0

    def note_texts(self) -> list[str]:
        """Returns the remarks in the margin."""
        return [note.text() for note in self._text.notes]

    def set_font_points(self, points: int) -> None:
        """Changes the font size."""
        self._text.set_font_points(points)

    def set_page_look(self, look: PageLook) -> None:
        """Changes the look of the page."""
        self._text.set_page_look(look)

    def set_paragraph_style(self, style: ParagraphStyle) -> None:
        """Changes how paragraphs are separated."""
        self._text.set_paragraph_style(style)

    def _build(self, font_points: int) -> None:
        self._name = ElidedLabel()
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._chip = Chip()
        self._state = ElidedLabel()
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._scores = ElidedLabel()
        muted(self._scores)
        self._text = CandidateText(font_points=font_points)
        self._text.set_language(self._language)
        self._text.set_text("", read_only=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setMinimumHeight(_LEAST_TEXT)
        self.trouble = CandidateTrouble()
        self.trouble.cure_requested.connect(self.cure_requested)
        # Without an icon: on the accent it would need another colour.
        self._choose = QPushButton()
        self._choose.clicked.connect(lambda: self.chosen.emit(self.candidate_id))
        self._stop = self._button("stop", self.stopped)
        self._again = self._button("write", self.regenerated)
        self._retry = self._button("retry", self.retried)
        self._continue = self._button("resume", self.continued)
        self._keep = self._button("check", self.kept)
        self._discard = self._button("trash", self.discarded)

    def _button(self, icon_name: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(icon(icon_name), "")
        button.clicked.connect(lambda: signal.emit(self.candidate_id))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        # Texts of adjacent columns begin at the same height, whatever characters a chip has.
        top.addStrut(_HEAD)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        top.addWidget(self._name)
        top.addWidget(self._chip)
        top.addWidget(self._state, 1)
        head = QVBoxLayout()
        head.setContentsMargins(20, 6, 16, 4)
        head.setSpacing(2)
        head.addLayout(top)
        head.addWidget(self._scores)
        reason = QHBoxLayout()
        reason.setContentsMargins(16, 0, 16, 0)
        reason.addWidget(self.trouble)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 6, 16, 8)
        buttons.setSpacing(6)
        early = (self._retry, self._continue, self._keep, self._discard)
        for button in (self._choose, self._again, self._stop, *early):
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(reason)
        layout.addWidget(self._text, 1)
        self._nothing = QWidget()
        layout.addWidget(self._nothing, 1)
        layout.addLayout(buttons)

    def _retranslate(self) -> None:
        self._choose.setText(self.tr("Choose this one"))
        self._choose.setToolTip(self.tr("Make it the chapter; the others stay among its versions"))
        self._stop.setText(self.tr("Stop"))
        self._stop.setToolTip(self.tr("Stop this candidate; its text so far is kept"))
        self._again.setText(self.tr("Another…"))
        self._again.setToolTip(self.tr("Ask for one more candidate, with your instructions"))
        self._retry.setText(self.tr("Retry"))
        self._continue.setText(self.tr("Continue"))
        self._continue.setToolTip(self.tr("Let the model continue after the last words"))
        self._keep.setText(self.tr("Keep"))
        self._keep.setToolTip(self.tr("Keep it as it is, as one of the versions"))
        self._discard.setText(self.tr("Discard"))
        self._discard.setToolTip(self.tr("Delete this candidate's text"))
        if self._candidate is not None:
            name = candidate_name(self._candidate)
            self._name.set_text(name)
            self._text.setAccessibleName(self.tr("Candidate {name}").format(name=name))
            for button in (self._choose, self._stop, self._retry, self._continue, self._keep):
                button.setAccessibleName(f"{button.text()}: {name}")
            self._show_state()
            self._show_chips()
            self._show_buttons(self._candidate)

    @Slot()
    def _show_state(self) -> None:
        candidate, live = self._candidate, self._live
        if candidate is None:
            return
        if live is not None:
            seconds = live.clock.elapsed() / 1000
            words = live.word_count if live.received else 0
            args = (words, self._target, self._language, seconds, self._continuations)
            self._state.set_text(live.waiting.words() or progress(*args))
        else:
            count = count_words(candidate.content, self._language)
            self._state.set_text(outcome(candidate, count, self._target, self._language))

    def _show_chips(self) -> None:
        judgement = self._judgement
        self._chip.setVisible(judgement is not None)
        self._scores.setVisible(judgement is not None)
        # Drawn as the next step.
        self._choose.setDefault(judgement is not None and judgement.is_recommended)
        if judgement is None:
            return
        score = "–" if judgement.score is None else str(judgement.score)
        text = self.tr("Recommended · {score}") if judgement.is_recommended else self.tr("{score}")
        tone = Tone.GOOD if judgement.is_recommended else Tone.NEUTRAL
        self._chip.show_words(text.format(score=score), tone)
        self._chip.setToolTip(self.tr("Score from 0 to 100"))
        self._scores.set_text(self._words_of(judgement))

    def _words_of(self, judgement: CandidateJudgement) -> str:
        scores = judgement.scores
        parts = [f"{criterion_name(each)} {scores[each]}" for each in Criterion if each in scores]
        if judgement.was_shortened:
            parts.append(self.tr("the model saw it without the middle part"))
        return " · ".join(parts)

    def _show_buttons(self, candidate: Candidate) -> None:
        writing = self._live is not None
        ended_early = not writing and candidate.status in UNFINISHED
        has_text = bool(candidate.content.strip())
        self._stop.setVisible(writing)
        self._choose.setVisible(not writing and candidate.status is CandidateStatus.STORED)
        self._again.setVisible(not writing and candidate.is_stored)
        self._retry.setVisible(ended_early and not has_text)
        for button in (self._continue, self._keep):
            button.setVisible(ended_early and has_text)
        self._discard.setVisible(ended_early)
        self.trouble.show_candidate(candidate, is_growing=writing)
        # An empty page would promise words that are not coming.
        has_page = writing or has_text or not ended_early
        self._text.setVisible(has_page)
        self._nothing.setVisible(not has_page)

    @Slot(str)
    def _grow(self, text: str) -> None:
        if self._live is not None:
            self._text.append_stream(text)
            if not self._has_words:
                self._has_words = True
                self._show_state()
