"""Offering text that could not be saved when the program was last closed."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.rescue import RescuedKind, RescuedText
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import chapter_name, when


class RescueAnswer(Enum):
    """The author's decision about the text. Escape means later: it is offered again."""

    LATER = auto()
    PUT_BACK = auto()
    SAVE_COPY = auto()
    DISCARD = auto()


class RescueDialog(QDialog):
    """Shows the text and where it belongs. Open it with ``dialogs.ask``."""

    def __init__(self, rescued: RescuedText, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer = RescueAnswer.LATER
        self.setWindowTitle(self.tr("Text Put Aside"))
        told = plain_label(
            self._told(rescued.kind).format(
                chapter=chapter_name(rescued.number, rescued.title, rescued.label),
                novel=rescued.novel,
                time=when(rescued.written_at),
            )
        )
        text = QPlainTextEdit(rescued.text)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("The text that was put aside"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(told)
        layout.addWidget(text, 1)
        layout.addWidget(muted(plain_label(note or self._what_becomes(rescued.kind))))
        layout.addWidget(self._buttons())
        self.resize(620, 480)

    def answer(self) -> RescueAnswer:
        """The author's answer."""
        return self._answer

    def _told(self, kind: RescuedKind) -> str:
        if kind is RescuedKind.TYPED:
            return self.tr(
                "When Arboris was last open, your changes to “{chapter}” of “{novel}” could not be "
                "saved, so they were put aside ({time})."
            )
        return self.tr(
            "When Arboris was last open, what the model wrote for “{chapter}” of “{novel}” could "
            "not be stored, so it was put aside ({time})."
        )

    def _what_becomes(self, kind: RescuedKind) -> str:
        if kind is RescuedKind.TYPED:
            return self.tr("Put back, it becomes the newest version; the present one stays.")
        if kind is RescuedKind.CANDIDATE:
            return self.tr("Put back, it is a candidate of the chapter again.")
        return self.tr("Put back, it is the chapter's draft; the present text stays.")

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        for words, role, answer in (
            (self.tr("&Put Back"), roles.AcceptRole, RescueAnswer.PUT_BACK),
            (self.tr("&Save a Copy…"), roles.ActionRole, RescueAnswer.SAVE_COPY),
            (self.tr("&Discard"), roles.DestructiveRole, RescueAnswer.DISCARD),
            (self.tr("&Later"), roles.RejectRole, RescueAnswer.LATER),
        ):
            button = buttons.addButton(words, role)
            button.clicked.connect(lambda _checked=False, chosen=answer: self._choose(chosen))
            self._style(button, answer)
        return buttons

    def _style(self, button: QPushButton, answer: RescueAnswer) -> None:
        button.setAutoDefault(answer is RescueAnswer.PUT_BACK)
        button.setDefault(answer is RescueAnswer.PUT_BACK)

    def _choose(self, answer: RescueAnswer) -> None:
        self._answer = answer
        self.done(0 if answer is RescueAnswer.LATER else 1)
