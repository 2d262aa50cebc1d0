"""A dialog with exactly what a model would be sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.asking.prompt_preview import PromptPreviewView
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.writing.call_events import PromptPreview

PreparePreview = Callable[[], Awaitable[PromptPreview]]
"""Builds what would be sent."""


async def show_preview(prepare: PreparePreview, operations: Operations, parent: QWidget) -> None:
    """Shows it until the author closes it; it includes what they typed last."""
    await operations.settled()
    dialog = PromptPreviewDialog(await prepare(), parent)
    try:
        await ask(dialog)
    finally:
        dialog.deleteLater()


class PromptPreviewDialog(Translated, QDialog):
    """The messages in the order in which they are sent, and their length in tokens."""

    def __init__(self, preview: PromptPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PromptPreviewView()
        self._view.show_preview(preview)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._buttons)
        self.resize(760, 620)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("What is sent"))
