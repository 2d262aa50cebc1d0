"""A field of the blueprint that is a text."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.blueprint import BlueprintField, Value
from arboris_desktop.ui.blueprint.field_editor import FieldEditor
from arboris_desktop.ui.blueprint.words import field_name
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit

_SIZES = {BlueprintField.SYNOPSIS: (14, 40), BlueprintField.RULES: (3, 12)}


class TextField(FieldEditor):
    """A field that grows with its text."""

    def __init__(self, field: BlueprintField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._edit = GrowingEdit(*_SIZES.get(field, (1, 6)))
        self._heading.set_buddy(self._edit)
        self._edit.textChanged.connect(self._on_edit)
        self._rows.addWidget(self._edit)
        self._retranslate()

    def value(self) -> Value:
        return self._edit.toPlainText()

    def begin_with(self, value: Value) -> None:
        assert isinstance(value, str)
        self._set_filling(False)
        with QSignalBlocker(self._edit):
            self._edit.begin_with(value)

    def show_value(self, value: Value) -> None:
        assert isinstance(value, str)
        self._set_filling(False)
        with QSignalBlocker(self._edit):
            self._edit.set_text(value)

    def accept(self, value: Value) -> None:
        assert isinstance(value, str)
        self._edit.replace_text(value)
        self._edit.setFocus()

    def _set_filling(self, filling: bool) -> None:
        super()._set_filling(filling)
        self._edit.setReadOnly(filling)

    def _show_arriving(self, text: str) -> GrowingEdit:
        with QSignalBlocker(self._edit):
            self._edit.setPlainText(text)
        return self._edit

    @Slot()
    def _on_edit(self) -> None:
        self.edited.emit(self.value())

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(field_name(self._field))
