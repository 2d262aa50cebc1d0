"""Two texts side by side, of which only one is shown if there is not enough space."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon

LEAST_FOR_BOTH = 800
"""Pixels; with less, lines of prose would be too short."""
_ICON = 16


class TwoPanes(Translated, QWidget):
    """Always holds the first pane, and the second while it is open."""

    def __init__(self, first: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self._second: QWidget | None = None
        self._is_open = self._is_put_away = self._is_second_in_front = False
        self._was_folded = False
        self._share = 0.5
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(1)
        self._parts.setObjectName("hairline")
        self._parts.addWidget(first)
        self._parts.splitterMoved.connect(self._note_share)
        self._build_turn()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self.edge)
        self.setFocusProxy(first)
        self._retranslate()

    def _build_turn(self) -> None:
        self._turn = QToolButton()
        self._turn.setIcon(icon("panes"))
        self._turn.setIconSize(QSize(_ICON, _ICON))
        self._turn.setAutoRaise(True)
        self._turn.clicked.connect(self.take_turns)
        self.edge = QWidget()
        column = QVBoxLayout(self.edge)
        column.setContentsMargins(2, 8, 2, 0)
        column.addWidget(self._turn)
        column.addStretch(1)
        self.edge.hide()

    @property
    def is_open(self) -> bool:
        """True if there are two panes, visible or not."""
        return self._is_open

    @property
    def is_put_away(self) -> bool:
        """True while something else needs all the space."""
        return self._is_put_away

    @property
    def is_folded(self) -> bool:
        """True if there is not enough space for both."""
        return self._is_open and self.width() < self._least_for_both()

    def _least_for_both(self) -> int:
        panes = [self._first] if self._second is None else [self._first, self._second]
        return max(LEAST_FOR_BOTH, sum(each.minimumSizeHint().width() for each in panes))

    def open_second(self, pane: QWidget) -> None:
        """Shows a pane beside the first, or in its place if there is not enough space."""
        is_new = self._second is None
        if is_new:
            self._second = pane
            self._parts.addWidget(pane)
        self._is_open = self._is_second_in_front = True
        self._arrange()
        if is_new:
            self._divide()

    def close_second(self) -> None:
        """Closes the second pane."""
        self._is_open = False
        self._arrange()

    def put_away(self, away: bool) -> None:
        """Hides the second pane while something needs all the space, or restores it."""
        self._is_put_away = away
        self._arrange()

    def bring_to_front(self, pane: QWidget) -> None:
        """Shows this one of the two if there is space for only one."""
        self._is_second_in_front = pane is self._second
        self._arrange()

    @Slot()
    def take_turns(self) -> None:
        """Switches panes if there is space for only one."""
        self._is_second_in_front = not self._is_second_in_front
        self._arrange()
        front = self._second if self._is_second_in_front else self._first
        if front is not None:
            front.setFocus()

    @property
    def share(self) -> float:
        """The share of the second pane while both are visible."""
        return self._share

    def set_share(self, share: float) -> None:
        """Sets the share of the second pane."""
        self._share = min(0.9, max(0.1, share))
        self._divide()

    def _divide(self) -> None:
        second = round(self._share * self.width())
        self._parts.setSizes([self.width() - second, second])

    @Slot()
    def _note_share(self) -> None:
        first, second = (*self._parts.sizes(), 0)[:2]
        if first and second:
            self._share = second / (first + second)

    def minimumSizeHint(self) -> QSize:
        """Reserves space for one of the two: with less than both need, they alternate."""
        hint = super().minimumSizeHint()
        return QSize(
            self._first.minimumSizeHint().width() + self.edge.sizeHint().width(), hint.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds or unfolds depending on the space.

        The pane in use stays visible, and both keep their shares, even if a minimum width has
        changed them meanwhile.
        """
        super().resizeEvent(event)
        if self.is_folded and not self._was_folded and self._second is not None:
            focus: QWidget | None = self.window().focusWidget()
            self._is_second_in_front = focus is not None and self._second.isAncestorOf(focus)
        self._arrange()
        self._divide()

    def _arrange(self) -> None:
        self._was_folded = self.is_folded
        if self._second is None:
            return
        shows_second = self._is_open and not self._is_put_away
        takes_turns = shows_second and self.is_folded
        self._second.setVisible(shows_second and (not takes_turns or self._is_second_in_front))
        self._first.setVisible(not takes_turns or not self._is_second_in_front)
        self.edge.setVisible(takes_turns)
        self._retranslate()

    def _retranslate(self) -> None:
        to_first = self._is_second_in_front
        words = self.tr("Show the text") if to_first else self.tr("Show the second pane")
        self._turn.setToolTip(words)
        self._turn.setAccessibleName(words)
