"""From the bytes of a text file to clean text, whose encoding is detected.

The text is not normalised to NFC, which would replace CJK compatibility ideographs in names by
other characters; what the author wrote is not ours to change. Comparisons (evidence, search)
normalise on their own.
"""

from __future__ import annotations

import codecs
import re

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.text_cleaning import clean_text, is_binary
from arboris_desktop.text.patterns import lazy_pattern

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Larger files are rejected: no novel is that long, and the text is held in memory."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark is the beginning of this one.
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

ENCODINGS = (
    "utf-8",
    "gb18030",
    "big5",
    "utf-16-le",
    "utf-16-be",
    "windows-1252",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1250",
    "windows-1251",
    "koi8-r",
    "iso-8859-1",
    "mac-roman",
)
"""The encodings that an author can choose from if the guess is wrong."""

_SAMPLE_BYTES = 200_000
"""Bytes from which the encoding is guessed."""

_SURELY_ORDINARY = 0.5
_SURELY_EVERYDAY = 0.15
_HARDLY_ORDINARY = 0.1
"""A text decoded with the wrong encoding has a smaller share of ordinary characters than this."""

_OF_OLD_MAC = lazy_pattern(r"[a-z][ÒÓÔÕ](?=[a-z])|[.,!?][ÓÕ]")
_LEAST_MARKS = 2
_FEW_BYTES = 40
_MAX_WESTERN_SHARE = 0.3
"""The largest share of accented letters and quotes in a text in a Western language."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,40})",
    re.I,
)
_HEAD_BYTES = 2048
_NO_CHARSETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")
"""Encodings of names and of programs. Decoding much with the first takes for ever."""


@record
class Decoded:
    """The text of a file and the encoding in which it was read. ``damaged`` counts characters."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, encoding: str = "", *, keeps_pages: bool = False) -> Decoded:
    """The text of a file, with ``\\n`` line ends and without invisible characters.

    Without an ``encoding`` it tries, in this order: a byte order mark, UTF-16 without one (where
    there are NUL bytes), UTF-8, the Chinese encodings GB18030 and Big5, Windows-1252, and what a
    library takes for most likely. A few damaged bytes in a long UTF-8 or Chinese file become
    U+FFFD, a few NUL bytes are dropped. With ``keeps_pages``, form feeds stay where they are.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) for what is too large, not text, or in an
    encoding that cannot be told.
    """
    if len(data) > MAX_FILE_BYTES:
        raise _unreadable(f"the file is larger than {MAX_FILE_BYTES // 1024**2} MiB")
    text, name = _as_told(data, encoding) if encoding else _guessed(data)
    if is_binary(text):
        raise _unreadable("the file is not a text file")
    ends = "\f" if keeps_pages else ""
    text = ends.join(map(clean_text, text.split(ends))) if ends else clean_text(text)
    return Decoded(text, name, text.count("\ufffd"))


def stated_encoding(data: bytes) -> str:
    """Returns the encoding that a page declares, if it exists and fits."""
    match = _CHARSET.search(data[:_HEAD_BYTES])
    if match is None or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return ""
    return fitting_encoding(data, (match[1] or match[2]).decode("ascii", "replace"))


def fitting_encoding(data: bytes, stated: str) -> str:
    """Returns the encoding of that name, if it exists and is suitable for a page; otherwise
    nothing."""
    try:
        name = codecs.lookup(stated.lower()).name if stated else ""
        name = "gb18030" if name in ("gb2312", "gbk") else name
        if not name or name in _NO_CHARSETS:
            return ""
        data.decode(name)
    except (LookupError, ValueError):
        return ""
    return name


def _unreadable(reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)


def _as_told(data: bytes, encoding: str) -> tuple[str, str]:
    """Decodes with the encoding that the author chose, however garbled the result."""
    try:
        name = codecs.lookup(encoding).name
        for mark, marked in _BOMS:
            if data.startswith(mark) and marked.startswith(name):
                data = data[len(mark) :]
        return data.decode(name, "replace"), name
    except (LookupError, ValueError) as error:
        raise _unreadable(f"there is no encoding {encoding!r}") from error


def _guessed(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_marked(data[len(mark) :], encoding)
    return _unmarked(data)


def _unmarked(data: bytes) -> tuple[str, str]:
    if b"\0" in data:
        wide, share = _utf16_without_mark(data)
        if share >= _SURELY_ORDINARY or (share >= _HARDLY_ORDINARY and not _has_few_nuls(data)):
            return wide
        if not _has_few_nuls(data):
            raise _unreadable("the file is not a text file")
        data = data.replace(b"\0", b"")
    for attempt in (_mixed, _utf8, _chinese, _western, _likely):
        found = attempt(data)
        if found:
            return found
    raise _unreadable("the encoding of the file cannot be detected; choose it, or save it as UTF-8")


def _as_marked(data: bytes, encoding: str) -> tuple[str, str]:
    """Decodes a file by its byte order mark, if that fits; damage is tolerated as in
    ``_mostly``."""
    is_narrow = encoding.startswith("utf-16") and b"\0" not in data and len(data) > _FEW_BYTES
    if not (is_narrow and _strict(data, "utf-8") is not None):
        text = _mostly(data, encoding)
        if text is not None:
            return text, encoding
    try:
        return _unmarked(data)  # The mark of one encoding before a text in another.
    except ArborisError as error:
        reason = f"the file begins as {encoding.upper()} but is not valid as such"
        raise _unreadable(reason) from error


def _utf16_without_mark(data: bytes) -> tuple[tuple[str, str], float]:
    """Returns the text as UTF-16, and its share of ordinary characters."""
    names = ("utf-16-le", "utf-16-be")
    texts = [(_strict(data[: len(data) // 2 * 2], name) or "", name) for name in names]
    shares = [0.0 if "\0" in text else _ordinary_share(text) for text, _name in texts]
    best = max(range(len(names)), key=shares.__getitem__)
    return texts[best], shares[best]


def _has_few_nuls(data: bytes) -> bool:
    return data.count(0) <= max(2, len(data) // 500)


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decodes a file that was assembled from pieces in UTF-8 and in GB18030."""
    if _strict(data, "utf-8") is not None or _strict(data, "gb18030") is not None:
        return None
    lines, others = [], []
    for line in data.split(b"\n"):
        text = _strict(line, "utf-8")
        if text is None:
            text = _strict(line, "gb18030")
            others.append(text or "")
        if text is None:
            return None
        lines.append(text)
    is_chinese = _everyday_share("".join(others)) >= _SURELY_EVERYDAY
    return ("\n".join(lines), "utf-8") if is_chinese else None


def _utf8(data: bytes) -> tuple[str, str] | None:
    text = _mostly(data, "utf-8")
    return None if text is None else (text, "utf-8")


def _chinese(data: bytes) -> tuple[str, str] | None:
    """Tries GB18030 and Big5 and takes the one with more everyday characters, if there are
    enough."""
    names = ("gb18030", "cp950", "big5hkscs")
    shares = {name: _everyday_share(data[:_SAMPLE_BYTES].decode(name, "replace")) for name in names}
    for name in sorted(names, key=lambda name: -shares[name]):
        text = _mostly(data, name) if shares[name] >= 0.05 else None
        if text is not None:
            return _japanese(data, text) or (text, name)
    return None


def _japanese(data: bytes, chinese: str) -> tuple[str, str] | None:
    """Decodes EUC-JP, whose syllables are the same bytes in GB2312."""
    foreign = [character for character in chinese[:100_000] if not character.isascii()]
    syllables = sum("\u3041" <= character <= "\u30fe" for character in foreign)
    text = _strict(data, "euc_jp") if 4 * syllables > len(foreign) else None
    return None if text is None else (text, "euc_jp")


def _western(data: bytes) -> tuple[str, str] | None:
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    text = _strict(data, "cp1252") if high <= _MAX_WESTERN_SHARE * len(data) else None
    if text is not None and _is_of_old_mac(text):
        return data.decode("mac_roman"), "mac_roman"
    return None if text is None else (text, "cp1252")


def _is_of_old_mac(text: str) -> bool:
    """True if quotation marks of the old Mac encoding appear as capitals where none can be."""
    letters = sum(map(text.count, "ÒÓÔÕ"))
    return letters >= _LEAST_MARKS and 3 * len(_OF_OLD_MAC.findall(text)) >= letters


def _likely(data: bytes) -> tuple[str, str] | None:
    """Returns the guess of a library that knows the letter frequencies of languages."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES], threshold=0.1).best()
    text = _mostly(data, best.encoding) if best and best.percent_chaos < 5 else None
    return None if best is None or text is None else (text, best.encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly(data: bytes, encoding: str) -> str | None:
    """Decodes, if at most one in a hundred of the non-ASCII characters is damaged.

    A file that is truncated within a character, or has a few bad bytes, must not be taken for
    another encoding, which would turn all of it into nonsense.
    """
    text = _strict(data, encoding)
    if text is not None:
        return text
    text = data.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 100 <= beyond_ascii else None


def _everyday_share(text: str) -> float:
    """Returns the share of everyday Chinese characters among those that are not ASCII."""
    foreign = [character for character in text[:100_000] if not character.isascii()]
    return sum(character in _EVERYDAY for character in foreign) / len(foreign) if foreign else 0.0


def _ordinary_share(text: str) -> float:
    """Returns the share of ASCII and everyday Chinese characters."""
    sample = text[:100_000]
    return sum(c.isascii() or c in _EVERYDAY for c in sample) / len(sample) if sample else 0.0
