"""The differences of a Flatpak from any other place in which the application runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_DESKTOP_FILE = "arboris-desktop"


def desktop_file_name(environment: Mapping[str, str]) -> str:
    """The menu entry that the windows belong to; a Flatpak's bears the name of the Flatpak."""
    return environment.get("FLATPAK_ID") or _DESKTOP_FILE


def runtime_folder(environment: Mapping[str, str]) -> str | None:
    """The folder for sockets that all starts of this user find.

    Each start of a Flatpak has a folder of its own for such things; one in it they share.
    """
    flatpak, runtime = environment.get("FLATPAK_ID"), environment.get("XDG_RUNTIME_DIR")
    if not runtime:
        return None
    return str(Path(runtime, "app", flatpak)) if flatpak else runtime
