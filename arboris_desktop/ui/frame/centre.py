"""The layout between the menus and the status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from arboris_desktop.ui.frame.side_panel import WIDTH
from arboris_desktop.ui.widgets.page_stack import PageStack

_WIDTH = 1360
_SIDEBAR_WIDTH = 240


class Centre(QWidget):
    """The start page, or the studio: the tree, the stages and the panel beside each other.

    ``across`` takes the full width at the top, ``below`` at the bottom.
    """

    def __init__(
        self,
        start_page: QWidget,
        tree: QWidget,
        stages: QWidget,
        side: QWidget,
        *,
        across: Sequence[QWidget],
        below: QWidget,
    ) -> None:
        super().__init__()
        chapters = QWidget()
        column = _column(chapters)
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        column.addWidget(stages, 1)
        self._studio = _splitter(tree, chapters, wide=1)
        self._studio.setSizes([_SIDEBAR_WIDTH, _WIDTH - _SIDEBAR_WIDTH])
        self.pages = PageStack()
        self.pages.addWidget(start_page)
        self.pages.addWidget(self._studio)
        self._across = _splitter(self.pages, side, wide=0)
        self._across.setSizes([_WIDTH - WIDTH, WIDTH])
        # Focus mode hides it, whatever the strip in it shows.
        self.foot = QWidget()
        _column(self.foot).addWidget(below)
        self._all = _column(self)
        for widget in across:
            self._all.addWidget(widget)
        self._all.addWidget(self._across, 1)
        self._all.addWidget(self.foot)

    @property
    def splitters(self) -> dict[str, QSplitter]:
        """The splitters whose positions the author chooses, by the names under which they are
        stored."""
        return {"columns": self._studio, "sides": self._across}

    @property
    def shows_studio(self) -> bool:
        """True while it shows the open novel."""
        return self.pages.currentWidget() is self._studio

    def show_studio(self, is_shown: bool) -> None:
        """Shows the open novel, or the start page."""
        self.pages.setCurrentIndex(int(is_shown))

    def add_above(self, bar: QWidget) -> None:
        """Adds a bar above the page."""
        self._above.addWidget(bar)

    def add_banner(self, banner: QWidget) -> None:
        """Adds a banner above everything else."""
        self._all.insertWidget(0, banner)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _splitter(left: QWidget, right: QWidget, *, wide: int) -> QSplitter:
    """Returns a splitter with both; the one at index ``wide`` gets extra space."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.setObjectName("hairline")
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setStretchFactor(wide, 1)
    splitter.setStretchFactor(1 - wide, 0)
    return splitter
