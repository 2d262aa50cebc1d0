"""The values of facts in a form that can be compared, in English and Chinese.

What is not surely understood becomes ``None`` or an empty set, which contradicts nothing.
"""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_COLOURS = {
    "black": "black raven ebony jet 黑 乌 墨",
    "white": "white 白 雪 银 苍 silver",
    "grey": "grey gray 灰 银 苍 silver",
    "brown": "brown chestnut hazel amber 棕 褐 栗 琥珀 咖啡",
    "blue": "blue azure sapphire 蓝 碧 青",
    "green": "green emerald hazel 绿 碧 青 翠",
    "red": "red auburn ginger copper 红 赤",
    "blond": "blond blonde fair golden gold yellow flaxen 金 黄",
    "violet": "violet purple 紫",
}
_COLOURS_OF_WORD: dict[str, set[str]] = {}
for _colour, _words in _COLOURS.items():
    for _word in _words.split():
        _COLOURS_OF_WORD.setdefault(_word, set()).add(_colour)


def colours(value: str) -> frozenset[str]:
    """The basic colours that a value may mean; hazel, silver and 碧 may mean several."""
    value = value.casefold()
    words = [*re.findall(r"[a-z]+", value), *(w for w in _COLOURS_OF_WORD if w > "\u3000")]
    named = (word for word in words if word.isascii() or word in value)
    return frozenset(colour for word in named for colour in _COLOURS_OF_WORD.get(word, ()))


def is_alive(value: str) -> bool | None:
    """Tells whether a value of ``life`` says alive or dead; ``None`` for anything else."""
    value = value.strip(" .。").casefold()
    if value in {"dead", "died", "killed", "deceased", "死", "死亡", "已死", "死了", "亡", "去世"}:
        return False
    if value in {"alive", "living", "lives", "生", "活", "在世", "存活", "活着", "还活着", "生还"}:
        return True
    return None


_AGE = lazy_pattern(
    r"(?:aged )?([a-z\d -]+?|[零一二两三四五六七八九十百\d]+)(?: ?years?(?: old)?|周?岁)?"
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_UNITS += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: number for number, word in enumerate(_UNITS.split())}
_NUMBERS |= {word: 20 + 10 * number for number, word in enumerate(_TENS.split())}
_DIGITS = {"零": 0, "两": 2} | {digit: n for n, digit in enumerate("一二三四五六七八九", start=1)}


def age(value: str) -> int | None:
    """The years that a value says: ``34``, ``thirty-four years old``, ``三十四岁``.

    An age that is not given exactly (``about forty``, ``四十多岁``) is none.
    """
    found = _AGE.fullmatch(value.strip().casefold())
    if found is None:
        return None
    if found[1].isdecimal():
        return int(found[1])
    return _english(found[1]) if found[1].isascii() else _chinese(found[1])


def _english(words: str) -> int | None:
    numbers = [_NUMBERS.get(word) for word in re.split(r"[ -]+", words)]
    match numbers:
        case [int(number)]:
            return number
        case [int(tens), int(units)] if tens >= 20 and 0 < units < 10:
            return tens + units
    return None


def _chinese(numeral: str) -> int | None:
    found = re.fullmatch(
        r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九]?)(十))?(.?)", numeral
    )
    if found is None or (found[4] and found[4] not in _DIGITS):
        return None
    hundreds, tens, ten, units = found.groups()
    total = 100 * _DIGITS.get(hundreds or "", 0) + _DIGITS.get(units, 0)
    return total + (10 * _DIGITS.get(tens, 1) if ten else 0)
