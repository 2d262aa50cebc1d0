"""The page of the idea: the dialogue on one side, the brief on the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.concept import Conversation
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.concept.answer_box import AnswerBox
from arboris_desktop.ui.concept.brief_panel import BriefPanel
from arboris_desktop.ui.concept.conversation_view import ConversationView
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone


class ConceptPage(Translated, QWidget):
    """Shows a conversation, and reports what the author does in it."""

    said = Signal(str)
    """The author's words, choices first; empty if the model should begin."""

    skipped = Signal()
    reply_requested = Signal()
    undo_requested = Signal()
    start_over_requested = Signal()
    preview_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conversation: Conversation | None = None
        self.conversation_view = ConversationView()
        self.answer_box = AnswerBox()
        self.brief_panel = BriefPanel()
        self.call_bar = CallBar(can_preview=False)
        self._preview, self._undo, self._start_over = QToolButton(), QToolButton(), QToolButton()
        self._unanswered = ToneFrame(Tone.WARNING)
        self._unanswered_words = plain_label()
        self._ask_again = QPushButton(icon("retry"), "")
        self.setFocusProxy(self.answer_box)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._update()

    def show_novel(self, novel: str) -> None:
        """Switches to the dialogue of another novel, which is shown once it is read."""
        self._conversation = None
        self.conversation_view.show_nothing()
        self.answer_box.clear()
        self.brief_panel.show_novel(novel)
        self._update()

    def show_conversation(self, conversation: Conversation) -> None:
        """Shows the dialogue and its brief as stored."""
        self._conversation = conversation
        self.conversation_view.show_conversation(conversation)
        self.brief_panel.show_conversation(conversation)
        self._update()

    def begin_answer(self) -> None:
        """Shows that the model is being asked for its next turn."""
        self.conversation_view.begin_answer()
        self._update()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._make_dialogue())
        splitter.addWidget(self.brief_panel)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([700, 360])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _make_dialogue(self) -> QWidget:
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 12, 0)
        tools.setSpacing(4)
        for button in (self._preview, self._undo, self._start_over):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tools.addWidget(button)
        tools.addStretch()
        notice = QHBoxLayout(self._unanswered)
        notice.setContentsMargins(12, 8, 12, 8)
        notice.addWidget(self._unanswered_words, 1)
        notice.addWidget(self._ask_again)
        bars = QVBoxLayout()
        bars.setContentsMargins(16, 0, 16, 4)
        bars.addWidget(self._unanswered)
        bars.addWidget(self.call_bar)
        side = QWidget()
        side.setMinimumWidth(320)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(tools)
        column.addWidget(self.conversation_view, 1)
        column.addLayout(bars)
        column.addWidget(self.answer_box)
        return side

    def _connect(self) -> None:
        self.answer_box.sent.connect(self._send)
        self.answer_box.skipped.connect(self.skipped)
        self.conversation_view.choices.changed.connect(self._update)
        self.call_bar.busy_changed.connect(self._update)
        self._ask_again.clicked.connect(self.reply_requested)
        for button, name, signal in (
            (self._preview, "info", self.preview_requested),
            (self._undo, "up", self.undo_requested),
            (self._start_over, "new", self.start_over_requested),
        ):
            button.setIcon(icon(name))
            button.clicked.connect(signal)

    @Slot()
    def _send(self) -> None:
        taken = self.conversation_view.choices.taken()
        self.said.emit("\n".join(filter(None, (*taken, self.answer_box.text()))))

    @Slot()
    def _update(self) -> None:
        conversation, busy = self._conversation, self.call_bar.is_busy
        first = conversation is None or not conversation.turns
        question = conversation is not None and conversation.question is not None
        self.answer_box.show_state(
            first=first,
            question=question,
            can_be_empty=first or bool(self.conversation_view.choices.taken()),
            busy=busy or conversation is None,
        )
        self.conversation_view.choices.setEnabled(not busy)
        self.brief_panel.set_busy(busy)
        self._undo.setEnabled(not first and not busy)
        self._start_over.setEnabled(not first and not busy)
        self._preview.setEnabled(conversation is not None)
        waits = conversation is not None and conversation.awaits_answer
        self._unanswered.setVisible(waits and self.call_bar.isHidden())

    def _retranslate(self) -> None:
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages of the next turn, and their length"))
        self._undo.setText(self.tr("Go back"))
        self._undo.setToolTip(self.tr("Takes your last words back, so that you can change them"))
        self._start_over.setText(self.tr("Start over"))
        self._start_over.setToolTip(self.tr("Removes the dialogue and the brief"))
        self._unanswered_words.setText(self.tr("Your last words have no answer yet."))
        self._ask_again.setText(self.tr("Ask for it"))
