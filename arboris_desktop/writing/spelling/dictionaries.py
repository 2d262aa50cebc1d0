"""The dictionaries of Hunspell on this computer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from arboris_desktop.resources import resource_path

_UNIX = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell")
_LINUX_OFFICE = ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/opt/libreoffice*")
_MAC_OFFICE = "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*"
_NONE_OF_WORDS = ("hyph_", "th_")
"""LibreOffice keeps hyphenation and a thesaurus beside the words."""


def system_folders(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Folders in which this system, and its LibreOffice, keep dictionaries."""
    home = Path.home()
    if sys.platform == "win32":
        programs = Path(environment.get("PROGRAMFILES", r"C:\Program Files"))
        return _matching(programs / "LibreOffice" / "share" / "extensions", "dict-*")
    if sys.platform == "darwin":
        own = [home / "Library" / "Spelling", Path("/Library/Spelling")]
        return [*own, *_matching(Path("/"), _MAC_OFFICE.lstrip("/"))]
    own = [home / ".local" / "share" / "hunspell", *map(Path, _UNIX)]
    office = (f"{place.lstrip('/')}/share/extensions/dict-*" for place in _LINUX_OFFICE)
    return [*own, *(folder for each in office for folder in _matching(Path("/"), each))]


def find_dictionaries(folders: Iterable[Path]) -> dict[str, Path]:
    """Maps names of dictionaries, such as "en_GB", to their files without extension.

    Those of the folders come first, then ours, then the system's. Unreadable ones are left out.
    """
    found: dict[str, Path] = {}
    for folder in (*folders, resource_path("dictionaries"), *system_folders()):
        for words in _matching(folder, "*.dic"):
            if words.with_suffix(".aff").is_file() and not words.name.startswith(_NONE_OF_WORDS):
                found.setdefault(words.stem.replace("-", "_"), words.with_suffix(""))
    return dict(sorted(found.items()))


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []
