"""Servers found on this computer, each selectable by one click."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label

FindServers = Callable[[], Awaitable[Sequence[LocalServer]]]
"""Finds servers on this computer; raises nothing."""

_OFFERED = 3
"""Models per server; the others are in the list of the form."""


class LocalServers(QWidget):
    """Looks for servers when it is first shown, and again on request."""

    chosen = Signal(object, str)
    """The ``LocalServer`` and the model that were clicked."""

    found = Signal(object)
    """All servers found, as a tuple of ``LocalServer``."""

    def __init__(self, find: FindServers | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._looking: asyncio.Task[None] | None = None
        self._has_looked = False
        self._words = muted(plain_label())
        self._servers = QVBoxLayout()
        self._servers.setSpacing(6)
        self._again = QPushButton(self.tr("&Look again"))
        self._again.setAutoDefault(False)
        self._again.clicked.connect(self.look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        layout.addLayout(self._servers)
        if find is None:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_looked:
            self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous() and self._looking is not None:
            self._looking.cancel()
            self._end()
        super().hideEvent(event)

    @Slot()
    def look(self) -> None:
        """Looks for servers."""
        if self._find is None or self._looking is not None:
            return
        self._again.setEnabled(False)
        self._words.setText(self.tr("Looking for servers on this computer…"))
        self._looking = asyncio.get_event_loop().create_task(self._look(self._find))

    async def _look(self, find: FindServers) -> None:
        servers = tuple(await find())
        self._end()
        self._has_looked = True
        self._show(servers)

    def _end(self) -> None:
        self._looking = None
        self._again.setEnabled(True)
        self._words.setText("")

    def _show(self, servers: tuple[LocalServer, ...]) -> None:
        while (item := self._servers.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.deleteLater()
        for server in servers:
            for model in server.models[:_OFFERED]:
                self._servers.addWidget(self._button(server, model))
        self._words.setText(
            self.tr("Running on this computer; click one to use it:")
            if servers
            else self.tr("No server runs on this computer at a usual port.")
        )
        self.found.emit(servers)

    def _button(self, server: LocalServer, model: str) -> QPushButton:
        words = self.tr("{server}: {model}").format(server=server.name, model=model)
        # An ampersand in the name of a model is not a mnemonic.
        button = QPushButton(icon("provider"), words.replace("&", "&&"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.chosen.emit(server, model))
        return button
