"""Headings that are little more than a number: 1、起风, 001 起风, （一）, II. Rain, #3, bare 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arboris_desktop.text.headings.heading import LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.titles import (
    clean_title,
    doubt_of_title,
    ends_a_chapter,
    reads_on,
)
from arboris_desktop.text.numerals import ARABIC, CHINESE, LATIN, ROMAN, SIGNS, WORDS, value_of
from arboris_desktop.text.patterns import lazy_pattern

_NUMBER = (
    rf"(?P<arabic>[{ARABIC}]{{1,4}}(?:[.．\-–][{ARABIC}]{{1,3}})?(?![{ARABIC}]))"
    rf"|(?P<chinese>[{CHINESE}]{{1,9}})|(?P<sign>[{SIGNS}])"
    rf"|(?P<roman>[{ROMAN.upper()}]{{1,9}}(?![A-Za-z]))|(?P<low>[ivxlc]{{1,7}}(?=[.:)]|\s*$))"
    rf"|(?P<word>(?i:{WORDS})(?![A-Za-z]))"
)
_STYLES = {"arabic": "1", "chinese": "一", "sign": "①", "roman": "I", "low": "i", "word": "One"}
_NUMBERS = ("later", *_STYLES, "small")
_PLAIN = lazy_pattern(rf"(?:{_NUMBER})(?P<rest>.*)")
_BRACKETED = lazy_pattern(
    rf"[(（\[【〔〖〈《<]\s*(?:{_NUMBER}|(?P<small>[ivxlc]{{1,7}}))\s*[)）\]】〕〗〉》>](?P<rest>.*)"
)
_PREFIXED = lazy_pattern(rf"(?:[#№§＃]|其|之)\s*(?:{_NUMBER})(?P<rest>(?:[\s:：.、].*)?)")
_PART = lazy_pattern(rf"P(?P<arabic>[{ARABIC}]{{1,3}}(?![{ARABIC}]))(?P<rest>(?:[\s:：.、].*)?)")
"""P1, P2: the parts in which a text was posted."""
_WORD_FIRST = lazy_pattern(
    rf"(?P<word>[^\W\d_A-Za-z]{{2,6}}?)(?:(?P<chinese>[{CHINESE}]{{1,4}})|(?P<arabic>[{ARABIC}]{{1,3}}))"
    r"(?P<rest>(?:[\s:：·、.．].*)?)"
)
"""故事一：雨, 案件3"""
_NUMBER_LAST = lazy_pattern(
    rf"(?P<word>(?![{LATIN}]|[页頁]\s)[^\W\d_][^()（）。！？，,.]{{0,19}}?)\s*"
    rf"(?:[(（]\s*(?:(?P<chinese>[{CHINESE}]{{1,6}})|(?P<arabic>[{ARABIC}]{{1,4}}))\s*[)）]"
    rf"|(?<=\s)(?P<later>[{ARABIC}]{{1,4}}))(?P<rest>)"
)
"""雨巷（一）, 雨巷 001: the name of the book before each number."""
_IN_MARKS = lazy_pattern(r"[【\[《「『〖〈](?P<title>[^】\]》」』〗〉]+)[】\]》」』〗〉]")
_REST = lazy_pattern(
    r"\s*(?P<sign>[、。.．)）:：·_|｜/—–\-】\]》>~～,，]+|)(?P<space>\s*)(?P<title>.*)"
)
_LEADING = lazy_pattern(r"^[\s、。.．)）:：·_|｜/】\]》>~～,，—–-]+(?=\S)")
_MEASURES = "个個人年月日点點号號岁歲元分秒天次位名万千百十块塊只隻条條张張件多几"
_TITLE_WITHOUT_SPACE = 20
_SAME_SIGN = str.maketrans("．：）｜～，–—", ".:)|~,--")
_GLUED = lazy_pattern(r"[^\W\d_A-Za-z章回话話节節卷集幕장화회권부]")


def numbered_readings(line: str, undecorated: str) -> Iterator[tuple[Heading, ...]]:
    """The ways in which a line can be a heading by its number alone; they count as series only."""
    if match := _BRACKETED.fullmatch(line):
        yield from _bracketed(line, match)
    elif match := _PREFIXED.fullmatch(line):
        yield from _made("#1", match, line, match["rest"], LIKELY)
    elif match := _PART.fullmatch(undecorated):
        yield from _made("P1", match, undecorated, match["rest"], LIKELY)
    elif match := _PLAIN.fullmatch(undecorated):
        yield from _plain(undecorated, match)
    elif match := _WORD_FIRST.fullmatch(undecorated):
        yield from _made(f"{match['word']}N", match, undecorated, match["rest"], LIKELY)
    elif match := _NUMBER_LAST.fullmatch(line):
        form = f"{match['word']}{' N' if match['later'] else '（N）'}"
        yield from _made(form, match, line, "", LIKELY)


def _bracketed(line: str, match: re.Match[str]) -> Iterator[tuple[Heading, ...]]:
    style = "i" if match["small"] else _style(match)
    yield from _made(f"({style})", match, line, match["rest"], LIKELY)


def _plain(line: str, match: re.Match[str]) -> Iterator[tuple[Heading, ...]]:
    rest, style = match["rest"], _style(match)
    read = _REST.fullmatch(rest)
    if read is None:
        return
    sign = read["sign"].translate(_SAME_SIGN)[:1]
    if inside := _IN_MARKS.fullmatch(rest.strip()):
        title = inside["title"] if rest.strip()[0] in "【[〖〈" else rest
        yield from _made(f"{style}【", match, line, title, LIKELY)
    elif not rest.strip():
        yield from _made(style, match, line, rest, LIKELY)
    elif sign:
        is_doubtful = sign == "," and (style != "1" or rest[1:2].isdigit())
        doubt = UNLIKELY if is_doubtful else LIKELY
        yield from _made(style + sign, match, line, rest, doubt)
    elif rest[0].isspace() and style != "One":
        yield from _made(f"{style} X", match, line, rest, LIKELY)
    elif style in "1①" and _GLUED.match(rest):
        doubt = UNLIKELY if rest[0] in _MEASURES or len(rest) > _TITLE_WITHOUT_SPACE else LIKELY
        yield from _made(f"{style}X", match, line, rest, doubt)


def _made(
    form: str, match: re.Match[str], line: str, rest: str, doubt: int
) -> Iterator[tuple[Heading, ...]]:
    groups = match.groupdict()
    number = next(found for name in _NUMBERS if (found := groups.get(name)))
    value = value_of(number)
    title = clean_title(_LEADING.sub("", rest))
    if form[-1] in ".)" and title.startswith("**") and title.endswith("**"):
        title = title.strip("*").strip()  # 1. **Rain**, in Markdown
    if value is None or ends_a_chapter(title):
        return
    doubt += doubt_of_title(title) + (LIKELY if title.endswith(".") else 0)
    doubt += UNLIKELY if reads_on(title) else 0
    label = line[: len(line) - len(rest)].strip()
    kind = HeadingKind.CHAPTER
    yield (Heading(kind, form, number, value, title, label, doubt, numbers_only=True),)


def _style(match: re.Match[str]) -> str:
    return next(style for name, style in _STYLES.items() if match[name])
