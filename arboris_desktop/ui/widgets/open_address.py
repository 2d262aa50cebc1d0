"""Opening pages and folders with the desktop's own programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_LIBRARIES = "LD_LIBRARY_PATH"


def open_address(address: QUrl) -> bool:
    """Asks the desktop to open it; returns false if nothing can."""
    with _libraries_of_the_system():
        return QDesktopServices.openUrl(address)


@contextmanager
def _libraries_of_the_system() -> Iterator[None]:
    """Restores the library path of the system: a browser started with that of a frozen program
    would load our libraries and fail."""
    if not getattr(sys, "frozen", False):
        yield
        return
    ours = os.environ.pop(_LIBRARIES, None)
    if (before := os.environ.get(f"{_LIBRARIES}_ORIG")) is not None:
        os.environ[_LIBRARIES] = before
    try:
        yield
    finally:
        os.environ.pop(_LIBRARIES, None)
        if ours is not None:
            os.environ[_LIBRARIES] = ours
