"""Size, position and panels of the window, stored from one start to the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.writing_aid_actions import WritingAidActions

if TYPE_CHECKING:
    from arboris_desktop.ui.main_window import MainWindow


class WindowLook:
    """Stores the layout of a window."""

    def __init__(
        self,
        window: MainWindow,
        settings: QSettings,
        aids: WritingAidActions,
        splitters: Mapping[str, QSplitter],
    ) -> None:
        self._window, self._settings = window, settings
        self._aids, self._splitters = aids, splitters

    def save(self, panel: Panel | None) -> None:
        """Stores it, and ``panel`` as the one that belongs to the chapters."""
        if not Path(self._settings.fileName()).parent.is_dir():
            # The data folder was moved away; nothing must be created in its place.
            return
        window = self._window
        values: dict[str, object] = {
            "geometry": window.saveGeometry(),
            "panel": panel or "",
            "sidebar": int(window.actions_.sidebar.isChecked()),
            "aids": self._aids.state(),
            **{name: splitter.saveState() for name, splitter in self._splitters.items()},
        }
        if chapters := window.chapter_parts.made:
            values["zoom"] = chapters.view.zoom
        for name, value in values.items():
            self._settings.setValue(name, value)
        self._settings.sync()

    def restore(self) -> Panel | None:
        """Restores the layout; the panel is returned, not opened."""
        window, settings = self._window, self._settings
        geometry = settings.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        window.actions_.sidebar.setChecked(str(settings.value("sidebar", 1)) != "0")
        zoom = str(settings.value("zoom", 100))
        percent = int(zoom) if zoom.isdecimal() else 100
        window.chapter_parts.when_made(lambda made: made.view.set_zoom(percent))
        self._aids.restore(str(settings.value("aids", "")))
        for name, splitter in self._splitters.items():
            sizes = settings.value(name)
            if isinstance(sizes, QByteArray):
                splitter.restoreState(sizes)
        panel = settings.value("panel")
        return Panel(panel) if panel in set(Panel) else None
