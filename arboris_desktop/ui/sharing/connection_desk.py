"""Handling the loss of the server with the novels: reported once, and stored later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Signal

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.retry import reconnect_seconds
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.sharing.banner import SharingBanner
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.work.desk import Desk


class ConnectionDesk(Desk):
    """Reports it by a line at the top instead of a message for everything that fails."""

    regained = Signal()
    """The server responds again: anything may have changed meanwhile."""

    def __init__(self, window: MainWindow, reach: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._reach = reach
        self._banner: SharingBanner | None = None
        self._is_away = False

    def note_lost(self) -> None:
        """Records that the server did not respond."""
        if self._is_away:
            return
        self._is_away = True
        if self._banner is None:
            self._banner = SharingBanner()
            self._window.centre.add_banner(self._banner)
        self._banner.show_words(
            self.tr(
                "The server with your novels cannot be reached. What you type is kept on this"
                " computer, and is stored as soon as the server is back; anything else has to wait"
                " until then."
            )
        )
        self.spawn(self._wait())

    async def _wait(self) -> None:
        failures = 0
        while not await self.in_background(self._is_reached):
            failures += 1
            await asyncio.sleep(reconnect_seconds(failures))
        self._is_away = False
        assert self._banner is not None
        self._banner.hide()
        for edits in self._window.findChildren(TypedEdits):
            edits.flush()
        self.regained.emit()

    def _is_reached(self) -> bool:
        try:
            self._reach()
        except StorageError:
            return False
        return True
