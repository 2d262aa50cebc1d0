"""The bar above the page: back to the library, the stages of the book, and tools."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from arboris_desktop.ui.frame.badge_button import BadgeButton
from arboris_desktop.ui.frame.write_button import WriteButton
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar

HEIGHT = 44


class TopBar(Translated, QWidget):
    """Lays out its parts; the given actions define what they do."""

    def __init__(
        self,
        home: QAction,
        stages: QTabBar,
        write: WriteButton,
        toggles: Sequence[BadgeButton],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._home_action = home
        self._home = QToolButton()
        self._home.setDefaultAction(home)
        self._home.setIconSize(QSize(18, 18))
        self._home.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._title = ElidedLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.write = write
        self._lay_out(stages, toggles)
        self.setFixedHeight(HEIGHT)
        self._retranslate()

    def show_title(self, title: str) -> None:
        """Shows the title of the open novel."""
        self._title.set_text(title)

    def _lay_out(self, stages: QTabBar, toggles: Sequence[BadgeButton]) -> None:
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._home)
        left.addWidget(self._title, 1)
        right.setSpacing(4)
        right.addStretch(1)
        right.addWidget(self.write)
        right.addSpacing(6)
        for button in toggles:
            right.addWidget(button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        # Of equal width, so that the stages are centred.
        layout.addLayout(left, 1)
        layout.addWidget(stages, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(right, 1)

    def _retranslate(self) -> None:
        name_on_tool_bar(self._home_action)
        self._title.setAccessibleName(self.tr("Novel"))
