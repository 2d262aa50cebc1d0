"""The look of the window: Fusion, two palettes kept as data, and a small style sheet.

Palettes define text and background colours; the style sheet only adds what a palette cannot:
spacing and a focus ring.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from functools import lru_cache
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QCursor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QToolTip, QWidget

from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.resources import read_text, resource_path
from arboris_desktop.ui.widgets.icons import refresh_icons
from arboris_desktop.ui.widgets.mnemonics import ReadNames

_QT_SCHEMES = {
    ColourScheme.SYSTEM: Qt.ColorScheme.Unknown,
    ColourScheme.LIGHT: Qt.ColorScheme.Light,
    ColourScheme.DARK: Qt.ColorScheme.Dark,
}

_DRAWINGS = {"DownArrow": "down", "UpArrow": "up", "Tick": "tick"}
"""Drawings for fields and boxes in the style sheet, in the colours of each theme."""

_QUIET = "quiet"
"""The property of what has the keyboard without a ring; the style sheet asks for it."""
_RINGED_ROWS = ("pages", "unboxed")
"""The names of lists whose rows have the ring."""
_OF_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Tone(StrEnum):
    """The meaning of a coloured text, which the words convey as well."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@record
class ToneColours:
    """Colours as ``#rrggbb``: text, background, and border."""

    text: str
    ground: str
    edge: str


def apply_theme(app: QApplication, scheme: ColourScheme) -> None:
    """Gives the application its style and colours; it may be called repeatedly.

    With ``SYSTEM`` the window follows when the system changes between light and dark.
    """
    _follower(app).follow(scheme)


def prepare_theme(app: QApplication, scheme: ColourScheme) -> None:
    """Sets style and colours before there are widgets, so that their icons are drawn once.

    The style sheet waits for ``apply_theme``: it would be applied to each widget that is made.
    """
    _follower(app).colour(scheme)


def _follower(app: QApplication) -> _SchemeFollower:
    follower = app.findChild(_SchemeFollower)
    if follower is None:
        app.setStyle("Fusion")
        follower = _SchemeFollower(app)
        _FocusRing(app, follower)
        ReadNames(app, follower)
    return follower


def is_dark(palette: QPalette) -> bool:
    """True if the palette's window is darker than its text."""
    window = palette.color(QPalette.ColorRole.Window)
    return window.lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()


def tone_colours(palette: QPalette, tone: Tone) -> ToneColours:
    """Returns the colours of a tone for the palette of a widget."""
    return ToneColours(**_theme(is_dark(palette))["tones"][tone.value])


def own_colours(
    dark: bool, roles: Iterable[QPalette.ColorRole]
) -> dict[QPalette.ColorRole, QColor]:
    """Returns the colours of some roles in the dark or the light theme."""
    palette = _theme(dark)["palette"]
    return {role: QColor(palette[role.name]) for role in roles}


class _SchemeFollower(QObject):
    """Keeps the application in the chosen scheme when the system's changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = ColourScheme.SYSTEM
        self._coloured: bool | None = None
        self._shown: bool | None = None
        app.styleHints().colorSchemeChanged.connect(self._show)

    def follow(self, scheme: ColourScheme) -> None:
        self._choose(scheme)
        self._show()

    def colour(self, scheme: ColourScheme) -> None:
        self._choose(scheme)
        self._set_colours()

    def _choose(self, scheme: ColourScheme) -> None:
        self._scheme = scheme
        # Title bars and native dialogs follow this where the platform supports it.
        self._app.styleHints().setColorScheme(_QT_SCHEMES[scheme])

    @Slot()
    def _show(self) -> None:
        dark = self._is_dark()
        if dark == self._shown:
            return
        self._shown = dark
        self._set_colours()
        # The first style sheet changes no fonts; asking every widget for its own would delay the
        # window.
        with _own_fonts(self._app) if self._app.styleSheet() else nullcontext():
            self._app.setStyleSheet(_style_sheet(dark))

    def _set_colours(self) -> None:
        dark = self._is_dark()
        if dark == self._coloured:
            return
        self._coloured = dark
        palette = _palette(dark)
        self._app.setPalette(palette)
        QToolTip.setPalette(palette)
        refresh_icons(self._app)

    def _is_dark(self) -> bool:
        if self._scheme is ColourScheme.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme is ColourScheme.DARK


class _FocusRing(QObject):
    """Tells the style sheet whether the author works by keys or with the mouse.

    It knows who has the keyboard, but not how it came there: a button that was clicked, or that is
    the first of a page that was opened by the mouse, would look like the next step.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._by_keys = False
        self._pointer = QCursor.pos()
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        self._look_at_hands(now.window())
        if not isinstance(now, QAbstractButton | QTabBar) and now.objectName() not in _RINGED_ROWS:
            return
        if bool(now.property(_QUIET)) == self._by_keys:
            now.setProperty(_QUIET, not self._by_keys)
            now.style().unpolish(now)
            now.style().polish(now)

    def _look_at_hands(self, window: QWidget) -> None:
        """The mouse may have been used where nothing takes the keyboard: it has moved since."""
        where, before = QCursor.pos(), self._pointer
        self._pointer = where
        by_tab = Qt.WidgetAttribute.WA_KeyboardFocusChange
        if window.testAttribute(by_tab):
            # Qt sets it when Tab or an access key moves the keyboard, and never takes it back.
            window.setAttribute(by_tab, False)
            self._by_keys = True
        elif QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._by_keys = False
        elif QGuiApplication.keyboardModifiers() & _OF_COMMANDS:
            self._by_keys = True
        elif where != before:
            self._by_keys = False


@contextmanager
def _own_fonts(app: QApplication) -> Iterator[None]:
    """Restores the fonts that were set on widgets, which Qt forgets when the style sheet
    changes."""
    has_own = Qt.WidgetAttribute.WA_SetFont
    kept = [(each, QFont(each.font())) for each in app.allWidgets() if each.testAttribute(has_own)]
    yield
    for widget, font in kept:
        if widget.font() != font:
            widget.setFont(font)


@lru_cache(maxsize=2)
def _theme(dark: bool) -> dict[str, Any]:
    return tomllib.loads(read_text("themes", "dark.toml" if dark else "light.toml"))


def _palette(dark: bool) -> QPalette:
    theme = _theme(dark)
    palette = QPalette()
    for role, colour in theme["palette"].items():
        palette.setColor(QPalette.ColorRole[role], QColor(colour))
    for role, colour in theme["disabled"].items():
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], QColor(colour))
    return palette


def _style_sheet(dark: bool) -> str:
    theme = _theme(dark)
    values = theme["palette"] | theme["extra"] | {"DisabledText": theme["disabled"]["Text"]}
    for name, file in _DRAWINGS.items():
        drawing = resource_path("themes", f"{'dark' if dark else 'light'}-{file}.svg")
        values[name] = drawing.as_posix()
    return Template(read_text("themes", "style.qss")).substitute(values)
