"""The button beside an error that leads to where it can be fixed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.domain.errors import Cure
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon


class CureButton(Translated, QPushButton):
    """Hidden if the author can do nothing about it in the app."""

    cure_requested = Signal(object)
    """The offered ``Cure``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cure: Cure | None = None
        self.clicked.connect(self._lead_to_cure)
        self.show_cure(None)

    def show_cure(self, cure: Cure | None) -> None:
        """Offers a cure, or none."""
        self._cure = cure
        self._retranslate()
        self.setVisible(cure is not None)

    def _retranslate(self) -> None:
        if self._cure is Cure.LIMIT:
            self.setIcon(icon("coins"))
            self.setText(self.tr("Raise the limit…"))
            self.setToolTip(self.tr("Change how much may be spent"))
        else:
            self.setIcon(icon("settings"))
            self.setText(self.tr("Settings…"))
            is_queue = self._cure is Cure.QUEUE
            self.setToolTip(
                self.tr("Change how much runs at once, and for how long")
                if is_queue
                else self.tr("Choose another model or key")
            )

    @Slot()
    def _lead_to_cure(self) -> None:
        self.cure_requested.emit(self._cure)
