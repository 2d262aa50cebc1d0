"""Chapters that are headed by nothing but their number."""

from __future__ import annotations

from arboris_desktop.text.paragraphs import ends_sentence

_MAX_LENGTH = 20
_AROUND = " \t\u3000()（）[]【】*.．、"
_ROMAN_DIGITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_CHINESE_DIGITS = "〇一二三四五六七八九"


def numbered_lines(lines: list[str], restarts: set[int]) -> list[int]:
    """The lines that count 1, 2, 3 … and so head chapters; none if there are fewer than three.

    ``restarts`` are lines (of volume headings) after which the count begins again. Page numbers
    count as well, but stand in the middle of sentences: such a count is refused.
    """
    found: list[int] = []
    expected = 1
    spellings = _spellings(expected)
    for number, line in enumerate(lines):
        is_next = len(line) <= _MAX_LENGTH and line.strip(_AROUND) in spellings
        if is_next:
            found.append(number)
        if is_next or number in restarts:
            expected = expected + 1 if is_next else 1
            spellings = _spellings(expected)
    after_sentence = sum(_follows_sentence(lines, number) for number in found[1:])
    return found if len(found) >= 3 and after_sentence >= 0.8 * (len(found) - 1) else []


def roman(number: int) -> str:
    """A number from 1 to 399 as I, II, III …"""
    tens, ones = divmod(number, 10)
    # The tens of Roman numerals are its ones with the next letters: XIV is X and IV.
    higher = _ROMAN_DIGITS[tens % 10].translate(str.maketrans("IVX", "XLC"))
    return "C" * (tens // 10) + higher + _ROMAN_DIGITS[ones]


def chinese(number: int) -> str:
    """A number from 1 to 999 as 一, 十二, 一百零三 …"""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    digits = [_CHINESE_DIGITS[hundreds] + "百"] if hundreds else []
    if tens:
        digits.append(("" if tens == 1 and not hundreds else _CHINESE_DIGITS[tens]) + "十")
    elif hundreds and ones:
        digits.append("零")
    if ones:
        digits.append(_CHINESE_DIGITS[ones])
    return "".join(digits)


def _spellings(number: int) -> tuple[str, ...]:
    return (str(number), roman(number), chinese(number))


def _follows_sentence(lines: list[str], number: int) -> bool:
    before = number - 1
    while before > 0 and not lines[before].strip():
        before -= 1
    return ends_sentence(lines[before])
