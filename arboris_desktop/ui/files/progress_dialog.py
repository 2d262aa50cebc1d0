"""The progress of a long import or export, with a Cancel button.

``QProgressDialog`` is unsuitable: it runs the event loop within ``setValue``, inside the waiting
coroutine.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.plain_text import plain_label

_STEPS = 1000
_PATIENCE_MILLISECONDS = 400
"""Milliseconds; shorter work does not need a dialog that flashes up."""

_WIDTH = 420


class ProgressDialog(QDialog):
    """Appears if the work takes a while; its owner closes it at the end."""

    stop_requested = Signal()
    """The author cancels."""

    def __init__(self, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(doing)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(doing)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self._cancel.setText(self.tr("Cancel"))
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        self._words = plain_label(doing)
        self._words.setMinimumWidth(_WIDTH)  # A name that fits on one line gets one.
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addWidget(self._buttons)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.open)

    def start(self) -> None:
        """Shows itself after a delay, unless it is closed before."""
        self._patience.start(_PATIENCE_MILLISECONDS)

    @Slot(float)
    def show_share(self, share: float) -> None:
        """Shows the progress, from 0 to 1."""
        self._bar.setValue(round(share * _STEPS))

    def reject(self) -> None:
        """Requests cancellation instead of closing: what has begun is undone first."""
        self._words.setText(self.tr("Stopping…"))
        self._cancel.setEnabled(False)
        self.stop_requested.emit()

    def finish(self) -> None:
        """Closes the dialog."""
        self._patience.stop()
        super().reject()
        self.deleteLater()
