"""Where a Flatpak differs from any other place in which the application runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_DESKTOP_FILE = "arboris-desktop"


def desktop_file_name(environment: Mapping[str, str]) -> str:
    """The menu entry that the windows belong to; a Flatpak's bears the name of the Flatpak."""
    return environment.get("FLATPAK_ID") or _DESKTOP_FILE


def socket_name(name: str, environment: Mapping[str, str]) -> str:
    """The local socket by which one start finds another.

    Each start of a Flatpak has a folder for temporary files of its own, where the others would
    never look; one folder they share, and there the socket has its full path.
    """
    flatpak, runtime = environment.get("FLATPAK_ID"), environment.get("XDG_RUNTIME_DIR")
    if not flatpak or not runtime:
        return name
    return str(Path(runtime) / "app" / flatpak / name)
