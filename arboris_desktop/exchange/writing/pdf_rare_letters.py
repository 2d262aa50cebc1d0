"""Letters beyond U+FFFF in a PDF: 𠮷, 𪚥, 𝒜.

Qt draws them, but its tables end at U+FFFF, so that they could neither be found nor copied. Qt
numbers the glyphs of a font in the order in which they are first drawn, so the glyphs without a
letter are these letters in the order of the text. If their numbers differ, none is named: better no
letter than a wrong one.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence

Rare = Mapping[str, Sequence[str]]
"""The letters drawn with each font, by its name, in the order of the text."""

_AT_ONCE = 100
"""Entries that a list in a table may have."""
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<[0-9A-F]{4}>|\[[^\]]*\])")
_DESCRIPTOR, _SIGNS = re.compile(rb"/FontDescriptor (\d+) 0 R"), re.compile(rb"/CIDSet (\d+) 0 R")
_STREAM = re.compile(rb"/Length (\d+)\s*>>\s*stream\r?\n")
_END = b"endcmap"
_NAMES, _NAME = struct.Struct(">HHH"), struct.Struct(">HHHHHH")
_POSTSCRIPT, _MACINTOSH = 6, 1


def with_rare_letters(data: bytes, number: int, table: bytes, rare: Rare) -> bytes:
    """Returns the table of that number in a file, with the missing letters."""
    font = _font(data, number) if rare and table else None
    letters = rare.get(font[0], ()) if font else ()
    if font is None or not letters:
        return table
    signs = _without_letter(data, font[1], table)
    if len(signs) != len(letters):
        return table
    place = table.rfind(_END)
    named = b"".join(_lists(list(zip(signs, letters, strict=True))))
    return table[:place] + named + table[place:] if place >= 0 else table


def postscript_name(names: bytes) -> str:
    """Returns the name by which a file calls a font, from the font's name table; may be empty."""
    if len(names) < _NAMES.size:
        return ""
    _format, count, strings = _NAMES.unpack_from(names)
    for start in range(
        _NAMES.size, min(len(names) - _NAME.size, _NAME.size * count) + 1, _NAME.size
    ):
        platform, _encoding, _language, kind, length, offset = _NAME.unpack_from(names, start)
        if kind == _POSTSCRIPT:
            text = names[strings + offset : strings + offset + length]
            return text.decode("latin-1" if platform == _MACINTOSH else "utf-16-be", "replace")
    return ""


def _font(data: bytes, number: int) -> tuple[str, int] | None:
    """Returns the name of the font with a given table, and the number of its description."""
    pattern = (
        rb"/BaseFont /(\S+)\s+/Encoding[^>]*?/DescendantFonts \[(\d+) 0 R\]\s*/ToUnicode %d 0 R"
    )
    found = re.search(pattern % number, data)
    return (found[1].decode("latin-1"), int(found[2])) if found else None


def _without_letter(data: bytes, font: int, table: bytes) -> list[int]:
    """Returns the glyphs of a font that its table does not name."""
    descriptor = _DESCRIPTOR.search(data, _place(data, font))
    listed = _SIGNS.search(data, _place(data, int(descriptor[1]))) if descriptor else None
    stream = _STREAM.search(data, _place(data, int(listed[1]))) if listed else None
    if stream is None:
        return []
    bits = data[stream.end() : stream.end() + int(stream[1])]
    signs = {8 * n + bit for n, byte in enumerate(bits) for bit in range(8) if byte << bit & 0x80}
    for first, last in _RANGE.findall(table):
        signs -= set(range(int(first, 16), int(last, 16) + 1))
    return sorted(signs - {0})


def _place(data: bytes, number: int) -> int:
    """Returns the offset of an object in a file; the end of the file if there is none."""
    place = data.find(b"\n%d 0 obj" % number)
    return place if place >= 0 else len(data)


def _lists(pairs: Sequence[tuple[int, str]]) -> Iterator[bytes]:
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        yield b"%d beginbfchar\n" % len(some)
        for sign, letter in some:
            yield b"<%04X> <%s>\n" % (sign, letter.encode("utf-16-be").hex().upper().encode())
        yield b"endbfchar\n"
