"""Opens the guide and the list of shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import fit_to_screen

if TYPE_CHECKING:
    from arboris_desktop.ui.help.guide_window import GuideWindow


class HelpDesk(QObject):
    """Has one window for the guide, which stays open beside the work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._guide: GuideWindow | None = None
        window.actions_.user_guide.triggered.connect(self.open_guide)
        window.actions_.shortcuts.triggered.connect(self.open_shortcuts)

    @Slot()
    def open_guide(self) -> None:
        """Shows the guide, or raises its window."""
        if self._guide is None or not isValid(self._guide):
            # Imported when it is first shown.
            from arboris_desktop.ui.help.guide_window import GuideWindow

            self._guide = GuideWindow(self._window)
            fit_to_screen(self._guide)
        self._guide.show()
        self._guide.activateWindow()

    @Slot()
    def open_shortcuts(self) -> None:
        """Lists the shortcuts of all menu actions."""
        from arboris_desktop.ui.help.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._window.menuBar(), self._window)
        fit_to_screen(dialog)
        dialog.open()
