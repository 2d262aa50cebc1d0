"""The icons of the application, drawn in the colours of the palette.

The files use ``currentColor``, which becomes the palette's text colour, so that one drawing serves
light and dark themes. Icons with colours of their own (the app's, the tray's) keep them.
"""

from __future__ import annotations

import logging
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar

from arboris_desktop.resources import read_text

log = logging.getLogger(__name__)

_OWN_COLOUR_SIZES = (16, 22, 24, 32, 44, 48, 64, 128, 256)
_CURRENT = "currentColor"

_names: dict[int, str] = {}
"""From ``QIcon.cacheKey`` to the icon's name, so that a shown icon can be redrawn in new
colours."""


def icon(name: str) -> QIcon:
    """Returns the icon ``resources/icons/NAME.svg`` in the colours of the palette.

    A missing file gives an empty icon and a warning in the log, since an icon is not essential.
    """
    palette = QGuiApplication.palette()
    return _drawn(
        name,
        _colour(palette, QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText),
        _colour(palette, QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText),
        _colour(palette, QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
    )


def tinted_pixmap(name: str, colour: str, size: int, device_pixel_ratio: float) -> QPixmap:
    """Returns a square picture for a label; ``size`` in device-independent pixels."""
    drawn = _drawn(name, colour, colour, colour)
    return drawn.pixmap(QSize(size, size), device_pixel_ratio)


def refresh_icons(app: QApplication) -> None:
    """Redraws the icons of all buttons, tabs and actions after a change of the palette."""
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton):
            if widget.icon().cacheKey() in _names:
                widget.setIcon(_redrawn(widget.icon()))
        elif isinstance(widget, QTabBar):
            for index in range(widget.count()):
                widget.setTabIcon(index, _redrawn(widget.tabIcon(index)))
        _refresh_actions(widget.actions())
        _refresh_actions(
            widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly)
        )


def _refresh_actions(actions: list[QAction]) -> None:
    for action in actions:
        if action.icon().cacheKey() in _names:
            action.setIcon(_redrawn(action.icon()))


def _redrawn(shown: QIcon) -> QIcon:
    name = _names.get(shown.cacheKey())
    return shown if name is None else icon(name)


def _colour(palette: QPalette, group: QPalette.ColorGroup, role: QPalette.ColorRole) -> str:
    return palette.color(group, role).name()


@lru_cache(maxsize=512)
def _drawn(name: str, normal: str, disabled: str, selected: str) -> QIcon:
    try:
        source = read_text("icons", f"{name}.svg")
    except FileNotFoundError:
        log.warning("there is no icon named %s", name)
        return QIcon()
    drawn = QIcon()
    if _CURRENT in source:
        drawn = QIcon(_Lines(source, normal, disabled, selected))
    else:
        for size in _OWN_COLOUR_SIZES:
            drawn.addPixmap(_render(source, "", QSize(size, size)))
    _names[drawn.cacheKey()] = name
    return drawn


class _Lines(QIconEngine):
    """Draws an icon when it is shown, in the size of its place and the colour of its mode."""

    def __init__(self, source: str, normal: str, disabled: str, selected: str) -> None:
        super().__init__()
        self._source = source
        self._colours = {QIcon.Mode.Disabled: disabled, QIcon.Mode.Selected: selected}
        self._normal = normal

    def clone(self) -> QIconEngine:
        """Returns the same drawing, for an icon that is extended."""
        disabled, selected = self._colours.values()
        return _Lines(self._source, self._normal, disabled, selected)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Returns the drawing in device pixels."""
        return _render(self._source, self._colours.get(mode, self._normal), size)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws into a rectangle."""
        size = rect.size() * painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(size, mode, state))


@lru_cache(maxsize=512)
def _render(source: str, colour: str, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.replace(_CURRENT, colour).encode())).render(painter)
    painter.end()
    return pixmap
