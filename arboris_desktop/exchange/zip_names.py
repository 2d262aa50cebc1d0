"""Inspecting files that may be zips."""

from __future__ import annotations

import zipfile
from pathlib import Path


def names_in_zip(path: Path) -> list[str]:
    """Returns the names of the members of a file; none if it is not a readable zip."""
    try:
        if not path.is_file():  # Opening a pipe would block for ever.
            return []
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return []
        with zipfile.ZipFile(path) as zipped:
            return zipped.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return []
