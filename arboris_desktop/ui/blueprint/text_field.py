"""A field of the blueprint that is a text."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.domain.blueprint import BlueprintField, Value
from arboris_desktop.ui.blueprint.field_heading import FieldHeading
from arboris_desktop.ui.blueprint.words import field_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit

_SIZES = {BlueprintField.SYNOPSIS: (14, 40), BlueprintField.RULES: (3, 12)}


class TextField(Translated, QWidget):
    """Typed by the author, or filled by the model while nothing is in it."""

    edited = Signal(object)
    """The author changed the text to this."""

    remake_requested = Signal()

    def __init__(self, field: BlueprintField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._is_filling = False
        self._heading = FieldHeading(field)
        self._edit = GrowingEdit(*_SIZES.get(field, (1, 6)))
        self._heading.set_buddy(self._edit)
        self._heading.remake_requested.connect(self.remake_requested)
        self._edit.textChanged.connect(self._on_edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._heading)
        layout.addWidget(self._edit)
        self._retranslate()

    def value(self) -> Value:
        """The text in it."""
        return self._edit.toPlainText()

    def begin_with(self, value: Value) -> None:
        """Shows the text of another novel: nothing of the last one can be brought back here."""
        assert isinstance(value, str)
        self._set_filling(False)
        with QSignalBlocker(self._edit):
            self._edit.begin_with(value)

    def show_value(self, value: Value) -> None:
        """Shows what is stored; what can be undone stays when it is there already."""
        assert isinstance(value, str)
        self._set_filling(False)
        with QSignalBlocker(self._edit):
            self._edit.set_text(value)

    def accept(self, value: Value) -> None:
        """Puts what the author agreed to in the place of all; Ctrl+Z takes it back."""
        assert isinstance(value, str)
        self._edit.replace_text(value)
        self._edit.setFocus()

    def fill(self, text: str) -> None:
        """Shows what has come so far, unless the author has written something themselves."""
        if self._is_filling or not self.value():
            self._set_filling(True)
            with QSignalBlocker(self._edit):
                self._edit.setPlainText(text)
            bar = self._edit.verticalScrollBar()
            bar.setValue(bar.maximum())

    def set_busy(self, busy: bool) -> None:
        """While the model is at work, nothing else can be asked of it."""
        self._heading.set_can_remake(not busy)

    def _set_filling(self, filling: bool) -> None:
        self._is_filling = filling
        self._edit.setReadOnly(filling)

    @Slot()
    def _on_edit(self) -> None:
        self.edited.emit(self.value())

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(field_name(self._field))
