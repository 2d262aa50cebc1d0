"""Requests a revision of a passage and shows the proposal beside the present text."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.revision import Passage, PassageRevision, RevisionKind
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.differences import TextSegment, with_changes
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.revision.hunk_list import HunkList
from arboris_desktop.ui.revision.words import revision_kind
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.diff_view import DiffView
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.prose_look import ProseLook
from arboris_desktop.ui.wording import words

_EXCERPT_CHARACTERS = 90


class RevisionPanel(Translated, QWidget):
    """One passage at a time: the wish, the call, the proposal, the author's decision."""

    proposal_requested = Signal(object, str)
    """A ``RevisionKind`` and the author's own instruction."""

    preview_requested = Signal(object, str)
    applied = Signal(str)
    """The passage as the author wants it."""

    rejected = Signal()
    result_changed = Signal()
    """Other changes are accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passage: Passage | None = None
        self._language = Language.ENGLISH
        self._segments: tuple[TextSegment, ...] = ()
        self._look: ProseLook | None = None
        self.call_bar = CallBar()
        self._build()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.show_nothing()

    @property
    def passage(self) -> Passage | None:
        """The passage being revised."""
        return self._passage

    def set_prose_look(self, look: ProseLook) -> None:
        """Shows passages in the look of the page."""
        self._look = look

    def show_nothing(self) -> None:
        """Explains how to select a passage."""
        self._passage, self._segments = None, ()
        self._arriving.clear()
        self._excerpt.clear()
        self._hunks.show_segments(())
        self._diff.show_segments(())
        self._instruction.clear()
        self.call_bar.clear()
        self._pages.setCurrentWidget(self._empty)

    def show_passage(
        self, passage: Passage, language: Language, kind: RevisionKind, instruction: str = ""
    ) -> None:
        """Shows a selected passage, without a proposal yet."""
        self._instruction.setText(instruction)
        self._passage, self._language = passage, language
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self._show_excerpt()
        self._arriving.clear()
        self._show_proposal(False)
        self._results.setCurrentWidget(self._arriving)
        self._pages.setCurrentWidget(self._page)

    def begin_proposal(self) -> None:
        """Shows that a proposal is requested."""
        self._arriving.clear()
        self._results.setCurrentWidget(self._arriving)
        self._show_proposal(False)

    def append(self, text: str) -> None:
        """Appends to the proposal; an empty piece discards what came before."""
        if not text:
            self._arriving.clear()
        cursor = self._arriving.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(text)

    def show_proposal(
        self, revision: PassageRevision, language: Language, segments: tuple[TextSegment, ...]
    ) -> None:
        """Shows the complete proposal, compared with the passage, for the author to choose."""
        self._passage, self._language, self._segments = revision.passage, language, segments
        self._kind.setCurrentIndex(self._kind.findData(revision.kind.value))
        self._instruction.setText(revision.instruction)
        self._show_excerpt()
        self._hunks.show_segments(segments)
        self._compare()
        self._results.setCurrentWidget(self._comparison)
        self._show_proposal(True)
        self._pages.setCurrentWidget(self._page)

    def result(self) -> str:
        """The passage with the accepted changes."""
        return with_changes(self._segments, self._hunks.accepted())

    def _build(self) -> None:
        self._empty = EmptyState("edit")
        self._excerpt = muted(plain_label())
        self._kind = QComboBox()
        for kind in RevisionKind:
            self._kind.addItem("", kind.value)
        self._instruction = QLineEdit()
        self._propose = QPushButton(icon("write"), "")
        self._arriving = QPlainTextEdit()
        self._arriving.setReadOnly(True)
        self._diff = DiffView()
        self._hunks = HunkList()
        self._comparison = QSplitter(Qt.Orientation.Vertical)
        self._comparison.setChildrenCollapsible(False)
        self._comparison.addWidget(self._diff)
        self._comparison.addWidget(self._hunks)
        self._comparison.setStretchFactor(0, 3)
        self._comparison.setStretchFactor(1, 2)
        self._results = QStackedWidget()
        self._results.addWidget(self._arriving)
        self._results.addWidget(self._comparison)
        self._apply = QPushButton(icon("check"), "")
        self._reject = QPushButton(icon("cancel"), "")
        self._all = QPushButton()
        self._none = QPushButton()

    def _lay_out(self) -> None:
        ask = QHBoxLayout()
        ask.addWidget(self._kind)
        ask.addWidget(self._propose)
        ask.addStretch(1)
        decide = QHBoxLayout()
        for button in (self._apply, self._reject):
            decide.addWidget(button)
        decide.addStretch(1)
        tick = QHBoxLayout()
        for button in (self._all, self._none):
            tick.addWidget(button)
        tick.addStretch(1)
        self._page = QWidget()
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self._excerpt)
        layout.addLayout(ask)
        layout.addWidget(self._instruction)
        layout.addWidget(self.call_bar)
        layout.addWidget(self._results, 1)
        layout.addLayout(tick)
        layout.addLayout(decide)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self._propose.clicked.connect(self.ask)
        self._instruction.returnPressed.connect(self.ask)
        self.call_bar.retry_requested.connect(self.ask)
        self.call_bar.preview_requested.connect(self._ask_to_preview)
        self.call_bar.busy_changed.connect(self._propose.setDisabled)
        self._hunks.decisions_changed.connect(self._count)
        self._hunks.decisions_changed.connect(self.result_changed)
        self._apply.clicked.connect(lambda: self.applied.emit(self.result()))
        self._reject.clicked.connect(self.rejected)
        self._all.clicked.connect(lambda: self._hunks.take_all(True))
        self._none.clicked.connect(lambda: self._hunks.take_all(False))

    def _retranslate(self) -> None:
        self._empty.set_text(
            self.tr("Select a passage of the chapter: a bar beside it shows what you can ask.")
        )
        for place, kind in enumerate(RevisionKind):
            self._kind.setItemText(place, revision_kind(kind))
        self._kind.setAccessibleName(self.tr("What is wanted of the passage"))
        self._instruction.setPlaceholderText(self.tr("In your own words, if you like"))
        self._instruction.setAccessibleName(self.tr("Your instruction"))
        self._propose.setText(self.tr("Propose"))
        self._arriving.setAccessibleName(self.tr("Proposal as it arrives"))
        self._apply.setText(self.tr("Apply"))
        self._apply.setToolTip(self.tr("Apply the ticked changes to the chapter"))
        self._reject.setText(self.tr("Reject"))
        self._reject.setToolTip(self.tr("Leave the passage as it is"))
        self._all.setText(self.tr("Tick all"))
        self._none.setText(self.tr("Tick none"))
        self._show_excerpt()
        self._count()

    def _show_excerpt(self) -> None:
        if self._passage is None:
            return
        text = one_line(self._passage.text)
        if len(text) > _EXCERPT_CHARACTERS:
            text = text[: _EXCERPT_CHARACTERS // 2] + " … " + text[-_EXCERPT_CHARACTERS // 2 :]
        length = words(count_words(self._passage.text, self._language), self._language)
        self._excerpt.setText(self.tr("{excerpt} ({length})").format(excerpt=text, length=length))

    def _compare(self) -> None:
        look = self._look or ProseLook(self._language, 0)
        self._diff.set_prose_look(look.sized(self.font().pointSize()))
        self._diff.show_segments(self._segments)
        self._count()

    def _show_proposal(self, there: bool) -> None:
        for button in (self._apply, self._reject, self._all, self._none):
            button.setVisible(there)

    @Slot()
    def _count(self) -> None:
        with QSignalBlocker(self._hunks):
            self._apply.setEnabled(bool(self._hunks.accepted()))

    @Slot()
    def ask(self) -> None:
        """Requests a proposal with the present wish."""
        if self._passage is not None and not self.call_bar.is_busy:
            self.proposal_requested.emit(*self._wanted())

    @Slot()
    def _ask_to_preview(self) -> None:
        if self._passage is not None:
            self.preview_requested.emit(*self._wanted())

    def _wanted(self) -> tuple[RevisionKind, str]:
        return RevisionKind(self._kind.currentData()), self._instruction.text().strip()
