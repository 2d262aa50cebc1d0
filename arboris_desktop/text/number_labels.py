"""The labels of chapters as their author numbers them: 第三章, 第3回, Chapter Three, or none.

A form is the label with its number left open: ``第{一}章`` for 第一章, 第二章 …; between the braces
stands how a one would be written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from arboris_desktop.domain.novel import UNNUMBERED, Language
from arboris_desktop.text.numerals import ARABIC, CHINESE, ROMAN, WORDS, Value, value_of
from arboris_desktop.text.patterns import lazy_pattern

DEFAULT_FORMS = {Language.ENGLISH: "Chapter {1}", Language.CHINESE: "第{1}章"}

_OPEN = lazy_pattern(r"\{([^{}]{1,4})\}")
_NUMBERS = tuple(
    lazy_pattern(pattern, re.IGNORECASE)
    for pattern in (rf"[{ARABIC}]+", rf"[{CHINESE}]+", rf"\b[{ROMAN}]+\b", rf"\b{WORDS}\b")
)
_SEVERAL = lazy_pattern(rf"[{ARABIC}]{{1,6}}[.．·\-–][{ARABIC}]{{1,6}}")
_CHINESE_DIGITS = "零一二三四五六七八九"
_POSITIONS = "〇一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_UNITS = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
    *("Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen"),
    "Nineteen",
)
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_MOST_IN_WORDS = 999


def label_of(form: str, number: int) -> str:
    """The label of that number; nothing for chapters without numbers."""
    if form == UNNUMBERED:
        return ""
    return _OPEN.sub(lambda found: _written(number, found[1]), form)


def labels_in_order(own: Iterable[str | None], form: str) -> Iterator[str]:
    """The labels of chapters in reading order: each counts on from the one before.

    ``own`` are labels that the author wrote, empty for a chapter that has a name instead of a
    number, ``None`` where the count goes on. Without numbers, none is shown.
    """
    number = 0
    for label in own:
        if form == UNNUMBERED:
            yield ""
        elif label is None:
            number += 1
            yield label_of(form, number)
        else:
            number = _going_on(number, label)
            yield label


def number_in(label: str) -> int | None:
    """The number in a label, if there is one."""
    found = _number_of(label)
    return found[1][0] if found else None


def number_parts(label: str) -> tuple[tuple[str, str], Value] | None:
    """The words before and behind the number of a label, and its value: ``(12, 5)`` for 12.5."""
    several = _SEVERAL.search(label)
    value = value_of(several[0]) if several else None
    found = (several, value) if several and value else _number_of(label)
    if found is None:
        return None
    number, value = found
    return (label[: number.start()], label[number.end() :]), value


def _number_of(label: str) -> tuple[re.Match[str], Value] | None:
    for pattern in _NUMBERS:
        for found in reversed(list(pattern.finditer(label))):
            if value := value_of(found[0]):
                return found, value
    return None


def told_number(number: int, label: str | None) -> int:
    """The number of a chapter beside its own label: the one in it, else that of its place."""
    own = number_in(label) if label else None
    return number if own is None else own


def form_of(labels: Sequence[str], language: Language) -> str:
    """The form in which most of the labels of a book are written; that of its language if none."""
    forms: Counter[str] = Counter()
    for label in labels:
        forms.update(forms_of_label(label))
    default = DEFAULT_FORMS[language]
    if not forms:
        return default if not labels or any(labels) else UNNUMBERED
    best, most = forms.most_common(1)[0]
    return default if forms[default] == most else best


def own_labels(labels: Sequence[str], form: str) -> list[str | None]:
    """The labels of a book that have to be kept: ``None`` for each that the form counts by
    itself."""
    kept: list[str | None] = []
    number = 0
    for label in labels:
        if label == label_of(form, number + 1):
            kept.append(None)
            number += 1
        else:
            kept.append(label)
            number = _going_on(number, label)
    return kept


def _going_on(number: int, label: str) -> int:
    found = number_in(label)
    return number if found is None else found


def forms_of_label(label: str) -> list[str]:
    """The forms that give just this label."""
    for pattern in _NUMBERS:
        for found in reversed(list(pattern.finditer(label))):
            value = value_of(found[0])
            if value is None or len(value) != 1 or "{" in label or "}" in label:
                continue
            return [
                f"{label[: found.start()]}{{{one}}}{label[found.end() :]}"
                for one in _ways(found[0])
                if _written(value[0], one) == found[0]
            ]
    return []


def _ways(written: str) -> Iterator[str]:
    """The spellings of "one" that go with the way a number is written."""
    yield from _WRITERS
    if written.startswith("0") and 1 < len(written) <= len("0001"):
        yield "1".zfill(len(written))


def _written(number: int, one: str) -> str:
    writer = _WRITERS.get(one)
    if writer:
        return writer(number)
    return str(number).zfill(len(one))


def _chinese(number: int) -> str:
    """十二, 一百零三, 一千二百; positions beyond 9999."""
    if not 0 < number <= 9999:
        return _positions(number)
    text, digits = "", str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit != "0":
            text += _CHINESE_DIGITS[int(digit)] + ("", "十", "百", "千")[place]
        elif not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def _positions(number: int) -> str:
    return "".join(_POSITIONS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text, number = text + letters * (number // value), number % value
    return text


def _words(number: int) -> str:
    if not 0 < number <= _MOST_IN_WORDS:
        return str(number)
    hundreds, rest = divmod(number, 100)
    parts = [f"{_UNITS[hundreds]} Hundred"] if hundreds else []
    if 0 < rest < 20:
        parts.append(_UNITS[rest])
    elif rest:
        parts.append(_TENS[rest // 10] + (f"-{_UNITS[rest % 10]}" if rest % 10 else ""))
    return " and ".join(parts)


_WRITERS: dict[str, Callable[[int], str]] = {
    "1": str,
    "一": _chinese,
    "〇": _positions,
    "壹": lambda number: _chinese(number).translate(_FORMAL),
    "１": lambda number: str(number).translate(_FULL_WIDTH),
    "I": _roman,
    "i": lambda number: _roman(number).lower(),
    "One": _words,
    "ONE": lambda number: _words(number).upper(),
    "one": lambda number: _words(number).lower(),
}
"""Functions that write numbers, by the look of a one."""
