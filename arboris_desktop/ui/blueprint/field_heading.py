"""The heading of a field: its name, and a button to rewrite it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from arboris_desktop.domain.blueprint import BlueprintField
from arboris_desktop.ui.blueprint.words import field_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon


class FieldHeading(Translated, QWidget):
    """The name is the label of the field's editor: its mnemonic leads there."""

    remake_requested = Signal()

    def __init__(self, field: BlueprintField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._name = QLabel()
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._remake = QToolButton()
        self._remake.setIcon(icon("retry"))
        self._remake.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._remake.clicked.connect(self.remake_requested)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._name)
        self._layout.addStretch()
        self._layout.addWidget(self._remake)
        self._retranslate()

    def set_buddy(self, editor: QWidget) -> None:
        """Sets the editor that the name belongs to."""
        self._name.setBuddy(editor)

    def set_can_remake(self, can: bool) -> None:
        """Enables or disables rewriting."""
        self._remake.setEnabled(can)

    def _retranslate(self) -> None:
        name = field_name(self._field)
        self._name.setText(name)
        self._remake.setText(self.tr("Rewrite…"))
        self._remake.setToolTip(self.tr("As you say, and only if you agree to what comes"))
        self._remake.setAccessibleName(self.tr("Rewrite: {field}").format(field=name))
