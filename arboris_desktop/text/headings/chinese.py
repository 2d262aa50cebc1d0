"""Chinese headings: 第一章 雨, 第3回, 卷一 风, 上卷, 第一卷 风 第一章 雨, 3章."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from arboris_desktop.domain.record import record
from arboris_desktop.text.headings.heading import CLEAR, LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.nested import CHINESE_INNER
from arboris_desktop.text.headings.titles import (
    clean_title,
    doubt_of_title,
    ends_a_chapter,
    tidy_title,
)
from arboris_desktop.text.numerals import ARABIC, CHINESE, ROMAN, value_of
from arboris_desktop.text.patterns import lazy_pattern

_NUMBER = (
    rf"[{CHINESE}{ARABIC}]{{1,6}}[、,，&和至到~～][{CHINESE}{ARABIC}]{{1,6}}"
    rf"|[{ARABIC}{CHINESE}]{{0,3}}[{ARABIC}][百千万][{ARABIC}{CHINESE}]{{1,5}}"
    rf"|[{ARABIC}]{{1,5}}(?:[.．\-–][{ARABIC}]{{1,3}})?(?![{ARABIC}])|[{CHINESE}{ARABIC}]{{1,12}}"
)
_ANY_NUMBER = rf"{_NUMBER}|[{ROMAN.upper()}]{{1,9}}"
_ORDINAL = lazy_pattern(rf"[第제]\s*(?P<number>{_ANY_NUMBER})\s*(?P<rest>\S.*)")
_WITHOUT_UNIT = lazy_pattern(rf"第(?P<number>{_NUMBER})(?P<rest>[\s:：·].*)")
"""第一 甲屋"""
_INNER = lazy_pattern(rf"[\s:：·—-]*{CHINESE_INNER}")
_SHORT = lazy_pattern(rf"(?P<number>{_NUMBER})(?P<rest>[章回话話节節卷集幕장화회권부].*)")
_VOLUME_FIRST = lazy_pattern(
    rf"(?P<unit>[卷篇部集幕章])[之第]?\s*(?P<number>{_NUMBER})(?P<rest>.*)"
)
_THIRDS = lazy_pattern(r"(?P<label>[上中下][卷部册冊篇集编編])(?P<rest>(?:[\s:：·].*)?)")
_NAMED_VOLUME = lazy_pattern(
    r"(?:[^\W\d_]{1,6}之|正文|番外|外[传傳]|前[传傳]|[终終最]|最[终終]|完[结結])[卷部篇](?P<rest>[:：\s·].*)?"
)
"""春之卷, 番外卷: counts only right above a chapter."""
_KNOWN_PREFIX = lazy_pattern(
    r"(?:正文卷?|作品正文|最新章节|免费章节|VIP(?:章节|卷)?|vip(?:章节|卷)?)[\s:：·_-]*(?=第)"
)
_PREFIX = lazy_pattern(r"(?P<prefix>[^第]{1,30}?)(?P<apart>[\s:：·_|｜\-—–.、]*)(?=第)")
_AFTER = ":：.．、·_|｜丨/～~—–-】]}》)）〉>,，…"
_OPENS = "【[《(（〈<"
_PART = lazy_pattern(rf"\s*[(（【\[]\s*(?:[上中下续續完]|[{CHINESE}{ARABIC}]{{1,3}})\s*[)）】\]]")
"""（上）, (2): one of the parts in which a chapter was posted."""
_THIRD = lazy_pattern(r"[上中下](?=\s|$|[:：·、.．(（\[【《])")
"""第一章上 起风"""
_GLUED_SIGNS = lazy_pattern(r"[-–—]+(?=\w)|丨+(?=\S)")
_GENERIC_UNIT = lazy_pattern(r"(?P<unit>[^\W\d_A-Za-z]{1,3})(?P<rest>(?:[\s:：·、—-].*)?)")
_TITLE_WITHOUT_SPACE = 30
_PAGES = "页頁"
_OF_LISTS = "条條款项項名位级級等步"
"""Units of lists: 第一条 不得……, 第三名 王五."""
MAIN_TEXT = ("正文", "正文卷")
"""Says that the chapters begin; counts only right above one."""


@record
class _Unit:
    """The kind of thing that a unit counts. ``glued``: a title may follow without a space, unless
    the first character makes another word of it (第三回合, 第一章程) or a sentence (第三章里……)."""

    kind: HeadingKind
    glued: str | None = None


_VOLUME, _CHAPTER, _SECTION = HeadingKind.VOLUME, HeadingKind.CHAPTER, HeadingKind.SECTION
_UNITS = {
    **dict.fromkeys(("部分", *"部册冊辑輯编編季篇"), _Unit(_VOLUME)),
    "卷": _Unit(_VOLUME, "入起走宗轴的里"),
    "集": _Unit(_VOLUME, "合中团体的里结"),
    "幕": _Unit(_VOLUME, "后僚府的里"),
    **dict.fromkeys(("章", "章节", "章節"), _Unit(_CHAPTER, "程的里中")),
    **dict.fromkeys("장화회", _Unit(_CHAPTER)),
    **dict.fromkeys("권부", _Unit(_VOLUME)),
    "回": _Unit(_CHAPTER, "合来來去头頭到家应應答的"),
    **dict.fromkeys("话話", _Unit(_CHAPTER, "的里")),
    **dict.fromkeys("折齣出", _Unit(_CHAPTER)),
    **dict.fromkeys("节節", _Unit(_SECTION, "课課日目点點的里")),
    **dict.fromkeys("场場", _Unit(_SECTION)),
}
_ALIKE = lazy_pattern(rf"^(?:[笫弟苐地]|第第)(?=\s*[{CHINESE}{ARABIC}]{{1,9}}\s*[章回节節卷])")
"""Other signs that look or sound the same, and the same sign twice."""
_LETTER_O = lazy_pattern(rf"(?<=[第{CHINESE}])[OoＯ](?=[{CHINESE}章回节節卷])")
_SPACED_NUMBER = lazy_pattern(
    rf"^(?P<sign>[第제])\s*(?P<number>[{CHINESE}{ARABIC}]{{1,5}}(?:\s+[{CHINESE}{ARABIC}]{{1,5}}){{1,7}})"
    r"\s*(?=[章回节節话話卷部集])"
)
"""第 十 一 章"""
_SAME_UNIT = str.maketrans("話節場冊輯編", "话节场册辑编")


def chinese_readings(line: str) -> Iterator[tuple[Heading, ...]]:
    """The ways in which a line without decoration can be a Chinese heading."""
    line = _SPACED_NUMBER.sub(_joined, _ALIKE.sub("第", _LETTER_O.sub("〇", line)))
    if line in MAIN_TEXT:
        yield (Heading(_VOLUME, line, "", (), line, doubt=UNLIKELY),)
    elif match := _THIRDS.fullmatch(line):
        label, title = match["label"], clean_title(match["rest"])
        place = ("上中下".index(label[0]) + 1,)
        yield (Heading(_VOLUME, f"上{label[1]}", label, place, title, label),)
    elif match := _VOLUME_FIRST.fullmatch(line):
        yield from _volume_first(line, match)
    elif match := _SHORT.fullmatch(line):
        yield from _without_ordinal(line, match)
    elif "第" in line or line[:1] == "제":
        yield from _ordinals(line)
        yield from _without_unit(line)
    elif match := _NAMED_VOLUME.fullmatch(line):
        yield (Heading(_VOLUME, "X卷", "", (), tidy_title(line), doubt=UNLIKELY),)


def _joined(found: re.Match[str]) -> str:
    return found["sign"] + "".join(found["number"].split())


def _ordinals(line: str) -> Iterator[tuple[Heading, ...]]:
    known = _KNOWN_PREFIX.match(line)
    rest = line[known.end() :] if known else line
    if rest[:1] in "第제":
        if found := _ordinal(rest):
            yield (found,)
        return
    match = _PREFIX.match(rest)
    found = _ordinal(rest[match.end() :]) if match else None
    if match and found and found.kind is not _VOLUME:
        more = LIKELY if match["apart"] else UNLIKELY
        label = match[0] + found.label
        yield (replace(found, form=f"…{found.form}", label=label, doubt=found.doubt + more),)


def _without_unit(line: str) -> Iterator[tuple[Heading, ...]]:
    match = _WITHOUT_UNIT.fullmatch(line)
    value = value_of(match["number"]) if match else None
    if match is None or value is None or match["rest"].strip()[:1] in (*_UNITS, *_PAGES):
        return
    title = clean_title(match["rest"])
    doubt = LIKELY + doubt_of_title(title)
    label = line[: len(line) - len(match["rest"])]
    yield (
        Heading(_CHAPTER, "第N", match["number"], value, title, label, doubt, numbers_only=True),
    )


def _ordinal(line: str) -> Heading | None:
    match = _ORDINAL.fullmatch(line)
    value = value_of("".join(match["number"].split())) if match else None
    if match is None or value is None:
        return None
    rest = match["rest"]
    name = next((rest[:n] for n in (2, 1) if rest[:n] in _UNITS), "")
    if not name:
        return _generic(line, match)
    unit, after = _UNITS[name], rest[len(name) :]
    doubt = _doubt_after(unit, after)
    apart = _GLUED_SIGNS.match(after)
    title = clean_title(after[apart.end() :] if apart else after.lstrip("】]}》)）〉>,，…"))
    if doubt is None or ends_a_chapter(title):
        return None
    form = f"第N{name[:1].translate(_SAME_UNIT)}"
    label = line[: len(line) - len(after)].strip()
    return Heading(unit.kind, form, "".join(match["number"].split()), value, title, label, doubt)


def _doubt_after(unit: _Unit, after: str) -> int | None:
    """The doubt about a heading by what comes after its unit; ``None`` if it is none."""
    if not after.strip() or _PART.fullmatch(after):
        return CLEAR
    if unit.kind is _VOLUME and _INNER.match(after):
        return CLEAR
    title = tidy_title(after)
    if _THIRD.match(after):
        return doubt_of_title(title)
    if after[0].isspace() or after[0] in _AFTER:
        comma = UNLIKELY if after[0] in ",，" else CLEAR
        return comma + doubt_of_title(title, is_apart=after[0].isspace())
    if after[0] in _OPENS:
        return LIKELY + doubt_of_title(title)
    if unit.glued is None or len(title) > _TITLE_WITHOUT_SPACE or after[0] in "。；！？”’":
        return None
    if title in unit.glued:  # 第一回合
        return None
    sentence = LIKELY if title.endswith("。") else 0
    return (UNLIKELY if after[0] in unit.glued else LIKELY) + sentence + doubt_of_title(title)


def _generic(line: str, match: re.Match[str]) -> Heading | None:
    """第一封信, 第二夜: whatever is counted, if it stands apart."""
    unit = _GENERIC_UNIT.fullmatch(match["rest"])
    value = value_of(match["number"])
    is_apart = line[match.start("rest") - 1].isspace() and not line[1].isspace()
    if unit is None or value is None or is_apart or unit["unit"][0] in _PAGES:
        return None
    if unit["unit"] in (*_OF_LISTS, "款项", "步骤"):
        return None
    title = clean_title(unit["rest"])
    label = line[: len(line) - len(unit["rest"])].strip()
    doubt = LIKELY + doubt_of_title(title)
    form = f"第N{unit['unit']}"
    return Heading(_CHAPTER, form, match["number"], value, title, label, doubt, numbers_only=True)


def _volume_first(line: str, match: re.Match[str]) -> Iterator[tuple[Heading, ...]]:
    value, rest = value_of(match["number"]), match["rest"]
    is_apart = not rest.strip() or rest[0].isspace() or rest[0] in _AFTER
    if value is None or not (is_apart or _INNER.match(rest)):
        return
    title, unit = clean_title(rest), match["unit"]
    is_volume = unit in "卷部集篇幕"
    doubt = doubt_of_title(title) + (CLEAR if unit == "卷" else UNLIKELY)
    label = line[: len(line) - len(rest)].strip()
    kind = _VOLUME if is_volume else _CHAPTER
    heading = Heading(kind, f"{unit}N", match["number"], value, title, label, doubt)
    yield (heading,)


def _without_ordinal(line: str, match: re.Match[str]) -> Iterator[tuple[Heading, ...]]:
    """3章 雨: a heading only as one of a series."""
    value, unit = value_of(match["number"]), _UNITS[match["rest"][0]]
    after = match["rest"][1:]
    doubt = _doubt_after(unit, after)
    title = clean_title(after)
    if value is None or doubt is None or ends_a_chapter(title):
        return
    form = f"N{match['rest'][0].translate(_SAME_UNIT)}"
    label = line[: len(line) - len(after)].strip()
    doubt += LIKELY
    yield (
        Heading(unit.kind, form, match["number"], value, title, label, doubt, numbers_only=True),
    )
