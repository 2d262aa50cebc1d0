"""Moving between panes with the keyboard: within the text, Tab is a character."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class PaneKeys(QObject):
    """Moves the focus to the next pane, to the widget that had it there last."""

    def __init__(self, window: QWidget, panes: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__(window)
        self._panes = panes
        self._last: dict[QWidget, QWidget] = {}

    @Slot()
    def go_on(self) -> None:
        """Goes to the next pane; after the last comes the first."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Goes to the previous pane."""
        self._go(-1)

    def _go(self, step: int) -> None:
        panes = [pane for pane in self._panes() if pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if _holds(pane, focus)), None)
        if here is not None and focus is not None:
            self._last[panes[here]] = focus
        start = here if here is not None else -min(step, 0)
        for distance in range(0 if here is None else 1, len(panes) + 1):
            pane = panes[(start + step * distance) % len(panes)]
            target = self._target(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _target(self, pane: QWidget) -> QWidget | None:
        last = self._last.get(pane)
        if last is not None and isValid(last) and _takes_keys(last):
            return last
        return next((each for each in _within(pane) if _takes_keys(each)), None)


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))


def _within(pane: QWidget) -> Iterator[QWidget]:
    """Returns the widgets of a pane in Tab order; a text comes first, since it is the usual
    target."""
    proxy = pane.focusProxy()
    if proxy is not None:
        yield proxy
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if pane.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()
