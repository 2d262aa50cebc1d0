"""From the bytes of a text file to clean text: finding the encoding, dropping what is not text.

The text is not brought to a Unicode normal form (NFC). NFC replaces CJK compatibility ideographs,
which appear in names, by other characters, and what the author wrote is not ours to change. What
compares texts (evidence, search) normalises on its own.
"""

from __future__ import annotations

import codecs

from arboris_desktop.domain.errors import ArborisError, ErrorKind

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Larger files are refused: no novel is that long, and the text is held in memory."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_EVERYDAY = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對"
    "生能而子那得于着著下自之年过過发發后後作里裡道行所然家种種事成方多经經么麼去如都日曰看起"
    "還还好章回第，。、：；？！“”「」《》　…—"
)
"""Characters that every Chinese text is full of and that other bytes do not decode to by chance."""

_MAX_WESTERN_SHARE = 0.3
"""Of a text in a Western language at most so many bytes are accented letters or quotes."""

_DELETED = [
    *range(0x00, 0x09),
    *range(0x0E, 0x20),
    0x7F,
    0x00AD,  # soft hyphen
    0x200B,  # zero-width space; the joiners 200C and 200D stay, they shape emoji
    *range(0x200E, 0x2010),  # marks of writing direction
    *range(0x202A, 0x202F),
    0x2060,  # word joiner
    *range(0x2066, 0x206A),
    0xFEFF,  # byte order mark
    0xFFFE,
    0xFFFF,
]
_CLEANING: dict[int, str | None] = {
    **dict.fromkeys(_DELETED),
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x2028, 0x2029), "\n"),
    # Windows characters that a program took for Latin-1, so that ’ became U+0092.
    **{byte: bytes([byte]).decode("cp1252", "ignore") or None for byte in range(0x80, 0xA0)},
}


def decode_text(data: bytes) -> str:
    """The text of a file, with ``\\n`` line ends and without invisible characters.

    Tries, in this order: a byte order mark, UTF-16 without one (where there are NUL bytes),
    UTF-8, the Chinese encodings GB18030 and Big5, Windows-1252. A few damaged bytes in a long
    UTF-8 or Chinese file become U+FFFD.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) for what is too large, not text, or in an
    encoding that cannot be told.
    """
    if len(data) > MAX_FILE_BYTES:
        raise _unreadable(f"the file is larger than {MAX_FILE_BYTES // 1024**2} MiB")
    text = _decode(data)
    if _is_binary(text):
        raise _unreadable("the file is not a text file")
    return clean_text(text)


def clean_text(text: str) -> str:
    """The text with ``\\n`` line ends, without control and invisible characters."""
    return text.replace("\r\n", "\n").translate(_CLEANING)


def _unreadable(reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_marked(data[len(mark) :], encoding)
    if b"\0" in data:
        return _utf16_without_mark(data)
    for attempt in (_utf8, _chinese, _western):
        text = attempt(data)
        if text is not None:
            return text
    raise _unreadable("the encoding of the file cannot be told; save it as UTF-8")


def _as_marked(data: bytes, encoding: str) -> str:
    """A file that says what it is; damage is tolerated as in ``_mostly``."""
    text = _mostly(data, encoding)
    if text is None:
        raise _unreadable(f"the file begins as {encoding.upper()} but is not valid as such")
    return text


def _utf16_without_mark(data: bytes) -> str:
    texts = [_strict(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max((text for text in texts if text), key=_ordinary_share, default="")
    if "\0" in best or _ordinary_share(best) < 0.1:
        raise _unreadable("the file is not a text file")
    return best


def _utf8(data: bytes) -> str | None:
    return _mostly(data, "utf-8")


def _chinese(data: bytes) -> str | None:
    """GB18030 or Big5, whichever gives more everyday characters, if it gives enough of them."""
    texts = [_mostly(data, encoding) for encoding in ("gb18030", "cp950")]
    best = max((text for text in texts if text), key=_everyday_share, default="")
    return best if _everyday_share(best) >= 0.05 else None


def _western(data: bytes) -> str | None:
    high = sum(data.count(byte) for byte in range(0x80, 0x100))
    return _strict(data, "cp1252") if high <= _MAX_WESTERN_SHARE * len(data) else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly(data: bytes, encoding: str) -> str | None:
    """Decoded, if at most one in a hundred of the characters beyond ASCII is damaged.

    A file cut in the middle of a character, or with a few bad bytes, must not be taken for
    another encoding: that would turn all of it into nonsense.
    """
    text = _strict(data, encoding)
    if text is not None:
        return text
    text = data.decode(encoding, "replace")
    beyond_ascii = sum(not character.isascii() for character in text)
    return text if text.count("\ufffd") * 100 <= beyond_ascii else None


def _everyday_share(text: str) -> float:
    """The share of everyday Chinese characters among those that are not ASCII."""
    foreign = [character for character in text[:100_000] if not character.isascii()]
    return sum(character in _EVERYDAY for character in foreign) / len(foreign) if foreign else 0.0


def _ordinary_share(text: str) -> float:
    """The share of ASCII and everyday Chinese characters."""
    sample = text[:100_000]
    return sum(c.isascii() or c in _EVERYDAY for c in sample) / len(sample) if sample else 0.0


def _is_binary(text: str) -> bool:
    """Whether there are more control characters than stray ones, or a NUL."""
    controls = sum(text.count(chr(code)) for code in (*range(0x01, 0x09), *range(0x0E, 0x20)))
    return "\0" in text or controls > max(2, len(text) // 500)
