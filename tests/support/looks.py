"""The looks of the application, which is one for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from arboris_desktop.ui.widgets import theme


@contextmanager
def looks_given_back(app: QApplication) -> Iterator[None]:
    """Leaves the application as it was, also its language; a theme that was shown has to be shown
    again."""
    palette, sheet, locale, font = app.palette(), app.styleSheet(), QLocale(), app.font()
    translators = app.findChildren(QTranslator)
    try:
        yield
    finally:
        for follower in app.findChildren(theme._SchemeFollower):
            delete(follower)
        for translator in app.findChildren(QTranslator):
            if translator not in translators:
                app.removeTranslator(translator)
                delete(translator)
        QLocale.setDefault(locale)
        app.setPalette(palette)
        app.setStyleSheet(sheet)
        if app.font() != font:
            app.setFont(font)
