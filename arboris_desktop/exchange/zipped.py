"""A look into files that may be zips."""

from __future__ import annotations

import zipfile
from pathlib import Path


def names_in_zip(path: Path) -> list[str]:
    """The names of what a file holds; none if it cannot be read as a zip."""
    try:
        if not path.is_file():  # a pipe would be waited for, for ever
            return []
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return []
        with zipfile.ZipFile(path) as zipped:
            return zipped.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return []
