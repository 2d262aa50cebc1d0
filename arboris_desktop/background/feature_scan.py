"""Keeps libraries from reading what the window has no use for."""

from __future__ import annotations

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401  (brings the module that is looked for below)

_FEATURES = "shibokensupport.feature"
_COMMAND_LINE = "httpx._main"


def skip_feature_scan() -> None:
    """Spares a start a tenth of a second, and what is read later a fault.

    Once QtCore is there, PySide6 reads the source of each module that is imported and looks for
    its own name in it, in case that ``from __feature__ import snake_case`` is ever used. On the way
    it asks the module for a name that it has not; a module of pydantic answers that by reading
    another one, which may be half read at this moment: a task failed by that (ImportError).

    Nothing here uses that feature, so "uses Qt, without features" is right for every module. Where
    PySide6 has no such thing (it is not of its public interface), nothing is changed.
    """
    features: Any = sys.modules.get(_FEATURES)
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = lambda _module: True


def skip_command_line_of_httpx() -> None:
    """Spares the memory some megabytes, and the first novel that is opened a tenth of a second.

    Where the libraries of a command line are installed, httpx reads its own, which nobody calls,
    and with it those for colours and tables in a terminal. It does without them where they are not.
    """
    modules: dict[str, Any] = sys.modules
    modules.setdefault(_COMMAND_LINE, None)
