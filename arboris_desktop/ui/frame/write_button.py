"""The primary button of the window: it asks for text, and stops it while it arrives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar


class WriteButton(Translated, QToolButton):
    """Opens the menu of all ways to ask for text. While *Stop* is possible, it is *Stop*."""

    def __init__(
        self, ways: Sequence[QAction], stop: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stop = stop
        self.setObjectName("write")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._menu = QMenu(self)
        # They say why an action is disabled.
        self._menu.setToolTipsVisible(True)
        self._menu.addActions(list(ways))
        stop.changed.connect(self._follow)
        self.clicked.connect(self._stop_it)
        self._follow()

    @property
    def stops(self) -> bool:
        """True while the button is *Stop*."""
        return self.menu() is None

    def _retranslate(self) -> None:
        self._follow()

    @Slot()
    def _follow(self) -> None:
        writing = self._stop.isEnabled()
        mode = QToolButton.ToolButtonPopupMode
        self.setPopupMode(mode.DelayedPopup if writing else mode.InstantPopup)
        self.setMenu(None if writing else self._menu)  # type: ignore[arg-type]
        self.setText(self.tr("Stop") if writing else self.tr("Write"))
        if writing:
            name_on_tool_bar(self._stop)
            self.setToolTip(self._stop.toolTip())
        else:
            self.setToolTip(self.tr("Let the model write: a chapter, a continuation, or again"))
        self.setAccessibleName(self.text())

    @Slot()
    def _stop_it(self) -> None:
        if self.stops:
            self._stop.trigger()
