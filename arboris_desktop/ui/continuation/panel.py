"""Below the text: what could come next at the cursor, until the author takes or drops it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.writing.chapters.continuing import WaitingContinuation

_WORDS = (50, 250, 3000)
_LEAST_TEXT = 70


class ContinuationPanel(QWidget):
    """Shows the proposal as it streams. It can be edited before it is taken."""

    proposal_requested = Signal()
    preview_requested = Signal()
    accepted = Signal(str)
    rejected = Signal()
    edited = Signal()
    """The author changed what came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call_bar = CallBar(can_preview=False)
        self._buffer = StreamBuffer(self)
        self._build()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.hide()

    def set_typing_help(self, settings: TypingSettings) -> None:
        """Chooses how typing in a proposal is helped."""
        self._text.typing_help.settings = settings

    def words(self) -> int:
        """The number of words that are wanted."""
        return self._words.value()

    def instruction(self) -> str:
        """The author's instruction."""
        return self._instruction.text().strip()

    def text(self) -> str:
        """The proposal as it now is."""
        return self._text.text()

    def show_waiting(
        self, waiting: WaitingContinuation, language: Language, font_points: int
    ) -> None:
        """Shows a proposal that came before, without taking the author's keyboard."""
        self.call_bar.clear()
        self.begin(language, font_points)
        self._words.setValue(waiting.words)
        self._instruction.setText(waiting.instruction)
        self._text.append_stream(waiting.text)
        self._rest()

    def begin(self, language: Language, font_points: int) -> None:
        """A proposal is asked for."""
        self._buffer.finish()
        self._text.set_language(language)
        self._text.set_font_points(font_points)
        self._text.begin_stream()
        self._show_buttons(False)
        self.show()

    def append(self, text: str) -> None:
        """Some more of the proposal; an empty text when what came before was none of it."""
        if not text:
            self._buffer.finish()
            self._text.begin_stream()
        self._buffer.add(text)

    def end(self) -> None:
        """Nothing more comes: what came can be edited, taken or dropped."""
        self._rest()
        (self._accept if self.text().strip() else self._again).setFocus()

    def _rest(self) -> None:
        self._buffer.finish()
        self._text.end_stream()
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._show_buttons(bool(self.text().strip()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self._title = QLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text = ChapterEditor()
        self._text.setMinimumHeight(_LEAST_TEXT)
        self._words = QSpinBox()
        self._words.setRange(_WORDS[0], _WORDS[2])
        self._words.setSingleStep(50)
        self._words.setValue(_WORDS[1])
        self._instruction = QLineEdit()
        self._again = QPushButton(icon("retry"), "")
        self._preview = QPushButton(icon("info"), "")
        self._accept = QPushButton(icon("check"), "")
        self._reject = QPushButton(icon("cancel"), "")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self._title, self._words):
            top.addWidget(widget)
        top.addWidget(self._instruction, 1)
        top.addWidget(self._again)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        for button in (self._accept, self._reject, self._preview):
            buttons.addWidget(button)
        buttons.addStretch(1)
        # Beside the text, not below it: there is more room in width than in height.
        proposal = QHBoxLayout()
        proposal.setSpacing(8)
        proposal.addWidget(self._text, 1)
        proposal.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.call_bar)
        layout.addLayout(proposal, 1)

    def _connect(self) -> None:
        self._buffer.flushed.connect(self._text.append_stream)
        self._text.edited.connect(self.edited)
        self._again.clicked.connect(self.proposal_requested)
        self._instruction.returnPressed.connect(self._again.click)
        self.call_bar.retry_requested.connect(self.proposal_requested)
        self._preview.clicked.connect(self.preview_requested)
        self.call_bar.busy_changed.connect(self._follow)
        self._accept.clicked.connect(lambda: self.accepted.emit(self.text()))
        self._reject.clicked.connect(self.rejected)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("From the cursor"))
        self._words.setAccessibleName(self.tr("Length of the proposal"))
        self._words.setPrefix(self.tr("about "))
        self._instruction.setPlaceholderText(self.tr("What should happen? (optional)"))
        self._instruction.setAccessibleName(self.tr("What should happen at the cursor"))
        self._again.setText(self.tr("Write another"))
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages and their length in tokens"))
        self._accept.setText(self.tr("Insert"))
        self._accept.setAccessibleName(self.tr("Insert at the cursor"))
        self._accept.setToolTip(
            self.tr("Insert it at the cursor; it can be undone like anything that you type")
        )
        self._reject.setText(self.tr("Discard"))
        self._reject.setToolTip(self.tr("Forget the proposal; the chapter is as you left it"))
        self._text.setAccessibleName(self.tr("Proposal for the text at the cursor"))

    @Slot(bool)
    def _follow(self, busy: bool) -> None:
        self._again.setEnabled(not busy)
        if not busy and self._text.isReadOnly():
            self.end()

    def _show_buttons(self, has_proposal: bool) -> None:
        self._accept.setEnabled(has_proposal)
