"""Numbers as books count their chapters: 12, １２, XII, 十二, 一二, Twelve, the Twelfth."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from arboris_desktop.text.patterns import lazy_pattern

Value = tuple[int, ...]
"""The value of a heading's number: ``(12,)``; ``(1, 2)`` for 1.2 and 1-2. Such values are in
order."""

ARABIC = "0-9\uff10-\uff19"
CHINESE = "零〇○一二两兩三四五六七八九十廿卅卌百千万萬壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟"
ROMAN = "IVXLCDMivxlcdm\u2160-\u217f"
SIGNS = "\u2460-\u249b\u3220-\u3229\u3280-\u3289"
"""One character each: ①, ⑴, ⒈, ㈠ …"""

_CHINESE_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2, "兩": 2, "貳": 2, "弍": 2, "參": 3, "叄": 3, "陸": 6},
}
_CHINESE_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = lazy_pattern(r"m{0,3}(cm|cd|d?c{0,4})(xc|xl|l?x{0,4})(ix|iv|v?i{0,4})", re.IGNORECASE)

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
_UNITS += "fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
_ORDINALS += "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_WORDS = {
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{word: value for value, word in enumerate(_ORDINALS.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS.split(), 2)},
    **{"hundred": 100, "hundredth": 100, "thousand": 1000, "thousandth": 1000},
}
_BETWEEN = ("a", "an", "and", "the")
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
WORDS = rf"(?:(?:a|an)\s+)?(?:{_WORD})(?:(?:\s+and\s+|-|(?<=ty)\s*-\s*|\s+)(?:{_WORD}))*"
"""A pattern (in any case) of a number in English words; not each match has a value."""

LATIN = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff"
"""The letters of scripts that part their words by spaces."""

_MAX_LENGTH = 16
_RANGE = lazy_pattern(rf"[{CHINESE}{ARABIC}]{{1,6}}[、,，&和至到~～]([{CHINESE}{ARABIC}]{{1,6}})")
_FIGURES = lazy_pattern(rf"([{ARABIC}]{{1,6}})(?:[.．·\-–]([{ARABIC}]{{1,6}}))?")


@lru_cache(maxsize=4096)
def value_of(number: str) -> Value | None:
    """The value of a number in whatever spelling; ``None`` for what is none."""
    number = number.strip()
    if figures := _FIGURES.fullmatch(number):
        return tuple(int(part) for part in figures.groups() if part)
    if len(number) == 1 and re.match(f"[{SIGNS}]", number):
        return (int(unicodedata.numeric(number)),)
    if several := _RANGE.fullmatch(number):
        return value_of(several[1])  # 第一、二章: the next is the third
    for read in (_chinese_value, _roman_value, _word_value):
        value = read(number)
        if value is not None:
            return (value,)
    return None


def follows(value: Value, before: Value) -> bool:
    """True if a number is the next after another: 4 after 3, 1.2 after 1.1, 2.1 and 2 after 1.3."""
    if len(value) == len(before) == 2 and value[0] == before[0]:
        return value[1] == before[1] + 1
    if len(value) > len(before) and value[0] == before[0]:
        return value[1] in (1, 5)  # 12.5 is a chapter between 12 and 13
    return value[0] == before[0] + 1 and value[1:] in ((), (0,), (1,))


def _chinese_value(number: str) -> int | None:
    """The value of 一百零三, of 一〇三, and of 1千2百."""
    plain = "".join(_CHINESE_TENS.get(sign, sign) for sign in number)
    if (
        not 0 < len(plain) <= _MAX_LENGTH
        or plain.isdecimal()
        or not all(_is_chinese_sign(sign) for sign in plain)
    ):
        return None
    if not any(sign in _CHINESE_POWERS or sign in "万萬" for sign in plain):
        return int("".join(str(_digit(sign)) for sign in plain))
    total = part = digits = 0
    for sign in plain:
        if sign in "万萬":
            total, part, digits = (total + part + digits) * 10_000, 0, 0
        elif sign in _CHINESE_POWERS:
            part, digits = part + (digits or 1) * _CHINESE_POWERS[sign], 0
        else:
            digits = digits * 10 + _digit(sign)
    return total + part + digits


def _is_chinese_sign(sign: str) -> bool:
    known = sign in _CHINESE_DIGITS or sign in _CHINESE_POWERS or sign in "万萬"
    return known or sign.isdecimal()


def _digit(sign: str) -> int:
    return int(sign) if sign.isdecimal() else _CHINESE_DIGITS[sign]


def _roman_value(number: str) -> int | None:
    plain = unicodedata.normalize("NFKC", number)
    if not plain or _ROMAN.fullmatch(plain) is None or plain not in (plain.upper(), plain.lower()):
        return None
    values = [_ROMAN_VALUES[letter] for letter in plain.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _word_value(number: str) -> int | None:
    words = [word for word in re.findall(r"[a-z]+", number.lower()) if word not in _BETWEEN]
    if not all(word in _WORDS for word in words):
        return None
    values = [_WORDS[word] for word in words]
    total = part = 0
    last = 10_000
    for value in values:
        if value >= 100:
            part, last = max(part, 1) * value, value
            total, part = (total + part, 0) if value == 1000 else (total, part)
        elif part % 100 and not (last >= 20 and 0 < value < 10):
            return None  # "six three": two numbers, not one
        else:
            part, last = part + value, value
    return total + part if values else None
