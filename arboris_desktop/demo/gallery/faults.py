"""Finds in a widget what an author could not read: text that is cut, or in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.mnemonics import without_mnemonic

_SLACK = 1
_EDGES = 16
"""Beside the words of a field."""
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAMES = ("Arboris Desktop", "Qt ", "Arboris contributors", "Copyright", "Permission is")
"""Said alike in every language."""


def faults(shown: QWidget, *, chinese: bool) -> list[str]:
    """A line for each text in a widget that cannot be read."""
    found = [f"cut: {text!r}" for text in cut_texts(shown)]
    found += [f"beyond the edge: {text!r}" for text in texts_beyond_edges(shown)]
    if chinese:
        found += [f"not translated: {text!r}" for text in english_texts(shown)]
    return found


def cut_texts(shown: QWidget) -> Iterator[str]:
    """The texts that have less room than they need, and no tool tip that tells them in full."""
    for widget in _seen(shown):
        if isinstance(widget, QTabBar):
            yield from _cut_tabs(widget)
        elif _is_cut(widget) and not widget.toolTip():
            yield _text(widget)


def texts_beyond_edges(shown: QWidget) -> Iterator[str]:
    """The texts of which a part lies outside of what they stand in, where nothing scrolls."""
    for widget in shown.findChildren(QWidget):
        if widget.isVisibleTo(shown) and _text(widget) and _sticks_out(widget, shown):
            yield _text(widget)


def _sticks_out(widget: QWidget, shown: QWidget) -> bool:
    area, around = widget.rect(), widget
    sticks_out = False
    while around is not shown and not around.isWindow():
        area.translate(around.pos())
        parent = around.parentWidget()
        if parent is None or isinstance(parent, QAbstractScrollArea):
            return False
        around = parent
        sticks_out |= not around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(area)
    return sticks_out


def english_texts(shown: QWidget) -> Iterator[str]:
    """The texts of two English words or more, without a Chinese one."""
    for widget in _seen(shown):
        text = _text(widget)
        is_name = any(name in text for name in _NAMES)
        if _ENGLISH.search(text) and not _CHINESE.search(text) and not is_name:
            yield text


def _seen(shown: QWidget) -> Iterator[QWidget]:
    """The part that is in sight as a whole; something scrolled half out of view does not count as
    cut."""
    for widget in (shown, *shown.findChildren(QWidget)):
        if widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect():
            yield widget


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    if isinstance(widget, QAbstractButton):
        return without_mnemonic(widget.text())
    if isinstance(widget, QLineEdit):
        return "" if widget.text() else widget.placeholderText()
    return ""


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, ElidedLabel):
        return widget.is_elided()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + _SLACK
    if isinstance(widget, QLabel):
        return bool(widget.text()) and widget.sizeHint().width() > widget.width() + _SLACK
    if isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(_text(widget)) > widget.width() - _EDGES
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton):
        return _words_of(widget) > widget.width() + _SLACK
    if isinstance(widget, QToolButton) and _shows_words(widget):
        return _words_of(widget) > widget.width() + _SLACK
    return False


def _shows_words(button: QToolButton) -> bool:
    return bool(button.text()) and button.toolButtonStyle().name != "ToolButtonIconOnly"


def _words_of(button: QAbstractButton) -> int:
    words = button.fontMetrics().horizontalAdvance(without_mnemonic(button.text()))
    return words + (0 if button.icon().isNull() else button.iconSize().width())


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        text = without_mnemonic(bar.tabText(place))
        area = bar.tabRect(place)
        is_cut = bar.fontMetrics().horizontalAdvance(text) > area.width()
        if (is_cut or area.right() > bar.width()) and not bar.tabToolTip(place):
            yield text
