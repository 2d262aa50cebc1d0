"""Recognising one line of plain text as the heading of a volume or chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

MAX_HEADING = 120
"""A longer line is prose, whatever it begins with. In characters."""

_MAX_GLUED_TITLE = 30
"""A title that follows 第…章 without a space; longer ones are prose. In characters."""


class HeadingKind(StrEnum):
    """What a heading opens. ``SPECIAL`` is a chapter with a name instead of a number."""

    VOLUME = "volume"
    CHAPTER = "chapter"
    SECTION = "section"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Heading:
    """A recognised heading.

    ``number`` is as written, ``title`` what follows it and ``label`` what stands before ("Part
    One"). ``weak``: might also be in the middle of a sentence, so that it counts only where a new
    paragraph starts.
    """

    kind: HeadingKind
    number: str
    title: str
    label: str = ""
    weak: bool = False

    @property
    def name(self) -> str:
        """What to call it where there is no other number: the title, else the label."""
        return self.title or self.label


_CHINESE_NUMBER = "[0-9０-９零〇○一二两三四五六七八九十廿卅百千万壹贰叁肆伍陆柒捌玖拾佰仟]+"
_CHINESE = re.compile(
    rf"(?:正文\s*)?第\s*(?P<number>{_CHINESE_NUMBER})\s*(?P<unit>部分|[章回话話节節卷部篇集])(?P<rest>.*)"
)
_CHINESE_VOLUME = re.compile(
    rf"(?P<number>卷之?{_CHINESE_NUMBER}|[上中下][卷部册冊篇])(?P<rest>(?:[\s:：·].*)?)"
)
_CHINESE_SPECIAL = re.compile(
    r"(?:楔子|序章|序言|序幕|序曲|自序|代序|序|前言|引子|引言|尾声|尾聲|终章|終章|后记|後記|结语|跋"
    rf"|番外篇?(?:\s*{_CHINESE_NUMBER})?)(?:[\s:：·—-].*)?"
)
_CHINESE_KINDS = {
    **dict.fromkeys(("部分", *"卷部篇集"), HeadingKind.VOLUME),
    **dict.fromkeys("章回话話", HeadingKind.CHAPTER),
    **dict.fromkeys("节節", HeadingKind.SECTION),
}
_AFTER_NUMBER = ":：.．、·—–-】]"
_GLUED = {
    "章": "程的里中",
    "回": "合来來去头頭到家应應答的",
    "节": "课日目点的里",
    "卷": "入起走宗轴的里",
}
"""Units that a title may follow without a space, and the characters that make another word of it
(第三回合, 第一章程) or a sentence (第三章里……)."""

_NESTED_CHINESE = re.compile(rf"(?:^|\s)(第\s*{_CHINESE_NUMBER}\s*[章回话話节節].*)")

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last"
_NUMBER_WORD = rf"(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS}|the\s+(?:{_ORDINALS})"
_ENGLISH = re.compile(
    r"(?P<word>(?i:chapter|chap\.)|(?=[PBV])(?i:part|book|volume|vol\.))\s+"
    rf"(?P<number>\d{{1,4}}|[IVXLCDM]+|(?i:{_NUMBER_WORD}))(?P<rest>.*)"
)
_ENGLISH_REST = re.compile(
    r"(?:\s*[:：.．][—–-]{0,2}\s*|\s*[—–]\s*|\s*--\s*|\s+-\s+|\s+(?P<weak>(?![a-z])))(?P<title>.*)"
)
_ENGLISH_SPECIAL = re.compile(
    r"(?i:prologue|epilogue|preface|foreword|introduction|afterword|interlude|postscript)"
    r"(?:\.|\s*[:—–-]\s*\S.*)?"
)

_DECORATION = " \t\u3000*#=~_☆★◆◇■□●○◎【】[]〔〕、-—"
_SEPARATORS = re.compile(r"^(?:[\s:：、·]|[-–—]+\s)+")


def recognise(line: str) -> tuple[Heading, ...]:
    """The headings that a line is: none, one, or a volume and a chapter ("第一卷 风 第一章 雨")."""
    line = line.strip()
    if not line or len(line) > MAX_HEADING:
        return ()
    if line[0] in _DECORATION:
        line = line.strip(_DECORATION)
    heading = _chinese(line) or _english(line) or _special(line)
    if heading is None:
        return ()
    if heading.kind is HeadingKind.VOLUME:
        return _with_nested_chapter(heading)
    return (heading,)


def tidy_title(title: str) -> str:
    """A title in one line, with single spaces and without what parts it from the number."""
    return _SEPARATORS.sub("", " ".join(title.split())).strip()


def _chinese(line: str) -> Heading | None:
    match = _CHINESE.fullmatch(line)
    if match is None:
        match = _CHINESE_VOLUME.fullmatch(line)
        if match is None:
            return None
        label = match["number"]
        return Heading(HeadingKind.VOLUME, label, tidy_title(match["rest"]), label)
    unit, rest = match["unit"], match["rest"]
    glued = bool(rest) and rest[0] not in _AFTER_NUMBER and not rest[0].isspace()
    if glued and not _may_be_glued(unit, rest):
        return None
    number = "".join(match["number"].split())
    title, label = tidy_title(rest.lstrip(".．—–-】]")), line[: match.start("rest")].strip()
    return Heading(_CHINESE_KINDS[unit], number, title, label, weak=glued)


def _may_be_glued(unit: str, title: str) -> bool:
    return (
        unit in _GLUED
        and title[0] not in _GLUED[unit] + "，。；！？"
        and len(title) <= _MAX_GLUED_TITLE
        and "。" not in title
        and title[-1] not in "，；、："
    )


def _english(line: str) -> Heading | None:
    match = _ENGLISH.fullmatch(line)
    if match is None:
        return None
    rest = _ENGLISH_REST.fullmatch(match["rest"])
    if match["rest"] and rest is None:
        return None
    is_chapter = match["word"].lower().startswith("chap")
    kind = HeadingKind.CHAPTER if is_chapter else HeadingKind.VOLUME
    title = tidy_title(rest["title"]) if rest else ""
    weak = not title or (rest is not None and rest["weak"] is not None)
    return Heading(kind, match["number"], title, line[: match.start("rest")], weak)


def _special(line: str) -> Heading | None:
    is_english = line[:1].isupper() and _ENGLISH_SPECIAL.fullmatch(line)
    if is_english or _CHINESE_SPECIAL.fullmatch(line):
        return Heading(HeadingKind.SPECIAL, "", " ".join(line.split()).rstrip("."), weak=True)
    return None


def _with_nested_chapter(volume: Heading) -> tuple[Heading, ...]:
    match = _NESTED_CHINESE.search(volume.title)
    start = match.start(1) if match else 0
    nested = _chinese(match[1]) if match else _english(volume.title)
    if nested is None or nested.kind is HeadingKind.VOLUME:
        return (volume,)
    return (replace(volume, title=volume.title[:start].strip()), nested)
