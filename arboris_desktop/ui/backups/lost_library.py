"""Handling the disappearance of the library's file: the author is told, and a copy is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import MessageBox, ask
from arboris_desktop.ui.wording import words_of
from arboris_desktop.ui.work.desk import Desk


class LostLibraryNotice(Desk):
    """Reports it once, although every part of the window meets it again and again."""

    quit_requested = Signal()

    def __init__(self, window: MainWindow, keep_library: Callable[[], Path]) -> None:
        super().__init__(window)
        self._window = window
        self._keep_library = keep_library
        self._is_told = False

    def tell(self, error: BaseException) -> None:
        """Copies what is still open, and says what to do.

        A chapter that is being written is paid for: it continues to its end and is kept elsewhere.
        Further requests to models are refused, since they could not be recorded.
        """
        if self._is_told:
            return
        self._is_told = True
        self.spawn(self._tell(error))

    async def _tell(self, error: BaseException) -> None:
        copied = await self._copied()
        self._window.raise_window()
        words = words_of(error)
        parts = (words.what_is_safe, copied, words.what_to_do)
        box = MessageBox(
            QMessageBox.Icon.Critical,
            words.what_happened,
            self._window,
            title=self.tr("Another File"),
            advice="\n\n".join(parts),
            detail=str(error),
        )
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(stay)
        box.setDefaultButton(leave)
        try:
            await ask(box)
            if box.clickedButton() is leave:
                self.quit_requested.emit()
        finally:
            box.deleteLater()

    async def _copied(self) -> str:
        try:
            path = await self.in_background(self._keep_library)
        except ArborisError:
            return self.tr("What was stored before could not be copied.")
        return self.tr("What was stored before is kept as a backup: {path}").format(path=path)
