"""Below a revised passage in the text: what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from arboris_desktop.ui.widgets.floating_bar import FloatingBar
from arboris_desktop.ui.widgets.icons import icon


class RevisionPill(FloatingBar):
    """Three answers; the ticks for each change are in the panel."""

    kept = Signal()
    another_wanted = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep = QPushButton(icon("check"), "")
        self._another = QPushButton(icon("retry"), "")
        self._drop = QPushButton(icon("cancel"), "")
        self._keep.clicked.connect(self.kept)
        self._another.clicked.connect(self.another_wanted)
        self._drop.clicked.connect(self.dropped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        for button in (self._keep, self._another, self._drop):
            layout.addWidget(button)
        layout.addStretch(1)
        self._retranslate()

    def show_state(self, *, ready: bool, busy: bool) -> None:
        """Offers to keep the passage once it is whole, and another when none is coming."""
        self._keep.setEnabled(ready)
        self._another.setEnabled(not busy)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Revised passage"))
        self._keep.setText(self.tr("Keep (Tab)"))
        self._keep.setToolTip(
            self.tr("Put the changes that are ticked in the panel into the chapter")
        )
        self._another.setText(self.tr("Another"))
        self._drop.setText(self.tr("Discard (Esc)"))
        self._drop.setToolTip(self.tr("Leave the passage as it is"))
