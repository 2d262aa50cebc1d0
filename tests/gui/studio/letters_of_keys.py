"""The letters that Alt reaches: in a menu, and among the controls in sight of a window."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)

_LETTER = re.compile(r"&(?:&|(?P<letter>\S))")


def letters_used_twice(texts: Iterable[str]) -> dict[str, list[str]]:
    """The texts that share a letter, by the letter."""
    users: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for letter in letters_of([text]):
            users[letter].append(text)
    return {letter: texts for letter, texts in users.items() if len(texts) > 1}


def letters_of(texts: Iterable[str]) -> set[str]:
    """The letters that are underlined in some texts."""
    found = (each["letter"] for text in texts for each in _LETTER.finditer(text))
    return {letter.upper() for letter in found if letter}


def texts_of_menu(menu: QMenu) -> list[str]:
    """The entries of a menu that is about to be shown."""
    menu.aboutToShow.emit()
    return [each.text() for each in menu.actions() if each.isVisible()]


def menus_of(window: QWidget) -> list[QMenu]:
    """The lasting menus of a window, submenus and those of buttons included."""
    return [each for each in window.findChildren(QMenu) if each.actions()]


def menus_asked_for(window: QWidget) -> Iterator[QMenu]:
    """The menus that the menu key brings in the widgets in sight, one after the other."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        middle = widget.rect().center()
        by_key = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(
            widget, QContextMenuEvent(by_key, middle, widget.mapToGlobal(middle))
        )
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            yield menu
            menu.close()


def texts_in_sight(window: QWidget) -> Iterator[str]:
    """The texts of what Alt and a letter reach in a window."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is window.window():
            yield from _texts_of(widget)


def texts_of_all(place: QWidget) -> Iterator[str]:
    """The texts of what Alt and a letter can reach in a part of the window, seen or not."""
    for widget in place.findChildren(QWidget):
        if widget.window() is place.window():
            yield from _texts_of(widget)


def _texts_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        if widget.buddy() is not None:
            yield widget.text()
    elif isinstance(widget, QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QMenuBar):
        yield from (each.text() for each in widget.actions() if each.isVisible())
