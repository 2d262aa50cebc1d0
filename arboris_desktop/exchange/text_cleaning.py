"""Dropping from a text what is none: control and invisible characters."""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_DELETED = [
    *range(0x00, 0x09),
    *range(0x0E, 0x20),
    0x7F,
    0x00AD,  # Soft hyphen.
    0x200B,  # Zero-width space; the joiners 200C and 200D stay, they form emoji.
    *range(0x200E, 0x2010),  # Marks of writing direction.
    *range(0x202A, 0x202F),
    0x2060,  # Word joiner.
    *range(0x2066, 0x206A),
    0xFEFF,  # Byte order mark.
    0xFFFE,
    0xFFFF,
]
_CLEANING: dict[str, str] = {
    **{chr(code): "" for code in _DELETED},
    **dict.fromkeys("\x0b\x0c\r\u2028\u2029", "\n"),
    # Invisible letters with which sites indent.
    **dict.fromkeys("\u3164\u2800\u115f\u1160\uffa0", "\u3000"),
    # Windows characters that a program read as Latin-1, so that ’ became U+0092.
    **{chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)},
}
_UNCLEAN = lazy_pattern(f"[{re.escape(''.join(_CLEANING))}]")
_CONTROLS = lazy_pattern("[\x01-\x08\x0e-\x1f]")


def clean_text(text: str) -> str:
    """The text with ``\\n`` line ends, without control and invisible characters."""
    plain = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    return _UNCLEAN.sub(lambda match: _CLEANING[match[0]], plain)


def is_binary(text: str) -> bool:
    """True if there are more than a few control characters, or a NUL."""
    return "\0" in text or len(_CONTROLS.findall(text)) > max(2, len(text) // 500)
