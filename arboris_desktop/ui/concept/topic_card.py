"""A topic of the brief: its state, and its editable text."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.concept import Topic, TopicNote, TopicState
from arboris_desktop.ui.concept.words import topic_hint, topic_name, topic_state
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import Chip
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.widgets.icons import icon


class TopicCard(Translated, QWidget):
    """``topic`` is ``None`` for the idea itself."""

    edited = Signal(str)
    """The author changed the text to this."""

    skip_toggled = Signal(bool)
    """The author skips the topic on purpose, or no longer."""

    def __init__(self, topic: Topic | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic = topic
        self._state = TopicState.OPEN
        self._name = QLabel()
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._chip = Chip()
        self._skip = QToolButton()
        self._clear = QToolButton()
        self._clear.setIcon(icon("trash"))
        if topic is None:
            self._chip.hide()
            # Elsewhere the other button takes its place.
            policy = self._clear.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self._clear.setSizePolicy(policy)
        self._edit = GrowingEdit(least=1, most=8)
        self._name.setBuddy(self._edit)
        self._lay_out()
        self._edit.textChanged.connect(self._on_edit)
        self._clear.clicked.connect(self._edit.clear)
        self._skip.clicked.connect(
            lambda: self.skip_toggled.emit(self._state is not TopicState.SKIPPED)
        )
        self._retranslate()

    def text(self) -> str:
        """The text in it."""
        return self._edit.toPlainText()

    def begin_with(self, note: TopicNote) -> None:
        """Shows the note of another novel, without undo history."""
        self._state = note.state
        self._edit.blockSignals(True)
        self._edit.begin_with(note.text)
        self._edit.blockSignals(False)
        self._retranslate()

    def show_note(self, note: TopicNote, text: str) -> None:
        """Shows the state of the topic, and a text: the note's, or a newer one of the author's."""
        self._state = note.state
        self._edit.blockSignals(True)
        self._edit.set_text(text)
        self._edit.blockSignals(False)
        self._retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._name)
        top.addWidget(self._chip)
        top.addStretch()
        top.addWidget(self._skip)
        top.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(top)
        layout.addWidget(self._edit)

    @Slot()
    def _on_edit(self) -> None:
        self.edited.emit(self.text())

    def _retranslate(self) -> None:
        if self._topic is None:
            self._name.setText(self.tr("The idea"))
            self._edit.setPlaceholderText(self.tr("The idea behind it all"))
        else:
            self._name.setText(topic_name(self._topic))
            self._edit.setPlaceholderText(topic_hint(self._topic))
        self._chip.show_words(*topic_state(self._state))
        is_skipped = self._state is TopicState.SKIPPED
        self._skip.setVisible(self._topic is not None and self._state is not TopicState.SETTLED)
        self._skip.setIcon(icon("retry" if is_skipped else "pause"))
        skip = self.tr("Ask about it after all") if is_skipped else self.tr("Leave it open")
        self._clear.setVisible(bool(self.text()))
        clear = self.tr("Clear it: the topic is open again")
        for button, words in ((self._skip, skip), (self._clear, clear)):
            button.setToolTip(words)
            button.setAccessibleName(f"{self._name.text()}: {words}")
