"""The card of one turn of the dialogue."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from arboris_desktop.domain.concept import Speaker
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone

_INDENT = 48


class TurnCard(Translated, QWidget):
    """The author's words are at the right, the model's at the left, each with a name."""

    def __init__(self, speaker: Speaker, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speaker = speaker
        is_author = speaker is Speaker.AUTHOR
        ground = ToneFrame(Tone.GOOD if is_author else Tone.NEUTRAL)
        self._name = muted(QLabel())
        self._text = selectable_label(text)
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(12, 8, 12, 10)
        rows.setSpacing(2)
        rows.addWidget(self._name)
        rows.addWidget(self._text)
        layout = QVBoxLayout(self)
        left, right = (_INDENT, 0) if is_author else (0, _INDENT)
        layout.setContentsMargins(left, 0, right, 0)
        layout.addWidget(ground)
        self._retranslate()

    def text(self) -> str:
        """The words of the turn."""
        return self._text.text()

    def set_text(self, text: str) -> None:
        """Shows the text so far."""
        self._text.setText(text)
        self._retranslate()

    def _retranslate(self) -> None:
        name = self.tr("You") if self.speaker is Speaker.AUTHOR else self.tr("The model")
        self._name.setText(name)
        self.setAccessibleName(f"{name}: {self.text()}")
