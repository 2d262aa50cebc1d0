"""A stack of pages."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Lets only the visible page determine the minimum size: Qt considers all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._make_room)
        self.widgetAdded.connect(self._make_room)

    @Slot()
    def _make_room(self) -> None:
        for place in range(self.count()):
            page = self.widget(place)
            shown = page is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            if page is not None:
                page.setSizePolicy(policy, policy)
