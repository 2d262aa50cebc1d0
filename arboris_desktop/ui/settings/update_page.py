"""The settings page about newer versions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy

from arboris_desktop.background.update_watch import UpdateCheck
from arboris_desktop.domain.settings import UpdateSettings
from arboris_desktop.ui.settings.pages import SettingsPage
from arboris_desktop.ui.updates.words import outcome
from arboris_desktop.ui.widgets.plain_text import plain_label

CheckNow = Callable[[], Awaitable[UpdateCheck]]


class UpdatePage(SettingsPage):
    """Lets the app look for newer versions; ``check`` is ``None`` where it cannot."""

    _HAS_NAMES = False

    def __init__(self, settings: UpdateSettings, check: CheckNow | None) -> None:
        super().__init__()
        self._settings = settings
        self._check = check
        self._checking: asyncio.Task[None] | None = None
        self._wanted = QCheckBox(self.tr("&Look for a newer version once a day"))
        self._wanted.setChecked(settings.check)
        self._now = QPushButton(self.tr("Check &Now"))
        self._now.setAutoDefault(False)
        self._now.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._now.clicked.connect(self._on_check)
        self._result = plain_label()
        self._result.setAccessibleName(self.tr("Result of the check"))
        self.add_check(
            self._wanted,
            self.tr(
                "Arboris then asks its update server which version is the newest. Nothing is sent "
                "but the request itself: no account, no number of this computer, nothing of your "
                "novels. Only an answer signed by its makers is believed. Nothing is ever "
                "downloaded or installed by itself."
            ),
        )
        if check is None:
            self._now.setEnabled(False)
            self._result.setText(
                self.tr("This build has no update address, so it cannot look for newer versions.")
            )
        self.add_wide(self._now)
        self.add_wide(self._result)

    def value(self) -> UpdateSettings:
        """The settings as they now are."""
        return replace(self._settings, check=self._wanted.isChecked())

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._stop()
        super().hideEvent(event)

    @Slot()
    def _on_check(self) -> None:
        assert self._check is not None
        self._stop()
        self._now.setEnabled(False)
        self._result.setText(self.tr("Asking…"))
        self._checking = asyncio.get_event_loop().create_task(self._try(self._check))

    async def _try(self, check: CheckNow) -> None:
        found = await check()
        self._checking = None
        self._now.setEnabled(True)
        self._result.setText(outcome(found))

    def _stop(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
            self._now.setEnabled(True)
            self._result.clear()
