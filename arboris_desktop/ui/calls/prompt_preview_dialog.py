"""Shows exactly what a model would be sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.llm.provider import Role
from arboris_desktop.ui.plain_text import selectable_label
from arboris_desktop.writing.calls import PromptPreview


class PromptPreviewDialog(QDialog):
    """The messages in the order in which they are sent, and their length in tokens."""

    def __init__(self, preview: PromptPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._length = selectable_label()
        self._headings = [QLabel() for _ in preview.messages]
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._length)
        for heading, message in zip(self._headings, preview.messages, strict=True):
            text = QPlainTextEdit(message.content)
            text.setReadOnly(True)
            heading.setBuddy(text)
            layout.addWidget(heading)
            layout.addWidget(text, 1 if message.role is Role.SYSTEM else 2)
        layout.addWidget(self._buttons)
        self.resize(760, 620)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("What is sent"))
        preview = self._preview
        number = QLocale().toString
        text = self.tr("To {provider}: {tokens} tokens of {context} that the model can take.")
        self._length.setText(
            text.format(
                provider=preview.provider,
                tokens=number(preview.tokens),
                context=number(preview.context_tokens),
            )
        )
        names = {
            Role.SYSTEM: self.tr("Instructions to the model"),
            Role.USER: self.tr("Question"),
            Role.ASSISTANT: self.tr("What the model said before"),
        }
        for heading, message in zip(self._headings, preview.messages, strict=True):
            heading.setText(names[message.role])
