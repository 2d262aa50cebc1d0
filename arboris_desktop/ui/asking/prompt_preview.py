"""Exactly what a model would be sent, as part of a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.llm.provider import Role
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.wording import model_words
from arboris_desktop.writing.call_events import PromptPreview


class PromptPreviewView(Translated, QWidget):
    """The messages in the order in which they are sent, and their length in tokens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: PromptPreview | None = None
        self._length = selectable_label()
        self._headings: list[QLabel] = []
        self._parts: list[QWidget] = []
        self._texts = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._length)
        layout.addLayout(self._texts, 1)

    def show_preview(self, preview: PromptPreview) -> None:
        """Replaces the messages."""
        self._preview = preview
        for part in self._parts:
            part.setParent(None)
            part.deleteLater()
        self._headings, self._parts = [], []
        for message in preview.messages:
            self._add(message.content, 1 if message.role is Role.SYSTEM else 2)
        self._retranslate()

    def _add(self, content: str, stretch: int) -> None:
        text = QPlainTextEdit(content)
        text.setReadOnly(True)
        heading = QLabel()
        heading.setBuddy(text)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(text, 1)
        self._headings.append(heading)
        self._parts.append(part)
        self._texts.addWidget(part, stretch)

    def _retranslate(self) -> None:
        preview = self._preview
        if preview is None:
            return
        if preview.provider:
            text = self.tr("To {provider}: {tokens} tokens of {context} that the model can take.")
        else:
            text = self.tr("About {tokens} tokens.")
        self._length.setText(
            text.format(
                provider=model_words(preview.provider),
                tokens=round_number(preview.tokens),
                context=round_number(preview.context_tokens),
            )
        )
        names = {
            Role.SYSTEM: self.tr("Instructions to the model"),
            Role.USER: self.tr("Question"),
            Role.ASSISTANT: self.tr("What the model said before"),
        }
        for heading, message in zip(self._headings, preview.messages, strict=True):
            heading.setText(names[message.role])
