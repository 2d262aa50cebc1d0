"""Chapters that have a name instead of a number: Prologue, 序章, 番外 老周."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arboris_desktop.text.headings.heading import (
    CLEAR,
    LIKELY,
    SPECIAL_FORM,
    Heading,
    HeadingKind,
)
from arboris_desktop.text.headings.titles import clean_title, doubt_of_title
from arboris_desktop.text.number_words import without_accents
from arboris_desktop.text.numerals import ARABIC, CHINESE
from arboris_desktop.text.patterns import lazy_pattern

_ALONE = (
    "卷首|卷首语|卷首語|卷末|卷末语|作者的话|写在前面|写在最后|写在前面的话|完结感言|完本感言|上架感言|新书感言"
    "|请假条|請假條|内容简介|内容簡介|简介|文案|献词|獻詞|人物表|人物介绍|主要人物|人物关系|致谢|致謝|鸣谢|得胜头回"
)
_PREFACES = (
    "序|自序|代序|总序|總序|再版序|跋|前言|后记|後記|后话|引言|结语|結語|附录|附錄|题记|題記|特典"
    "|[Ii][Ff][线線]|导言|導言|导读|導讀|(?:出版|作者|译|編|编|代)(?:后记|後記)|后序|後序|跋语"
)
_TITLED = (
    "楔子|序章|序言|序幕|序曲|引子|前传|前傳|尾声|尾聲|终章|終章|终幕|最终章|最终回|大结局|大結局|间章|間章|间幕"
    "|幕间|番外(?:特别)?篇?|外传|外傳|特别篇|特别章|后日谈|後日談|彩蛋|尾章|尾记|余音|余韵|终曲|终局|结局|最终话"
    "|最終話|终回|完结章|小剧场|缘起|緣起|入话|幕間|閑話|番外編|終幕|エピローグ|プロローグ|あとがき|まえがき"
)
_CHINESE = lazy_pattern(
    rf"(?:(?:{_ALONE})[：:]?|(?:{_PREFACES}|{_TITLED})(?:[之其]?\s*[{CHINESE}{ARABIC}]{{1,4}}|[上中下])?"
    r"(?P<title>(?:[\s:：·—、.．（(【\[-].*)?))"
)
_ENGLISH = lazy_pattern(
    r"(?P<name>(?:the\s+)?(?:prologue|epilogue|preface|foreword|introduction|afterword|interlude"
    r"|postscript|intermission|prelude|overture|coda|finale|appendix|epigraph|dedication|glossary"
    r"|acknowledge?ments?|author.s\s+note|(?:a\s+)?note\s+from\s+the\s+author|about\s+the\s+author|also\s+by\s+[^.!?]{2,40}"
    r"|(?:final|last)\s+chapter|chapter\s+the\s+last|conclusion|bonus\s+(?:chapter|scene)|side\s+story"
    r"|dramatis\s+person(?:ae|æ)|(?:foreword|preface|introduction|afterword)\s+by\s+[^.!?]{2,40}))"
    r"(?:\s+(?:\d{1,3}|[IVX]{1,6}|[A-H]|one|two|three|four|five|six|seven|eight|nine|ten))?"
    r"(?:\.|\s*[:—–|-]+\s*\S.*)?",
    re.IGNORECASE,
)


_FOREIGN = lazy_pattern(
    r"(?:prolog[oue]{0,2}|epilog[oue]{0,2}|vorwort|nachwort|einleitung|zwischenspiel|danksagung"
    r"|avant-propos|postface|prefacio|prefazione|introduccion|interludio"
    r"|пролог|эпилог|еп[иі]лог|предисловие|послесловие|интерлюдия|вступление|заключение|от автора"
    r"|프롤로그|에필로그|외전|후기|작가의 말|서장|종장|서문|번외"
    r"|loi (?:mo dau|noi dau|ket)|ngoai truyen|phien ngoai|vi thanh|mo dau|onsoz|sonsoz|doslov)"
    r"(?:\s+(?:\d{1,3}|[ivx]{1,6}))?(?:\.|\s*[:—–|-]+\s*\S.*)?"
)
"""Of other languages, in small letters without accents."""
_GLUED_EXTRA = lazy_pattern(r"番外[^\W\d_A-Za-z]{1,10}(?<![卷部集篇册])")
"""番外旧事"""
_NOTE_OF_AUTHOR = lazy_pattern(r"author.s\s+note\s*[:—–|-]+\s*(?:[a-z].*|.*[.!?])", re.IGNORECASE)
"""Author's Note: thanks for reading! What it says stands in the same line, within a chapter."""
_EXTRA = lazy_pattern(r"[^\W\d_A-Za-z第的是在了这那看写]{1,5}番外篇?(?:[:：·—]\s*\S.{0,30})?")
"""陶七番外：旧事"""
_SPACED = lazy_pattern(r"[^\W\d_A-Za-z](?:\s+[^\W\d_A-Za-z]){1,3}")
"""楔　子: the letters of a short name, set apart so that it looks longer."""


def special_readings(line: str) -> Iterator[tuple[Heading, ...]]:
    """The heading that a line without decoration is by its name, if it is one."""
    line = "".join(line.split()) if _SPACED.fullmatch(line) else line
    title = " ".join(line.split()).rstrip(".")
    if _EXTRA.fullmatch(line) or (_GLUED_EXTRA.fullmatch(line) and not _CHINESE.fullmatch(line)):
        yield (_special(title, LIKELY + doubt_of_title(title)),)
    elif match := _CHINESE.fullmatch(line):
        doubt = LIKELY + doubt_of_title((match["title"] or "").strip(" 　：:"))
        name = (title if match["title"] is None else clean_title(title)).rstrip("：:")
        yield (_special(name, doubt),)
    elif _NOTE_OF_AUTHOR.fullmatch(line):
        return
    elif line[:1].isalpha() and not line[:1].islower() and _is_name(line):
        yield (_special(title, LIKELY),)


def _is_name(line: str) -> bool:
    return bool(_ENGLISH.fullmatch(line) or _FOREIGN.fullmatch(without_accents(line)))


def _special(title: str, doubt: int = CLEAR) -> Heading:
    return Heading(HeadingKind.SPECIAL, SPECIAL_FORM, "", (), title, doubt=doubt)
