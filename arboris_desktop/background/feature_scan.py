"""Keeps PySide6 from reading the source of every module that is imported."""

from __future__ import annotations

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401  (brings the module that is looked for below)

_FEATURES = "shibokensupport.feature"


def skip_feature_scan() -> None:
    """Spares a start a tenth of a second.

    Once QtCore is there, PySide6 reads the source of each module that is imported and looks for
    its own name in it, in case that ``from __feature__ import snake_case`` is ever used. Nothing
    here uses it, so "uses Qt, without features" is right for every module. Where PySide6 has no
    such thing (it is not of its public interface), nothing is changed.
    """
    features: Any = sys.modules.get(_FEATURES)
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = lambda _module: True
