"""Connects the check for newer versions: the banner, the release notes, and the settings'
button."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot

from arboris_desktop.background.update_watch import UpdateCheck, UpdateWatch
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.ui.widgets.open_address import open_address
from arboris_desktop.ui.work.desk import Desk, spawned

if TYPE_CHECKING:
    from arboris_desktop.updates.release import Release

OpenAddress = Callable[[QUrl], bool]


class UpdateDesk(Desk):
    """Announces a newer version, and leads to its page. The author decides what to do there."""

    def __init__(
        self,
        window: MainWindow,
        watch: UpdateWatch,
        language: Callable[[], str],
        opening: OpenAddress = open_address,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._banner = window.update_banner
        self._watch = watch
        self._language = language
        self._open_address = opening
        self._release: Release | None = None
        watch.checked.connect(self._on_checked)
        self._banner.notes_requested.connect(self.show_notes)
        self._banner.page_requested.connect(self._open_page)
        self._banner.skip_requested.connect(self._skip)

    def start(self) -> None:
        """Starts looking for newer versions, if the author wants that."""
        self._watch.start()

    @Slot()
    def look(self) -> None:
        """Checks now if it is enabled and due: the settings may have changed."""
        self._watch.look()

    async def check_now(self) -> UpdateCheck:
        """Checks now, whatever the settings say, and returns the result."""
        ended: asyncio.Future[UpdateCheck] = asyncio.get_running_loop().create_future()

        def settle(check: UpdateCheck) -> None:
            if not ended.done():
                ended.set_result(check)

        self._watch.checked.connect(settle)
        try:
            self._watch.check()
            return await ended
        finally:
            self._watch.checked.disconnect(settle)

    @spawned
    async def show_notes(self) -> None:
        """Shows the release notes."""
        from arboris_desktop.ui.updates.release_dialog import ReleaseDialog

        if self._release is not None:
            dialog = ReleaseDialog(self._release, self._language(), self._window)
            if await agreed(dialog):
                self._open_page()

    @Slot(object)
    def _on_checked(self, check: UpdateCheck) -> None:
        if check.release is not None and check.is_newer and not check.is_skipped:
            self._release = check.release
            self._banner.show_version(str(check.release.version))

    @Slot()
    def _open_page(self) -> None:
        if self._release is None:
            return
        address = QUrl(self._release.page, QUrl.ParsingMode.StrictMode)
        # Other addresses were rejected in the feed; this is the last check.
        if address.scheme() != "https" or not self._open_address(address):
            # Without a browser the address can still be copied.
            self.show_notes()

    @Slot()
    def _skip(self) -> None:
        if self._release is not None:
            self._watch.skip(self._release)
        self._banner.hide()

    async def stop(self) -> None:
        """Stops looking, and closes what is open."""
        self._watch.stop()
        await super().stop()
