"""An editor of one field of the blueprint, whether a text or a list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.blueprint import BlueprintField, Value
from arboris_desktop.ui.blueprint.field_heading import FieldHeading
from arboris_desktop.ui.i18n import Translated


class FieldEditor(Translated, QWidget):
    """Typed by the author, or filled by the model while nothing is in it."""

    edited = Signal(object)
    """The author changed the value to this."""

    remake_requested = Signal()

    def __init__(self, field: BlueprintField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._is_filling = False
        self._heading = FieldHeading(field)
        self._heading.remake_requested.connect(self.remake_requested)
        layout = self._rows = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._heading)

    def value(self) -> Value:
        """The value as it is shown."""
        raise NotImplementedError

    def begin_with(self, value: Value) -> None:
        """Shows the value of another novel: nothing of the last one can be brought back here."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Shows what is stored; what can be undone stays if it is there already."""
        raise NotImplementedError

    def accept(self, value: Value) -> None:
        """Replaces everything with what the author agreed to; it can be undone."""
        raise NotImplementedError

    def fill(self, text: str) -> None:
        """Shows what has come so far, unless the author has written something themselves."""
        if self._is_filling or not self.value():
            self._set_filling(True)
            arriving = self._show_arriving(text)
            bar = arriving.verticalScrollBar()
            bar.setValue(bar.maximum())

    def set_busy(self, busy: bool) -> None:
        """Allows nothing else to be asked of the model while it is at work."""
        self._heading.set_can_remake(not busy)

    def _set_filling(self, filling: bool) -> None:
        """Shows either what arrives or what the author may change."""
        self._is_filling = filling

    def _show_arriving(self, text: str) -> QPlainTextEdit:
        """Puts what has come into the field that shows it, and returns that field."""
        raise NotImplementedError
