"""The author's models in order, with buttons for the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.widgets.icons import icon

_ROWS = 4


class ProfileList(QWidget):
    """Shows names; the listener decides what happens to them."""

    selected = Signal(int)
    add_requested = Signal()
    duplicate_requested = Signal()
    remove_requested = Signal()
    move_requested = Signal(int)
    """The distance by which the selected one should move: -1 is up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QListWidget()
        self._names.setAccessibleName(self.tr("Models"))
        self._names.currentRowChanged.connect(self._on_row)
        self._add = self._button(self.tr("Add a model"), "new")
        self._duplicate = self._button(self.tr("Duplicate"), None)
        self._remove = self._button(self.tr("Remove"), "trash")
        self._up = self._button("", "up")
        self._down = self._button("", "down")
        for button, words in (
            (self._up, self.tr("Move up")),
            (self._down, self.tr("Move down")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._add.clicked.connect(self.add_requested)
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._up.clicked.connect(lambda: self.move_requested.emit(-1))
        self._down.clicked.connect(lambda: self.move_requested.emit(1))
        self._lay_out()

    def show_names(self, names: Sequence[str], incomplete: Sequence[bool], current: int) -> None:
        """Lists the models and selects one; an only one needs no list."""
        # In place: the list may just be emitting a click on one of its rows.
        with QSignalBlocker(self._names):
            while self._names.count() > len(names):
                self._names.takeItem(self._names.count() - 1)
            while self._names.count() < len(names):
                self._names.addItem(QListWidgetItem())
            for row, (name, lacks) in enumerate(zip(names, incomplete, strict=True)):
                words = self.tr("Something is still missing") if lacks else ""
                _fill(self._names.item(row), name, words)
            self._names.setCurrentRow(current)
        several = len(names) > 1
        for widget in (self._names, self._duplicate, self._remove, self._up, self._down):
            widget.setVisible(several)
        self._enable()

    def names(self) -> list[str]:
        """The listed names."""
        return [self._names.item(row).text() for row in range(self._names.count())]

    def _button(self, text: str, icon_name: str | None) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if icon_name is not None:
            button.setIcon(icon(icon_name))
        return button

    def _lay_out(self) -> None:
        height = self.fontMetrics().height() + 8
        self._names.setFixedHeight(_ROWS * height + 4)
        buttons = QHBoxLayout()
        for button in (self._add, self._duplicate, self._remove):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._up)
        buttons.addWidget(self._down)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._names)
        layout.addLayout(buttons)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self._enable()
        if row >= 0:
            self.selected.emit(row)

    def _enable(self) -> None:
        row, count = self._names.currentRow(), self._names.count()
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)


def _fill(item: QListWidgetItem, name: str, lack: str) -> None:
    item.setText(name)
    item.setIcon(icon("warning" if lack else "provider"))
    item.setToolTip(lack)
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, lack)
