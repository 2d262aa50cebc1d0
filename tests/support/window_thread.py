"""Notices who asks the database on the window's thread, where nobody may wait for a server."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from arboris_desktop.storage.database import Database

_OURS = ("/arboris_desktop/ui/", "/arboris_desktop/background/", "/arboris_desktop/llm/")


@contextmanager
def noticing_waits() -> Iterator[list[str]]:
    """Collects, for the length of a block, the places in the window's code that did so."""
    found: list[str] = []

    def noticing(ask: Callable[..., Any]) -> Callable[..., Any]:
        def call(database: Database) -> Any:
            if threading.current_thread() is threading.main_thread():
                found.extend(_place())
            return ask(database)

        return call

    with ExitStack() as patched:
        for name in ("read", "write", "claim"):
            noticed = noticing(getattr(Database, name))
            patched.enter_context(mock.patch.object(Database, name, noticed))
        yield found


def _place() -> Iterator[str]:
    """The nearest function of the window, unless a test called what it called."""
    frame = sys._getframe(2)
    while frame.f_back is not None:
        file = frame.f_code.co_filename
        if "/tests/" in file and "window_thread" not in file:
            return
        if any(part in file for part in _OURS):
            yield f"{file}:{frame.f_lineno}"
            return
        frame = frame.f_back
