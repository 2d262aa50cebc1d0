"""The form of an entry of a list, attribute by attribute."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QWidget

from arboris_desktop.domain.blueprint import Item, attributes, texts_of, with_text
from arboris_desktop.ui.blueprint.words import attribute_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit


class ItemForm(Translated, QWidget):
    """A text field for each attribute of the shown entry."""

    edited = Signal(object)
    """The entry as the author has changed it."""

    def __init__(self, item_type: type[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: Item | None = None
        self._labels: dict[str, QLabel] = {}
        self._edits: dict[str, GrowingEdit] = {}
        form = FieldForm(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        for name in attributes(item_type):
            label, edit = QLabel(), GrowingEdit(1, 6)
            label.setBuddy(edit)
            edit.textChanged.connect(partial(self._on_edit, name))
            form.addRow(label, edit)
            self._labels[name], self._edits[name] = label, edit
        self.show_item(None)
        self._retranslate()

    def show_item(self, item: Item | None) -> None:
        """Shows an entry, or that none is selected."""
        self._item = item
        texts = texts_of(item) if item is not None else {}
        for name, edit in self._edits.items():
            with QSignalBlocker(edit):
                edit.begin_with(texts.get(name, ""))
            edit.setEnabled(item is not None)

    def edit_first(self) -> None:
        """Moves the focus to the entry's name."""
        next(iter(self._edits.values())).setFocus()

    def _on_edit(self, name: str) -> None:
        if self._item is not None:
            self._item = with_text(self._item, name, self._edits[name].toPlainText())
            self.edited.emit(self._item)

    def _retranslate(self) -> None:
        for name, label in self._labels.items():
            label.setText(attribute_name(name))
            self._edits[name].setAccessibleName(attribute_name(name))
