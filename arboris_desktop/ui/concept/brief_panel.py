"""The brief: what is settled and what is open, and the author's confirmation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.concept import Brief, Conversation, Topic, TopicNote, TopicState
from arboris_desktop.ui.concept.topic_card import TopicCard
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.chips import Chip
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.theme import Tone


class BriefPanel(Translated, QWidget):
    """Everything in it can be edited; the model does not change what the author typed."""

    skip_toggled = Signal(object, bool)
    """A ``Topic`` that is skipped on purpose, or no longer."""

    write_requested = Signal()
    preview_requested = Signal()
    confirmed = Signal()
    blueprint_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edits = TypedEdits(self)
        """Typed text, by novel and ``Topic``; the idea has the key ``""``."""
        self._novel = ""
        self._brief = Brief()
        self._is_confirmed = False
        self._busy = False
        self._cards: dict[Topic | None, TopicCard] = {}
        self._title = QLabel()
        font = self._title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._title.setFont(font)
        self._chip = Chip()
        self._write = QPushButton(icon("write"), "")
        self._preview = QToolButton()
        self._preview.setIcon(icon("info"))
        self._confirm = QPushButton(icon("check"), "")
        self._blueprint = QPushButton()
        self._blueprint.setDefault(True)
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_novel(self, novel: str) -> None:
        """Switches to the brief of another novel; what was typed is reported first."""
        self.edits.flush_typed()
        self._novel, self._brief, self._is_confirmed = novel, Brief(), False
        for card in self._cards.values():
            card.begin_with(TopicNote())
        self._retranslate()

    def show_conversation(self, conversation: Conversation) -> None:
        """Shows the brief, except fields being typed in."""
        self._brief = conversation.brief
        self._is_confirmed = conversation.confirmed_at is not None
        for topic, card in self._cards.items():
            note = TopicNote(self._brief.premise) if topic is None else self._brief.note(topic)
            # What could not be saved yet is newer than what is stored.
            unsaved = self.edits.unsaved((self._novel, _key(topic)))
            card.show_note(note, note.text if unsaved is None else str(unsaved))
        self._retranslate()

    def set_busy(self, busy: bool) -> None:
        """Disables further requests while the model is working."""
        self._busy = busy
        self._update_buttons()

    def card(self, topic: Topic | None) -> TopicCard:
        """Returns the card of a topic, or of the idea."""
        return self._cards[topic]

    def _lay_out(self) -> None:
        cards = QWidget()
        rows = QVBoxLayout(cards)
        rows.setContentsMargins(16, 4, 16, 12)
        rows.setSpacing(12)
        for topic in (None, *Topic):
            card = self._cards[topic] = TopicCard(topic)
            rows.addWidget(card)
        rows.addStretch()
        area = self._area = QScrollArea()
        area.setObjectName("bare")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(cards)
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 4)
        top.addWidget(self._title)
        top.addStretch()
        top.addWidget(self._chip)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(16, 8, 16, 12)
        bottom.setSpacing(8)
        write = QHBoxLayout()
        write.addWidget(self._write, 1)
        write.addWidget(self._preview)
        bottom.addLayout(write)
        bottom.addWidget(self._confirm)
        bottom.addWidget(self._blueprint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(area, 1)
        layout.addLayout(bottom)
        self.setMinimumWidth(260)

    def _connect(self) -> None:
        for topic, card in self._cards.items():
            card.edited.connect(partial(self._note_edit, _key(topic)))
            card.skip_toggled.connect(partial(self.skip_toggled.emit, topic))
        self._write.clicked.connect(self.write_requested)
        self._preview.clicked.connect(self.preview_requested)
        self._confirm.clicked.connect(self.confirmed)
        self._blueprint.clicked.connect(self.blueprint_requested)

    def _note_edit(self, key: str, text: str) -> None:
        self.edits.touch((self._novel, key), lambda: text)

    def give_up(self) -> None:
        """Discards typed text that is not saved."""
        for key in ("", *Topic):
            self.edits.forget((self._novel, key))

    def _update_buttons(self) -> None:
        open_topics = self._brief.topics(TopicState.OPEN)
        self._write.setVisible(bool(open_topics))
        self._preview.setVisible(bool(open_topics))
        self._write.setEnabled(not self._busy and not self._brief.is_empty)
        self._confirm.setEnabled(not self._busy and not self._brief.is_empty)
        self._show_next_step()

    def _show_next_step(self) -> None:
        """Shows the button that leads on; it takes the focus over from the one it replaces."""
        step, other = self._confirm, self._blueprint
        if self._is_confirmed:
            step, other = other, step
        had_keyboard = self.window().focusWidget() is other
        step.show()
        if had_keyboard:
            step.setFocus()
        other.hide()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("The brief"))
        self._area.setAccessibleName(self._title.text())
        if self._is_confirmed:
            self._chip.show_words(self.tr("Confirmed"), Tone.GOOD)
        else:
            settled = len(self._brief.topics(TopicState.SETTLED))
            text = self.tr("{count} of {all} settled")
            self._chip.show_words(text.format(count=settled, all=len(Topic)), Tone.NEUTRAL)
        self._write.setText(self.tr("Write the brief"))
        self._write.setToolTip(
            self.tr("The model fills in what is open, from everything that was said")
        )
        preview = self.tr("What is sent to have the brief written")
        self._preview.setToolTip(preview)
        self._preview.setAccessibleName(preview)
        self._confirm.setText(self.tr("Confirm the brief"))
        self._confirm.setToolTip(self.tr("The blueprint is made from it; it can still be changed"))
        self._blueprint.setText(self.tr("Go on to the blueprint"))
        self._update_buttons()


def _key(topic: Topic | None) -> str:
    return "" if topic is None else topic.value
