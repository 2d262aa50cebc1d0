"""Models' texts that could not be stored: shown at once, stored as soon as possible."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.rescue import PutAside, RescuedText, UnsavedTextError
from arboris_desktop.ui.chapter.unstored_dialog import UnstoredDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import is_open
from arboris_desktop.ui.work.desk import Desk, spawned
from arboris_desktop.writing.rescue import Rescue

_RETRY_MS = 5000
"""The same interval as for what the author types."""

SaveCopy = Callable[[list[RescuedText]], Awaitable[str]]
"""Lets the author choose a file for texts, and returns the result in words."""


class UnstoredTexts(Desk):
    """Keeps them until they are stored. Rescue files do not prevent closing."""

    stored = Signal(int)
    """A chapter now has the text that could not be stored before."""

    def __init__(
        self,
        window: MainWindow,
        rescue: Rescue,
        operations: Operations,
        save_copy: SaveCopy,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._rescue = rescue
        self._operations = operations
        self._save_copy = save_copy
        self._texts: dict[str, PutAside] = {}
        self._dialogs: list[tuple[UnstoredDialog, list[RescuedText]]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_RETRY_MS)
        self._timer.timeout.connect(self._try_again)

    def note(self, error: UnsavedTextError) -> None:
        """Shows the texts of an error, and retries to store them."""
        self._texts |= {each.rescued.key: each for each in error.texts}
        dialog = UnstoredDialog(error, self._window)
        texts = [each.rescued for each in error.texts]
        self._dialogs = [each for each in self._dialogs if is_open(each[0])]
        self._dialogs.append((dialog, texts))
        dialog.copy_requested.connect(lambda: self._copy(dialog, texts))
        dialog.finished.connect(dialog.deleteLater)
        self._window.raise_window()
        dialog.open()
        self._timer.start()

    def nowhere(self) -> list[RescuedText]:
        """The texts that would be lost with the window."""
        return [each.rescued for each in self._texts.values() if each.file is None]

    @spawned
    async def _copy(self, dialog: UnstoredDialog, texts: list[RescuedText]) -> None:
        if note := await self._save_copy(texts):
            dialog.show_note(note)

    @spawned
    async def _try_again(self) -> None:
        for rescued in [each.rescued for each in self._texts.values()]:
            try:
                await self._operations.call(partial(self._rescue.put_back, rescued))
            except ArborisError:
                self._timer.start()
            else:
                self._texts.pop(rescued.key, None)
                self._tell_stored()
                self.stored.emit(rescued.chapter_id)

    def _tell_stored(self) -> None:
        """Says so in the dialogs that are still open, where the opposite is to be read."""
        for dialog, texts in self._dialogs:
            if is_open(dialog) and not any(each.key in self._texts for each in texts):
                dialog.show_stored()
