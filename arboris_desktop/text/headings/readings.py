"""All the ways in which a line of plain text can be a heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from arboris_desktop.text.headings.chinese import chinese_readings
from arboris_desktop.text.headings.english import english_readings
from arboris_desktop.text.headings.foreign import foreign_readings
from arboris_desktop.text.headings.heading import LIKELY, MAX_HEADING, UNLIKELY, Heading
from arboris_desktop.text.headings.nested import with_inner, without_second_number
from arboris_desktop.text.headings.numbered import numbered_readings
from arboris_desktop.text.headings.sequences import STARTS, sequence_readings
from arboris_desktop.text.headings.special import special_readings
from arboris_desktop.text.numerals import ARABIC, CHINESE, LATIN, SIGNS
from arboris_desktop.text.patterns import lazy_pattern

_DECORATION = (
    " \t\u3000\u00a0*＊#＃=＝~～_☆★◆◇■□●○◎※→▲△▼▽♦♥♠♣✦✧❀✿"
    "【】[]［］「」『』〖〗〔〕《》〈〉、-—–·•|│┃{}▌◤◢←↓↑❤"
    "❁❂❃❅❆❇❈❉❊❋❖✩✪✫✬✭✮✯✰☆⋆✶✷✸✹✺⟡⊹♡☾☽⁂⁎∗⎯―─━═▪▫◦˚꒰꒱༺༻"
)
_OPENING = dict(zip("【[［〖《〈〔<(（「『“{", "】]］〗》〉〕>)）」』”}", strict=True))
_QUOTES = "「『“"
"""A heading in quotation marks may as well be spoken."""
_MAY_BE = lazy_pattern(
    rf"[{re.escape(_DECORATION)}<(（§№“]*(?:[{ARABIC}{CHINESE}{SIGNS}{LATIN}卷上中下章篇部集幕楔序自代总總跋"
    r"前前后後引结結附题題作写请請再完新内简文尾终終最大间間番外特彩其之正제\uff21-\uff5a\u2160-\u217f"
    rf"{STARTS}导導献獻人主致鸣得出译編编跋余小缘緣开開入幕閑エプあま프에외후작서종번บต페]"
    rf"|.{{0,30}}[第笫弟苐]|地\s*[{ARABIC}{CHINESE}]|[^\W\d_]{{1,5}}番外|[^\W\d_]{{2,6}}[{ARABIC}{CHINESE}]|[^\W\d_]{{1,6}}之[卷部篇]"
    rf"|[^\W\d_]{{1,20}}[\s(（]\s*[{ARABIC}{CHINESE}上中下]{{1,6}}\s*[)）]?$)"
)
_AS_PICTURE, _JOINER = "\ufe0f", "\u200d"
_NUMBER_KEY = lazy_pattern("(?P<number>[0-9])\ufe0f?\u20e3")
_TAG = r"(?:b|i|u|em|strong|big|h[1-6]|p|div|span|font|center)"
_MARKED = lazy_pattern(
    rf"(?:<{_TAG}(?:\s[^<>]*)?>\s*)+(?P<inner>[^<>]+)(?:</{_TAG}>\s*)+", re.IGNORECASE
)
"""Marks of a page around a heading, which a site left in its texts."""
_STARRED = lazy_pattern(r"(\*{1,3})(?P<inner>[^*]+)\1(?P<rest>\s*[:：.–—-].*)")
"""*Chapter 1*: Rain"""
_WIDE_LETTERS = lazy_pattern("[\uff21-\uff3a\uff41-\uff5a]+")
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_APART = lazy_pattern(r"(?:[A-Z] ){3,}[A-Z](?= |$)")
_GAPS = lazy_pattern(r" {2,}")


def recognise(line: str) -> tuple[Heading, ...]:
    """The headings that a line is by itself: none, one, or a volume and a chapter."""
    for found in readings(line):
        if all(one.doubt <= LIKELY and not one.numbers_only for one in found):
            return found
    return ()


def readings(line: str) -> tuple[tuple[Heading, ...], ...]:
    """The ways in which a line can be a heading, or a volume's and a chapter's; usually none."""
    line = line.strip()
    if _NUMBER_KEY.match(line) or is_picture(line[:1]):
        line = _without_pictures(line)
    if line[:1] == "<" and (marked := _MARKED.fullmatch(line)):
        line = marked["inner"].strip()
    elif line[:1] == "*" and (starred := _STARRED.fullmatch(line)):
        line = starred["inner"].strip() + starred["rest"]
    if not line or len(line) > MAX_HEADING or _MAY_BE.match(line) is None:
        return ()
    return _readings(line)


def _without_pictures(line: str) -> str:
    """A line without the emoji around its words, and with plain digits: 1️⃣ Rain."""
    key = _NUMBER_KEY.match(line)
    plain = (key["number"] + line[key.end() :] if key else line).replace(_AS_PICTURE, "")
    kept = [place for place, sign in enumerate(plain) if not _is_of_picture(sign)]
    return plain[kept[0] : kept[-1] + 1] if kept else ""


def _is_of_picture(sign: str) -> bool:
    return sign.isspace() or sign == _JOINER or is_picture(sign)


@lru_cache(maxsize=4096)
def _readings(line: str) -> tuple[tuple[Heading, ...], ...]:
    bare = _plain_letters(undecorated(line))
    found = tuple(
        chain(
            special_readings(bare),
            _worded(bare),
            numbered_readings(line, bare),
            sequence_readings(line, bare),
        )
    )
    if line[0] in _QUOTES:
        return tuple(tuple(replace(o, doubt=o.doubt + UNLIKELY) for o in ones) for ones in found)
    return found


def _worded(bare: str) -> Iterator[tuple[Heading, ...]]:
    """The readings by a word that says what is counted."""
    for ones in _by_language(bare):
        found = with_inner(ones, _by_language)
        yield (*found[:-1], without_second_number(found[-1], _by_language))


def _by_language(bare: str) -> Iterator[tuple[Heading, ...]]:
    yield from chinese_readings(bare)
    found = tuple(foreign_readings(bare))
    yield from ((one,) for one in found)
    if not found:
        yield from english_readings(bare)


def _plain_letters(line: str) -> str:
    """A line whose first word is in the usual letters: not Ｃｈａｐｔｅｒ, nor C H A P T E R."""
    if match := _WIDE_LETTERS.match(line):
        return match[0].translate(_NARROW) + line[match.end() :]
    if _APART.match(line):
        return " ".join("".join(word.split()) for word in _GAPS.split(line))
    return line


def undecorated(line: str) -> str:
    """A line without the stars, signs and brackets around its heading."""
    closing = _OPENING.get(line[:1])
    end = line.find(closing, 1) if closing else -1
    if end > 0:
        inside, after = line[1:end].strip(), line[end + 1 :].strip()
        line = f"{inside} {after}" if after else inside
    if line[:1] in _DECORATION or is_picture(line[:1]):
        pictures = "".join(filter(is_picture, {line[0], line[-1]}))
        line = line.strip(_DECORATION + pictures)
    return line


def is_picture(sign: str) -> bool:
    """True for an emoji and the like: no letter, mark or number."""
    return sign > "\u2bff" and unicodedata.category(sign) in ("So", "Sk")
