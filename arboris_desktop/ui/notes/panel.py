"""The author's own status of a chapter, and a scratchpad for it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.chapter_notes import ChapterNotes, OwnStatus
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import OWN_STATUS_ICONS, own_status_words

_STATUSES = tuple(OwnStatus)


class NotesPanel(Translated, QWidget):
    """Reports everything as it is typed."""

    status_chosen = Signal(object)
    """An ``OwnStatus``."""
    typed = Signal(str)
    """The present text of the scratchpad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status, self._pad = QComboBox(), QPlainTextEdit()
        self._pad.setTabChangesFocus(True)
        self._of_status, self._about = plain_label(), muted(plain_label())
        self._of_status.setBuddy(self._status)
        self._about.setWordWrap(True)
        for status in _STATUSES:
            self._status.addItem("", status.value)
        form = FieldForm()
        form.addRow(self._of_status, self._status)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addLayout(form)
        layout.addWidget(self._pad, 1)
        layout.addWidget(self._about)
        self._status.activated.connect(self._choose)
        self._pad.textChanged.connect(self._tell_typed)
        self.setFocusProxy(self._pad)
        self._retranslate()
        self.show_notes(None, None)

    def show_notes(self, notes: ChapterNotes | None, scratchpad: str | None) -> None:
        """Shows the notes of a chapter, or of none; ``scratchpad`` if it is not stored yet."""
        # Disabled, it would lose the focus to an arbitrary widget.
        self._pad.setReadOnly(notes is None)
        self._status.setEnabled(notes is not None)
        notes = notes or ChapterNotes()
        self._status.setCurrentIndex(_STATUSES.index(notes.status))
        text = notes.scratchpad if scratchpad is None else scratchpad
        if text != self._pad.toPlainText():
            with QSignalBlocker(self._pad):
                self._pad.setPlainText(text)

    def text(self) -> str:
        """The text of the scratchpad."""
        return self._pad.toPlainText()

    @Slot(int)
    def _choose(self, row: int) -> None:
        self.status_chosen.emit(_STATUSES[row])

    @Slot()
    def _tell_typed(self) -> None:
        self.typed.emit(self._pad.toPlainText())

    def _retranslate(self) -> None:
        self._of_status.setText(self.tr("My &status"))
        for row, status in enumerate(_STATUSES):
            self._status.setItemText(row, own_status_words(status))
            if (name := OWN_STATUS_ICONS.get(status)) is not None:
                self._status.setItemIcon(row, icon(name))
        self._pad.setPlaceholderText(
            self.tr("Cut lines, questions, what comes later: anything about this chapter.")
        )
        self._pad.setAccessibleName(self.tr("Scratchpad of the chapter"))
        self._about.setText(
            self.tr("For yourself: no exported book has it, and no model reads it.")
        )
