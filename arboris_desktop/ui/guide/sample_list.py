"""Style samples: a list at the left, the selected one at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.guide import MAX_STYLE_SAMPLES
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon

_TEXT = Qt.ItemDataRole.UserRole


class SampleList(Translated, QWidget):
    """Edits a few passages; ``samples`` holds their present state."""

    def __init__(self, samples: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QListWidget()
        self._list.setFixedWidth(190)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._add = QPushButton(icon("new"), "")
        self._remove = QPushButton(icon("trash"), "")
        self._lay_out()
        self._retranslate()
        for sample in samples:
            self._append(sample)
        self._list.currentItemChanged.connect(self._show)
        self._text.textChanged.connect(self._keep)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self.remove)
        self._list.setCurrentRow(0)
        self._update_buttons()

    def samples(self) -> tuple[str, ...]:
        """The passages in order, including blank ones."""
        rows = (self._list.item(row) for row in range(self._list.count()))
        return tuple(str(item.data(_TEXT)) for item in rows)

    @Slot()
    def add(self) -> None:
        """Adds an empty passage and selects it."""
        self._append("")
        self._list.setCurrentRow(self._list.count() - 1)
        self._update_buttons()
        self._text.setFocus()

    @Slot()
    def remove(self) -> None:
        """Removes the selected passage."""
        self._list.takeItem(self._list.currentRow())
        self._update_buttons()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left)
        layout.addWidget(self._text, 1)

    def _retranslate(self) -> None:
        self._add.setText(self.tr("Add"))
        self._remove.setText(self.tr("Remove"))
        self._list.setAccessibleName(self.tr("Style samples"))
        self._text.setAccessibleName(self.tr("Text of the style sample"))
        self._text.setPlaceholderText(
            self.tr("Paste a passage that sounds the way the book should.")
        )
        for row in range(self._list.count()):
            self._name(self._list.item(row))

    def _append(self, text: str) -> None:
        item = QListWidgetItem()
        item.setData(_TEXT, text)
        self._list.addItem(item)
        self._name(item)

    def _name(self, item: QListWidgetItem) -> None:
        beginning = one_line(str(item.data(_TEXT)))[:40]
        item.setText(beginning or self.tr("(empty)"))

    @Slot()
    def _show(self) -> None:
        item: QListWidgetItem | None = self._list.currentItem()
        text = "" if item is None else str(item.data(_TEXT))
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._update_buttons()

    @Slot()
    def _keep(self) -> None:
        item: QListWidgetItem | None = self._list.currentItem()
        if item is not None:
            item.setData(_TEXT, self._text.toPlainText())
            self._name(item)

    def _update_buttons(self) -> None:
        self._add.setEnabled(self._list.count() < MAX_STYLE_SAMPLES)
        self._remove.setEnabled(self._list.currentItem() is not None)
        self._text.setEnabled(self._list.currentItem() is not None)
