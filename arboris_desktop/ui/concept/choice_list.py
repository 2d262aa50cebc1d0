"""The choices beside a question, of which one or several can be selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.plain_text import plain_label


class ChoiceButton(QPushButton):
    """A choice with wrapped text, unlike that of a button.

    A box inside shows that it is selected, since colour alone must not say so.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._box = QCheckBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        label = plain_label(words)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 7, 12, 7)
        self._row.setSpacing(8)
        self._row.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(label, 1)
        for part in (self._box, label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._box.setChecked)

    def sizeHint(self) -> QSize:
        """Returns the size of its text."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Its text can be wrapped."""
        return self._row.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Makes Enter select a choice like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ChoiceList(QWidget):
    """The choices, one below the other."""

    changed = Signal()
    """The selection has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[ChoiceButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 48, 0)
        self._layout.setSpacing(6)

    def show_choices(self, choices: tuple[str, ...]) -> None:
        """Offers these; the selection is cleared unless they are the same ones."""
        if choices == tuple(button.words for button in self._buttons):
            return
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = [ChoiceButton(words) for words in choices]
        for button in self._buttons:
            button.toggled.connect(self.changed)
            self._layout.addWidget(button)
        self.setVisible(bool(choices))
        self.changed.emit()

    def taken(self) -> list[str]:
        """The words of the selected choices."""
        return [button.words for button in self._buttons if button.isChecked()]

    def put_back(self) -> None:
        """Clears the selection."""
        for button in self._buttons:
            button.setChecked(False)
