"""Lines that are a date: 3月1日 晴, 1937年7月8日, 1 March, Monday, 3 May 1897, 2021-03-01."""

from __future__ import annotations

import re

from arboris_desktop.text.numerals import CHINESE, value_of
from arboris_desktop.text.patterns import lazy_pattern

Moment = tuple[int, int, int]
"""Year, month and day; 0 for what a line does not say."""

DATES, YEARS, MONTHS, DIARY = "YYYY-MM-DD", "YYYY", "N月", "Dear Diary"
WEEKDAYS, CLOCK = "Monday N", "HH:MM"
"""The forms of headings."""


_N = rf"(?:\d{{1,2}}|[{CHINESE}元]{{1,3}})"
_ERA = r"(?P<era>民国|公元|大正|昭和|平成|令和|[\u4e00-\u9fff]{2})?"
_YEAR = rf"{_ERA}(?P<year>\d{{4}}|[{CHINESE}]{{4}}|(?<=\S){_N})年"
_WEEKDAY = (
    r"(?:星期|礼拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?"
    r"|[(（][月火水木金土日一二三四五六][)）]"
)
_MONTH = rf"(?P<month>{_N}|正|腊|臘|冬|闰{_N})月"
_DAY = rf"(?P<day>初[一二三四五六七八九十]|{_N})(?:日|号|號|(?=\s|$|[,，(（]))"
_HOURS = "(?:清晨|早晨|上午|中午|下午|傍晚|晚上?|夜里?|深夜|凌晨)"
_PHRASE = r"[^。！？；，,]{1,20}"
_REST = (
    rf"(?P<rest>(?:{_HOURS})?(?:[\s,，]*(?:{_WEEKDAY}))?"
    rf"(?:[\s:：·、—,，(（]+{_PHRASE})?)"
)
_AFTER_SIGN = rf"(?:[\s:：·]+{_PHRASE})?"
_AFTER_FIGURES = r"(?P<rest>(?:[\s,，]+[^\d。！？；，,.!?:][^。！？；，,.!?]{0,20})?)"
_MONTH_NAMES = """
jan(?:uary|uar|vier|eiro)? feb(?:ruary|ruar)?|févr(?:ier)?|febrero|febbraio mar(?:ch|s|zo)?|märz
apr(?:il|ile)?|avril|abril may|mai|mayo|maggio june?|juin|juni|junio|giugno
july?|juillet|juli|julio|luglio aug(?:ust)?|août|agosto sept?(?:ember|embre|iembre|tember)?
o[ck]t(?:ober|obre|ubre)?|ottobre nov(?:ember|embre|iembre)?
de[cz](?:ember|embre)?|déc(?:embre)?|diciembre|dicembre
"""
_RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_MONTHS = _MONTH_NAMES.split()
_RUSSIAN_MONTHS = _RUSSIAN.split()
_LATIN_MONTH = "|".join((*(f"(?:{one})" for one in _MONTHS), *_RUSSIAN_MONTHS))
_LATIN_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
)
_NTH = lazy_pattern(r"(?<=\d)(?:st|nd|rd|th|er|º)$", re.IGNORECASE)
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|º)?"
_LATIN_YEAR = r"(?:[\s,./]+(?P<year>\d{4})(?:\s*г\.?)?)?"
_BEFORE = (
    rf"(?:(?P<place>[^\W\d_][^.!?;:,]{{1,40}}),\s+)?(?:(?:{_LATIN_WEEKDAY})\.?,?\s+)?"
    r"(?:the\s+|den\s+|le\s+|el\s+)?"
)
_BEHIND = (
    rf"(?:[,\s]+(?:{_LATIN_WEEKDAY}))?"
    r"(?P<rest>[.,]?|\s*[.:—–(-]+\s*[^.!?;]{1,40}\.?)"
)
_LATIN_DATES = tuple(
    lazy_pattern(_BEFORE + date + _LATIN_YEAR + _BEHIND, re.IGNORECASE)
    for date in (
        rf"(?P<day>{_DAY_NUMBER})\.?\s+(?:of\s+|de\s+)?(?P<month>{_LATIN_MONTH})\.?",
        rf"(?P<month>{_LATIN_MONTH})\.?\s+(?:the\s+)?(?P<day>{_DAY_NUMBER})(?!\d)",
    )
)
_PATTERNS = {
    DATES: (
        lazy_pattern(rf"(?:{_YEAR}\s*)?{_MONTH}\s*{_DAY}{_REST}"),
        lazy_pattern(rf"{_YEAR}\s*{_MONTH}{_REST}"),
        lazy_pattern(
            rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_AFTER_FIGURES}"
        ),
        lazy_pattern(
            rf"(?P<month>\d{{1,2}})([-/.])(?P<day>\d{{1,2}})\2(?P<year>\d{{2,4}}){_AFTER_FIGURES}"
        ),
        *_LATIN_DATES,
        lazy_pattern(rf"(?P<month>{_LATIN_MONTH})\.?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    ),
    YEARS: (
        lazy_pattern(rf"{_YEAR}(?P<rest>\s*[春夏秋冬]?天?{_AFTER_SIGN})"),
        lazy_pattern(r"(?P<year>1[0-9]\d\d|20\d\d)(?P<rest>(?:\s*[:：—–-]\s*\S.{0,30})?)"),
        lazy_pattern(
            r"(?i:(?P<season>spring|summer|autumn|fall|winter))(?:\s+of)?\s+(?P<year>1[0-9]\d\d|20\d\d)"
        ),
        lazy_pattern(r"[A-Z]\w*(?:[ -]\w+){0,3},\s+(?P<year>1[0-9]\d\d|20\d\d)"),
    ),
    MONTHS: (lazy_pattern(rf"{_MONTH}(?P<rest>{_AFTER_SIGN})"),),
    WEEKDAYS: (
        lazy_pattern(
            rf"(?:{_LATIN_WEEKDAY}),?\s+(?:the\s+)?(?P<day>{_DAY_NUMBER})(?!\d)[.,:]?",
            re.IGNORECASE,
        ),
    ),
    CLOCK: (
        lazy_pattern(
            r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\.?",
            re.IGNORECASE,
        ),
        lazy_pattern(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"),
        lazy_pattern(
            rf"(?P<half>{_HOURS})?\s*(?P<hour>{_N})[点點时時](?:(?P<minute>{_N})分?|整|半)?"
        ),
    ),
}
_SEASONS = ("sp", "su", "au", "fa", "wi")
_DIARY = lazy_pattern(
    r"(?:my\s+)?dear(?:est)?\s+(?:diary|journal)\W*|亲爱的日记\W*|親愛的日記\W*|日记[:：]", re.I
)


def date_in(line: str) -> tuple[str, Moment] | None:
    """The form of the date that a line is, and what it says; ``None`` if it is none."""
    if _DIARY.fullmatch(line):
        return DIARY, (0, 0, 0)
    for form, patterns in _PATTERNS.items():
        for pattern in patterns:
            match = pattern.fullmatch(line)
            moment = _moment(match) if match else None
            if moment is not None:
                return form, moment
    return None


def _moment(match: re.Match[str]) -> Moment | None:
    """The date; ``None`` for what is none, such as the 40th of a month."""
    named = match.groupdict()
    if "hour" in named:
        return _time(named)
    month, day = _month(named.get("month")), _number(named.get("day"))
    if season := named.get("season"):
        month = _SEASONS.index(season[0].lower() + season[1].lower())
    if month is None or day is None or month > 13 or day > 31:
        return None
    return (_number(named.get("year")) or 0, month, day)


def _time(named: dict[str, str | None]) -> Moment | None:
    """The hour and the minute in the places of month and day."""
    hour, minute = _number(named["hour"]), _number(named.get("minute"))
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    is_later = (named.get("half") or "").lower() in (
        "p",
        "下午",
        "傍晚",
        "晚",
        "晚上",
        "夜",
        "夜里",
    )
    return (0, hour + 12 if is_later and hour < 12 else hour, minute)


def _month(text: str | None) -> int | None:
    if text is None or _number(text) is not None:
        return _number(text)
    low = text.lower()
    for place, names in enumerate(_MONTHS, 1):
        if re.fullmatch(names, low) or low == _RUSSIAN_MONTHS[place - 1]:
            return place
    return {"正": 1, "冬": 11, "腊": 12, "臘": 12}.get(text, _number(text.removeprefix("闰")))


def _number(text: str | None) -> int | None:
    if text is None:
        return 0
    plain = text.removeprefix("初").replace("元", "一")
    value = value_of(_NTH.sub("", plain))
    return value[0] if value else None
