"""The looks of the application, which is one for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from arboris_desktop.ui.widgets import theme


@contextmanager
def looks_given_back(app: QApplication) -> Iterator[None]:
    """Leaves the application as it was, and a theme that was shown has to be shown again."""
    palette, sheet = app.palette(), app.styleSheet()
    try:
        yield
    finally:
        for follower in app.findChildren(theme._SchemeFollower):
            delete(follower)
        app.setPalette(palette)
        app.setStyleSheet(sheet)
