"""Title and author parted by a dash, as libraries and authors name their files."""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_DASH = lazy_pattern(r"\s+[-–—]+\s+")
_PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|la|le|el|al|bin|ben|ibn|y|e)"
_WORD = r"(?:[A-Z]\.?(?:[A-Z]\.)*|[A-Z\u00c0-\u00de\u0410-\u042f][^\W\d_]+(?:['’\-.][^\W\d_]+)*\.?)"
_LATIN = lazy_pattern(
    rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,3}}"
    rf"(?:\s*(?:&|,|\band\b)\s*{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,3}})?"
)
_TURNED = lazy_pattern(
    rf"(?P<last>(?:{_PARTICLE}\s+)?{_WORD}),\s+(?P<first>{_WORD}(?:\s+{_WORD}){{0,2}})"
)
_CHINESE = lazy_pattern(
    r"[\u3400-\u9fff]{2,5}|[\u3400-\u9fff]{1,6}(?:[·・][\u3400-\u9fff]{1,8}){1,3}"
)
_OF_BOOKS = lazy_pattern(
    r"\b(?:the|an?|of|in|to|for|with|on|my|draft|final|first|second|third|last|version|part|book|books"
    r"|volume|vol|chapters?|copy|edit(?:ed|s)?|edition|revis(?:ed|ion)|rewrite|novel|novella|story|stories"
    r"|complete|completed|notes?|outline|synopsis|manuscript|epub|ebook|txt|docx?|backup|old|new|full"
    r"|series|season|episode|arc|one|two|three|four|five|prologue|epilogue|sample|beta|alpha|proof"
    r"|english|chinese|translation|translated|untitled|unknown|anonymous)\b",
    re.IGNORECASE,
)
_OF_CHINESE_BOOKS = lazy_pattern(
    r"稿|[初终終定]版|版本|修改|修订|修訂|备份|備份|大纲|大綱|设定|設定|正文|番外|外传|外傳|前传|前傳|全[本集文]|完[结結本]"
    r"|[连連][载載]|未完|精校|校[对對]|小说|小說|合集|文集|选集|目录|目錄|[上中下]$|[上中下第][一二三四五六七八九十百\d]*"
    r"[册冊卷部集章回节節季篇]|[卷部篇集册冊章]$|副本|新建|文档|文檔|最[终終新]|起点|起點|晋江|晉江|番茄|网|網|下载|下載"
    r"|之|的|传$|傳$|记$|記$|录$|錄$"
)


def title_and_author(name: str) -> tuple[str, str]:
    """The title and the author in "The Ship - Jane Doe" or 雨巷 - 老周; no author if none is sure.

    Where both parts could be a name, the title comes first, as in the names that libraries give.
    """
    parts = [part.strip() for part in _DASH.split(name) if part.strip()]
    if len(parts) < 2:
        return name, ""
    if author := person_in(parts[-1]):
        return " - ".join(parts[:-1]), author
    if parts[0].isascii() and (author := person_in(parts[0])):
        return " - ".join(parts[1:]), author
    return name, ""


def person_in(part: str) -> str:
    """The name of a person, its first name first; empty for what may be none."""
    if _CHINESE.fullmatch(part):
        return "" if _OF_CHINESE_BOOKS.search(part) else part
    if _OF_BOOKS.search(part):
        return ""
    if turned := _TURNED.fullmatch(part):
        return f"{turned['first']} {turned['last']}"
    return part if _LATIN.fullmatch(part) else ""
