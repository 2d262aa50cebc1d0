"""All candidates of a chapter side by side, with the commands about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolBar, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import CandidateRound, RoundEvaluation, letter_of
from arboris_desktop.domain.novel import ChapterOverview, Language, ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.domain.record import record
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.candidates.columns import CandidateDeck
from arboris_desktop.ui.candidates.verdict import VerdictStrip
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.wording import overview_name, when

if TYPE_CHECKING:
    from arboris_desktop.ui.candidates.column import CandidateColumn


@record
class ShownRounds:
    """The contents of the page: the rounds of a chapter, and one of them in full."""

    chapter: ChapterOverview
    language: Language
    target_words: int
    rounds: Sequence[CandidateRound]
    shown: CandidateRound
    evaluation: RoundEvaluation | None


class CandidatePage(Translated, QWidget):
    """Passive: shows candidates and appends to them; signals say what the author wants."""

    left = Signal()
    round_selected = Signal(int)
    chosen = Signal(int)
    stopped = Signal(int)
    retried = Signal(int)
    continued = Signal(int)
    kept = Signal(int)
    discarded = Signal(int)
    regenerated = Signal(int)
    """One more candidate is wanted, beside that of the id."""

    round_regenerated = Signal()
    evaluation_requested = Signal()
    comparison_requested = Signal()
    merge_requested = Signal()
    preview_requested = Signal()
    put_aside = Signal()
    cure_requested = Signal(object)
    """The ``Cure`` for what made a candidate fail."""

    def __init__(self, parent: QWidget | None = None, *, font_points: int = 13) -> None:
        super().__init__(parent)
        self._font_points = font_points
        self._page_look, self._paragraphs = PageLook(), ParagraphStyle.INDENT
        self._state: ShownRounds | None = None
        self.call_bar = CallBar(can_preview=False)
        self._build()
        self._lay_out()
        self._connect()
        self._retranslate()

    @property
    def columns(self) -> Mapping[int, CandidateColumn]:
        """The columns by the ids of their candidates."""
        return {column.candidate_id: column for column in self._deck.columns}

    def show_rounds(self, state: ShownRounds, live: Mapping[int, LiveText]) -> None:
        """Shows a round; ``live`` holds growing texts, by candidate."""
        present = self.columns if self._shows_same_chapter(state) else {}
        self._state = state
        columns = []
        for candidate in state.shown.candidates:
            column = present.get(candidate.id) or self._column(state)
            column.show_candidate(candidate, live.get(candidate.id))
            judged = None if state.evaluation is None else state.evaluation.of(candidate.id)
            column.show_judgement(judged)
            columns.append(column)
        self._deck.set_columns(state.shown.candidates, columns)
        self._retranslate()

    def show_nothing(self) -> None:
        """Shows no chapter."""
        self._state = None
        self._deck.set_columns((), [])
        self._title.set_text("")
        self._rounds.clear()
        self._verdict.show_words("")
        self._show_tools()

    def append(self, candidate_id: int, text: str) -> None:
        """Appends to a candidate; does nothing if it is not shown."""
        if column := self.columns.get(candidate_id):
            column.append(text)

    def replace(self, candidate_id: int, text: str) -> None:
        """Replaces the text of a candidate; does nothing if it is not shown."""
        if column := self.columns.get(candidate_id):
            column.replace(text)

    def tell_continued(self, candidate_id: int, number: int) -> None:
        """Shows that a candidate is too short and is being continued."""
        if column := self.columns.get(candidate_id):
            column.tell_continued(number)

    def show_tab(self, place: int) -> None:
        """Brings the candidate at an index into view, if there is not enough space for all."""
        self._deck.show_tab(place)

    def set_font_points(self, points: int) -> None:
        """Changes the font size."""
        self._font_points = points
        for column in self._deck.columns:
            column.set_font_points(points)

    def set_page_look(self, look: PageLook) -> None:
        """Changes the look of the pages."""
        self._page_look = look
        for column in self._deck.columns:
            column.set_page_look(look)

    def set_paragraph_style(self, style: ParagraphStyle) -> None:
        """Changes how paragraphs are separated."""
        self._paragraphs = style
        for column in self._deck.columns:
            column.set_paragraph_style(style)

    def verdict_text(self) -> str:
        """The line about the recommended candidate."""
        return self._verdict.text()

    def _shows_same_chapter(self, state: ShownRounds) -> bool:
        before = self._state
        return before is not None and (before.chapter.id, before.language, before.target_words) == (
            state.chapter.id,
            state.language,
            state.target_words,
        )

    def _column(self, state: ShownRounds) -> CandidateColumn:
        # Imported when it is first shown.
        from arboris_desktop.ui.candidates.column import CandidateColumn

        column = CandidateColumn(state.language, state.target_words, self._font_points)
        column.chosen.connect(self.chosen)
        column.stopped.connect(self.stopped)
        column.retried.connect(self.retried)
        column.continued.connect(self.continued)
        column.kept.connect(self.kept)
        column.discarded.connect(self.discarded)
        column.regenerated.connect(self.regenerated)
        column.cure_requested.connect(self.cure_requested)
        column.set_notes_shown(self._notes.isChecked())
        column.set_page_look(self._page_look)
        column.set_paragraph_style(self._paragraphs)
        return column

    def _build(self) -> None:
        self._title = ElidedLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self._title.setFont(font)
        self._rounds = QComboBox()
        self._rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._verdict = VerdictStrip()
        self._deck = CandidateDeck()
        self._back = QPushButton(icon("book"), "")
        # A tool bar moves what does not fit into a menu of its own.
        self._tools = QToolBar()
        self._tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._tools.setIconSize(QSize(16, 16))
        self._evaluate = self._tools.addAction(icon("check"), "")
        self._compare = self._tools.addAction(icon("history"), "")
        self._merge = self._tools.addAction(icon("merge"), "")
        self._again = self._tools.addAction(icon("write"), "")
        self._aside = self._tools.addAction(icon("cancel"), "")
        self._preview = self._tools.addAction(icon("info"), "")
        self._notes = self._tools.addAction(icon("sidebar"), "")
        self._notes.setCheckable(True)
        self._notes.setChecked(True)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        for widget in (self._tools, self._rounds, self._back):
            top.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(20, 6, 16, 4)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self.call_bar)
        head.addWidget(self._verdict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._deck, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._aside.triggered.connect(self.put_aside)
        self._evaluate.triggered.connect(self.evaluation_requested)
        self._compare.triggered.connect(self.comparison_requested)
        self._merge.triggered.connect(self.merge_requested)
        self._again.triggered.connect(self.round_regenerated)
        self._preview.triggered.connect(self.preview_requested)
        self._notes.toggled.connect(self._show_notes)
        self._rounds.activated.connect(self._select_round)
        self.call_bar.busy_changed.connect(self._show_tools)
        self.call_bar.retry_requested.connect(self.evaluation_requested)

    def _retranslate(self) -> None:
        self._back.setText(self.tr("Back to the text"))
        self._back.setToolTip(self.tr("The candidates stay, and those being written continue"))
        self._aside.setText(self.tr("Discard all"))
        self._aside.setToolTip(self.tr("Keep the chapter as it is; these stay among its versions"))
        self._evaluate.setText(self.tr("Evaluate"))
        self._evaluate.setToolTip(
            self.tr("Let a model compare the candidates with the plan and what happened before")
        )
        self._compare.setText(self.tr("Compare…"))
        self._compare.setToolTip(self.tr("Show what differs between two candidates"))
        self._merge.setText(self.tr("Merge passages…"))
        self._merge.setToolTip(self.tr("Assemble a chapter from several candidates"))
        self._again.setText(self.tr("New versions…"))
        self._again.setToolTip(self.tr("Ask for new candidates, with instructions; these stay"))
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages and their length in tokens"))
        self._notes.setText(self.tr("Remarks"))
        self._notes.setToolTip(self.tr("Show the remarks beside their sentences"))
        self._tools.setAccessibleName(self.tr("Tools for the candidates"))
        self._rounds.setAccessibleName(self.tr("Rounds of candidates"))
        self._show_head()
        self._show_tools()

    def _show_head(self) -> None:
        state = self._state
        if state is None:
            return
        self._title.set_text(overview_name(state.chapter))
        with QSignalBlocker(self._rounds):
            self._rounds.clear()
            for each in state.rounds:
                self._rounds.addItem(self._round_name(each), each.number)
            self._rounds.setCurrentIndex(self._rounds.findData(state.shown.number))
        self._rounds.setVisible(len(state.rounds) > 1)
        self._aside.setVisible(state.shown.decided_at is None)
        self._verdict.show_words(self._words_of(state.evaluation))
        self._notes.setVisible(state.evaluation is not None)

    def _round_name(self, each: CandidateRound) -> str:
        count = self.tr("%n candidate(s)", "", len(each.candidates))
        made = when(each.candidates[0].created_at) if each.candidates else ""
        text = self.tr("Round {number} · {count} · {time}")
        return text.format(number=each.number, count=count, time=made)

    def _words_of(self, evaluation: RoundEvaluation | None) -> str:
        best = None if evaluation is None else evaluation.recommended
        if evaluation is None or best is None or self._state is None:
            return ""
        shown = {each.id: each for each in self._state.shown.candidates}
        letter = shown[best.candidate_id].letter if best.candidate_id in shown else letter_of(1)
        if evaluation.by_score:
            text = self.tr("Recommended: {letter}, by its score (the model named none).")
        else:
            text = self.tr("Recommended: {letter}. {reason}")
        return text.format(letter=letter, reason=evaluation.reason)

    @Slot()
    def _show_tools(self) -> None:
        finished = 0 if self._state is None else len(self._state.shown.stored)
        self._evaluate.setEnabled(finished > 0 and not self.call_bar.is_busy)
        self._compare.setEnabled(finished > 1)
        self._merge.setEnabled(finished > 1)

    @Slot(bool)
    def _show_notes(self, shown: bool) -> None:
        for column in self._deck.columns:
            column.set_notes_shown(shown)

    @Slot(int)
    def _select_round(self, index: int) -> None:
        self.round_selected.emit(self._rounds.itemData(index))
