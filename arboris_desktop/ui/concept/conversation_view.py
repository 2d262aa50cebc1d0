"""The dialogue so far, with the choices of the open question."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from arboris_desktop.domain.concept import Conversation, Speaker
from arboris_desktop.ui.chapter.stream_buffer import StreamBuffer
from arboris_desktop.ui.concept.choice_list import ChoiceList
from arboris_desktop.ui.concept.turn_card import TurnCard
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.empty_state import EmptyState


class ConversationView(Translated, QScrollArea):
    """Turns below each other; scrolls along while the author is at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[tuple[Speaker, str]] = []
        self._cards: list[TurnCard] = []
        self._arriving: TurnCard | None = None
        self._buffer = StreamBuffer(self)
        self._buffer.flushed.connect(self._show_more)
        self.choices = ChoiceList()
        self._empty = EmptyState("foreshadowing")
        self._build()
        self._retranslate()

    def show_conversation(self, conversation: Conversation) -> None:
        """Shows the dialogue as stored; an arriving turn is replaced by the result."""
        question = conversation.question
        self._show(
            [(turn.speaker, turn.text) for turn in conversation.turns],
            question.choices if question else (),
        )

    def show_nothing(self) -> None:
        """Shows an empty dialogue."""
        self._show([], ())

    def _show(self, turns: list[tuple[Speaker, str]], choices: tuple[str, ...]) -> None:
        self._end_arriving()
        same = _common(self._shown, turns)
        for card in self._cards[same:]:
            _remove(card)
        del self._cards[same:]
        for speaker, text in turns[same:]:
            self._cards.append(self._add(speaker, text))
        self._shown = turns
        self.choices.show_choices(choices)
        self._empty.setVisible(not turns)
        self._stretch_below(bool(turns))
        if same < len(turns) or not turns:
            self._go_to_end()

    def begin_answer(self) -> None:
        """Adds an empty turn of the model."""
        self._end_arriving()
        self.choices.show_choices(())
        self._empty.hide()
        self._stretch_below(True)
        self._arriving = self._add(Speaker.MODEL, "…")
        self._go_to_end()

    def start_over(self) -> None:
        """Restarts the model's turn."""
        self._buffer.finish()
        if self._arriving is not None:
            self._arriving.set_text("…")

    def append(self, text: str) -> None:
        """Appends to the model's turn."""
        self._buffer.add(text)

    def texts(self) -> list[str]:
        """The shown texts, from top to bottom."""
        return [card.text() for card in (*self._cards, self._arriving) if card is not None]

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(10)
        self._layout.addWidget(self._empty, 1)
        self._layout.addWidget(self.choices)
        self._layout.addStretch()
        self.choices.hide()
        self.setWidget(content)

    def _stretch_below(self, wanted: bool) -> None:
        self._layout.setStretch(self._layout.count() - 1, 1 if wanted else 0)

    def _add(self, speaker: Speaker, text: str) -> TurnCard:
        card = TurnCard(speaker, text)
        # Above the choices and the stretch.
        self._layout.insertWidget(self._layout.count() - 2, card)
        return card

    @Slot(str)
    def _show_more(self, text: str) -> None:
        if self._arriving is not None:
            is_at_end = self._is_at_end()
            self._arriving.set_text(self._arriving.text().removesuffix("…") + text + "…")
            if is_at_end:
                self._go_to_end()

    def _end_arriving(self) -> None:
        self._buffer.finish()
        if self._arriving is not None:
            _remove(self._arriving)
            self._arriving = None

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 8

    def _go_to_end(self) -> None:
        # The range is known only after the layout, and words are wrapped in a second round.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._scroll_to_end))

    @Slot()
    def _scroll_to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The dialogue"))
        self._empty.set_text(
            self.tr(
                "Every novel begins with a spark: a person, a scene, a question. Say yours below, "
                "in as few words as you like, or let the model ask first. It asks about one thing "
                "at a time, and you decide; you can stop at any point and go on another day."
            )
        )


def _common(first: list[tuple[Speaker, str]], second: list[tuple[Speaker, str]]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _remove(card: QWidget) -> None:
    card.hide()
    card.deleteLater()
