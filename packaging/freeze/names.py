"""The names of the application, in the one place that every installer takes them from."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

APPLICATION = "Arboris Desktop"
COMMAND = "arboris-desktop"
"""The program, its package and its folder."""

BUNDLE_IDENTIFIER = "io.github.arboris.Desktop"
"""The reverse domain name by which app stores and macOS know it."""

NOVEL_SUFFIX = ".arboris"
NOVEL_TYPE = "application/vnd.arboris.novel"
"""The file in which a novel is carried to another computer, and its MIME type."""

NOVEL_UTI = "io.github.arboris.novel"
"""The same type in the words of macOS."""

CONTACT = os.environ.get("ARBORIS_CONTACT") or "arboris-desktop@users.noreply.github.com"
"""The address at which the packages' makers are reached; a release sets the variable."""

AUTHORS = "Arboris Desktop contributors"
SUMMARY = "Write long novels with a language model"


def version() -> str:
    """The version, as `arboris_desktop/__init__.py` has it; nothing is imported for it."""
    text = (ROOT / "arboris_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, flags=re.M)
    if found is None:
        raise ValueError("arboris_desktop/__init__.py has no __version__")
    return found[1]
