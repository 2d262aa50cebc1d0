"""All the ways in which a line of plain text can be a heading."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from arboris_desktop.text.headings.chinese import chinese_readings
from arboris_desktop.text.headings.english import english_readings
from arboris_desktop.text.headings.heading import LIKELY, MAX_HEADING, Heading
from arboris_desktop.text.headings.numbered import numbered_readings
from arboris_desktop.text.headings.special import special_readings
from arboris_desktop.text.numerals import ARABIC, CHINESE, SIGNS
from arboris_desktop.text.patterns import lazy_pattern

_DECORATION = " \t\u3000\u00a0*＊#＃=＝~～_☆★◆◇■□●○◎※→▲△▼▽♦♥♠♣✦✧❀✿【】[]〖〗〔〕《》〈〉、-—–·•|│┃"
_OPENING = dict(zip("【[〖《〈〔<(（", "】]〗》〉〕>)）", strict=True))
_MAY_BE = lazy_pattern(
    rf"[{re.escape(_DECORATION)}<(（§№]*(?:[{ARABIC}{CHINESE}{SIGNS}卷上中下章篇部集幕楔序自代总總跋前后後引结結"
    r"附题題作写完新内简文尾终終最大间間番外特彩其之正A-Za-z\u2160-\u217f]|.{0,30}[第笫]"
    rf"|[^\W\d_]{{2,6}}[{ARABIC}{CHINESE}])"
)


def recognise(line: str) -> tuple[Heading, ...]:
    """The headings that a line is by itself: none, one, or a volume and a chapter."""
    for found in readings(line):
        if all(one.doubt <= LIKELY and not one.numbers_only for one in found):
            return found
    return ()


def readings(line: str) -> tuple[tuple[Heading, ...], ...]:
    """The ways in which a line can be a heading, or a volume's and a chapter's; usually none."""
    line = line.strip()
    if not line or len(line) > MAX_HEADING or _MAY_BE.match(line) is None:
        return ()
    return _readings(line)


@lru_cache(maxsize=4096)
def _readings(line: str) -> tuple[tuple[Heading, ...], ...]:
    bare = undecorated(line)
    return tuple(
        chain(
            special_readings(bare),
            chinese_readings(bare),
            english_readings(bare),
            numbered_readings(line, bare),
        )
    )


def undecorated(line: str) -> str:
    """A line without the stars, signs and brackets around its heading."""
    closing = _OPENING.get(line[:1])
    end = line.find(closing, 1) if closing else -1
    if end > 0:
        inside, after = line[1:end].strip(), line[end + 1 :].strip()
        line = f"{inside} {after}" if after else inside
    if line[:1] in _DECORATION:
        line = line.strip(_DECORATION)
    return line
