"""Finds the read-only files that ship with the application: icons, prompts, samples, themes.

They lie in one folder, whose place depends on how the application came to this machine.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Returns the place of a shipped file or folder, such as ``("icons", "book.svg")``.

    Raises FileNotFoundError, carrying the name relative to the resources folder, when there is
    nothing of that name or when the name leads out of the folder.
    """
    root = _root()
    # Normalised as text, not resolved: a macOS bundle links its data in from another folder.
    path = Path(os.path.normpath(root.joinpath(*parts)))
    if not path.is_relative_to(root) or not path.exists():
        raise FileNotFoundError(errno.ENOENT, "no such resource", "/".join(parts))
    return path


def read_text(*parts: str) -> str:
    """Returns the text of a shipped UTF-8 file. Raises FileNotFoundError as resource_path does."""
    return resource_path(*parts).read_text(encoding="utf-8")


def third_party_list() -> Path | None:
    """The list of the works inside and their licences; only a frozen program has it."""
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    path = None if bundle is None else Path(os.path.normpath(bundle)) / "THIRD_PARTY.md"
    return path if path is not None and path.is_file() else None


def _root() -> Path:
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(os.path.normpath(bundle)) / "resources"
    # Asked before the checkout: in site-packages, "resources" may be another project's folder.
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"
