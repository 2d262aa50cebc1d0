"""The icons that ship with the application, drawn in the colours of the palette.

The files use ``currentColor``; it becomes the palette's text colour, so one drawing serves the
light and the dark window. Icons with colours of their own (the app's, the tray's) keep them.
"""

from __future__ import annotations

import logging
from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar

from arboris_desktop.resources import read_text

log = logging.getLogger(__name__)

# What 16, 20, 24 and 32 become at a scale of 1, 1.5, 2 and 3, so that no pixel is interpolated.
_SIZES = (16, 20, 24, 30, 32, 40, 48, 64)
_OWN_COLOUR_SIZES = (16, 22, 24, 32, 44, 48, 64, 128, 256)
_CURRENT = "currentColor"

_names: dict[int, str] = {}
"""From ``QIcon.cacheKey`` to the icon's name: how a shown icon is redrawn in new colours."""


def icon(name: str) -> QIcon:
    """The icon ``resources/icons/NAME.svg`` in the colours of the present palette.

    A missing file gives an empty icon and a warning in the log: no window fails for an ornament.
    """
    palette = QGuiApplication.palette()
    return _drawn(
        name,
        _colour(palette, QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText),
        _colour(palette, QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText),
        _colour(palette, QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
    )


def tinted_pixmap(name: str, colour: str, size: int, device_pixel_ratio: float) -> QPixmap:
    """A square picture for a label; ``size`` in device-independent pixels."""
    drawn = _drawn(name, colour, colour, colour)
    return drawn.pixmap(QSize(size, size), device_pixel_ratio)


def refresh_icons(app: QApplication) -> None:
    """Redraws the icons of all buttons, tabs and actions after the palette has changed."""
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
        pictures = _render(source, normal, _SIZES)
        _add(drawn, pictures, QIcon.Mode.Normal)
        _add(drawn, [_tinted(each, disabled) for each in pictures], QIcon.Mode.Disabled)
        _add(drawn, [_tinted(each, selected) for each in pictures], QIcon.Mode.Selected)
    else:
        _add(drawn, _render(source, "", _OWN_COLOUR_SIZES), QIcon.Mode.Normal)
    _names[drawn.cacheKey()] = name
    return drawn


def _render(source: str, colour: str, sizes: tuple[int, ...]) -> list[QPixmap]:
    renderer = QSvgRenderer(QByteArray(source.replace(_CURRENT, colour).encode()))
    pictures = []
    for size in sizes:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        pictures.append(pixmap)
    return pictures


def _tinted(picture: QPixmap, colour: str) -> QPixmap:
    """The same lines in another colour; much cheaper than drawing them again."""
    tinted = QPixmap(picture)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), QColor(colour))
    painter.end()
    return tinted


def _add(target: QIcon, pictures: list[QPixmap], mode: QIcon.Mode) -> None:
    for picture in pictures:
        target.addPixmap(picture, mode)
