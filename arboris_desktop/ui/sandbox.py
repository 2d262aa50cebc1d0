"""Differences when the application runs as a Flatpak."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_DESKTOP_FILE = "arboris-desktop"


def desktop_file_name(environment: Mapping[str, str]) -> str:
    """Returns the desktop file of the windows; a Flatpak's is named after the Flatpak."""
    return environment.get("FLATPAK_ID") or _DESKTOP_FILE


def runtime_folder(environment: Mapping[str, str]) -> str | None:
    """Returns a folder for sockets that all processes of this user can find.

    Each start of a Flatpak has a private folder for sockets; they share one within it.
    """
    flatpak, runtime = environment.get("FLATPAK_ID"), environment.get("XDG_RUNTIME_DIR")
    if not runtime:
        return None
    return str(Path(runtime, "app", flatpak)) if flatpak else runtime
