"""Runs a Qt program and prints a line when its main window can be seen, with its processor time.

Called as a script of its own, so that nothing but the program is imported:
`first_window.py BINDING MODULE FUNCTION`, for example `first_window.py PySide6 app main`.
"""

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

WAYS_TO_SHOW = ("show", "showNormal", "showMaximized")


def main(binding: str, module: str, function: str) -> None:
    """Runs ``module.function()`` until it ends or the process is ended."""
    core: Any = importlib.import_module(f"{binding}.QtCore")
    window_class: Any = importlib.import_module(f"{binding}.QtWidgets").QMainWindow

    def tell_when_exposed(window: Any) -> None:
        handle = window.windowHandle()
        if handle is not None and handle.isExposed():
            print("visible", time.process_time(), flush=True)
        else:
            core.QTimer.singleShot(1, lambda: tell_when_exposed(window))

    def noticed(show: Callable[[Any], None]) -> Callable[[Any], None]:
        def show_and_tell(window: Any) -> None:
            show(window)
            core.QTimer.singleShot(0, lambda: tell_when_exposed(window))

        return show_and_tell

    for name in WAYS_TO_SHOW:
        setattr(window_class, name, noticed(getattr(window_class, name)))
    sys.argv = [module]
    getattr(importlib.import_module(module), function)()


if __name__ == "__main__":
    main(*sys.argv[1:])
