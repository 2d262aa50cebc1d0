"""Titles as file names, on any system."""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_NOT_IN_NAMES = lazy_pattern(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_DEVICE = lazy_pattern(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever follows the first dot."""
_MOST_CHARACTERS = 80
_MOST_BYTES = 200


def file_stem(title: str) -> str:
    """Returns a title as a file name without extension; empty if no character of it is allowed."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(" .")[:_MOST_CHARACTERS]
    short = plain.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
    return f"_{short}" if _DEVICE.match(short) else short
