"""The box for the author's answer in their own words, beside the choices."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit


class AnswerEdit(GrowingEdit):
    """Enter sends, Shift+Enter begins a new line."""

    sent = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)


class AnswerBox(Translated, QWidget):
    """The author's words, and buttons."""

    sent = Signal()
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_first = True
        self._can_be_empty = False
        self._enabled = True
        self._has_question = False
        self._sent = ""
        self._edit = AnswerEdit(least=2, most=6)
        self.setFocusProxy(self._edit)
        self._send = QPushButton()
        self._send.setDefault(True)
        self._skip = QPushButton()
        self._edit.sent.connect(self._try_to_send)
        self._edit.textChanged.connect(self._update)
        self._send.clicked.connect(self.sent)
        self._skip.clicked.connect(self.skipped)
        buttons = QHBoxLayout()
        buttons.addWidget(self._skip)
        buttons.addStretch()
        buttons.addWidget(self._send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._edit)
        layout.addLayout(buttons)
        self._retranslate()

    def text(self) -> str:
        """The author's words."""
        return self._edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Puts words back for editing, before those already there."""
        now = self.text()
        self._edit.setPlainText("\n".join(filter(None, (text, now))))

    def clear(self) -> None:
        """Empties the box."""
        self._edit.clear()

    def note_sent(self) -> None:
        """Remembers the words that are being stored."""
        self._sent = self.text()

    def drop_sent(self) -> None:
        """Removes the words that were sent; what was typed after them stays.

        If the author has changed them meanwhile, all of them stay.
        """
        now, sent = self.text(), self._sent
        self._sent = ""
        if now.startswith(sent):
            self._edit.setPlainText(now.removeprefix(sent).lstrip())
            self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def show_state(self, *, first: bool, question: bool, can_be_empty: bool, busy: bool) -> None:
        """Enables what is possible: nothing while the model is working, during which the words
        stay."""
        self._is_first, self._has_question = first, question
        self._can_be_empty, self._enabled = can_be_empty, not busy
        self._retranslate()

    @Slot()
    def _try_to_send(self) -> None:
        if self._send.isEnabled():
            self.sent.emit()

    @Slot()
    def _update(self) -> None:
        self._send.setEnabled(self._enabled and (self._can_be_empty or bool(self.text())))
        self._skip.setEnabled(self._enabled)
        self._skip.setVisible(self._has_question)

    def _retranslate(self) -> None:
        self._send.setText(self.tr("Begin") if self._is_first else self.tr("Send"))
        self._skip.setText(self.tr("Leave open"))
        self._skip.setToolTip(self.tr("The model goes on to something else"))
        self._edit.setAccessibleName(self.tr("Your words"))
        if self._is_first:
            hint = self.tr("What would you like to write about?")
        else:
            hint = self.tr("Your own words, with or without a choice (Enter sends)")
        self._edit.setPlaceholderText(hint)
        self._update()
