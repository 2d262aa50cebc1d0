"""One piece in full, and the author's choices about it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.context import ContextChoice, ContextItem
from arboris_desktop.ui.context.words import item_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class ItemPanel(Translated, QWidget):
    """Shows what the model reads of a piece, with buttons to pin or exclude it."""

    choice_made = Signal(object, object)
    """A ``ContextItem``, and a ``ContextChoice``, or ``None`` for the rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: ContextItem | None = None
        self._name = plain_label()
        self._hint = muted(QLabel())
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._pin, self._exclude = QPushButton(), QPushButton()
        for button, choice in (
            (self._pin, ContextChoice.PINNED),
            (self._exclude, ContextChoice.EXCLUDED),
        ):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda on, choice=choice: self._decide(choice, on))
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self._pin)
        row.addWidget(self._exclude)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._hint)
        self._retranslate()

    @Slot(object)
    def show_item(self, item: ContextItem | None) -> None:
        """Shows a piece, or that none is selected."""
        self._item = item
        self._text.setPlainText("" if item is None else item.text)
        self._name.setText("" if item is None else item_name(item))
        choice = None if item is None else item.choice
        for button, kind in (
            (self._pin, ContextChoice.PINNED),
            (self._exclude, ContextChoice.EXCLUDED),
        ):
            button.setEnabled(item is not None)
            button.setChecked(choice is kind)

    def _retranslate(self) -> None:
        self._pin.setText(self.tr("&Always tell"))
        self._pin.setToolTip(self.tr("Tell this for this chapter, whatever else has to go"))
        self._exclude.setText(self.tr("&Never tell"))
        self._exclude.setToolTip(self.tr("Leave this out for this chapter"))
        self._text.setAccessibleName(self.tr("What the model reads"))
        self._text.setPlaceholderText(self.tr("Choose a piece to read it."))
        self._hint.setText(self.tr("What you decide here counts for this chapter only."))
        self.show_item(self._item)

    def _decide(self, choice: ContextChoice, on: bool) -> None:
        if self._item is not None:
            self.choice_made.emit(self._item, choice if on else None)
