"""The time for which a server asks clients to wait, in all the formats that servers use."""

from __future__ import annotations

import email.utils
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone

from arboris_desktop.text.patterns import lazy_pattern

CEILING = 3600.0
"""Seconds; after a longer request, the server is asked again after an hour."""

_BEIJING = timezone(timedelta(hours=8))
"""The time zone of a time without one in a Chinese message."""

_UNITS = {
    "ms": 0.001,
    "millisecond": 0.001,
    "毫秒": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "秒": 1.0,
    "秒钟": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
    "分": 60.0,
    "分钟": 60.0,
    "h": 3600.0,
    "hr": 3600.0,
    "hour": 3600.0,
    "小时": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "天": 86400.0,
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = rf"\d{{1,9}}(?:\.\d{{1,9}})?\s*(?:{_UNIT})s?(?![A-Za-z])"
_DURATION = rf"{_PART}(?:[\s,]*(?:and\s+)?{_PART})*"
_ONE_PART = lazy_pattern(rf"(\d{{1,9}}(?:\.\d{{1,9}})?)\s*({_UNIT})s?(?![A-Za-z])", re.IGNORECASE)
_COMPACT = lazy_pattern(r"(?:\d{1,9}(?:\.\d{1,9})?(?:ms|[smhd]))+", re.IGNORECASE)
_SPELT_OUT = lazy_pattern(_DURATION, re.IGNORECASE)
_ISO_DURATION = lazy_pattern(
    r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.IGNORECASE,
)
_SECONDS_OF = (86400.0, 3600.0, 60.0, 1.0)
_AROUND_A_VALUE = "\"' "
_SAID = lazy_pattern(
    r"(?:retry|try(?: it)? again|again|cool-?down|available|resets?|wait|back|unblocked|refresh\w*)"
    rf"(?:\s+\w+){{0,3}}?\s*(?:in|after|for|at least|within|of|about|:|~|=)*\s*({_DURATION})"
    rf"|(?:请于?|等待(?:时间)?|等候|在|再等)[\s：:]*约?\s*({_DURATION})\s*(?:之?后|后重试|内)?"
    rf"|(?:约|预计|大约|稍后)\s*({_DURATION})\s*(?:之?后|再试)",
    re.IGNORECASE,
)
_ONE_UNIT = lazy_pattern(
    r"(?:try|retry|again|available|reset)\w*(?:\s+\w+){0,2}?\s+in\s+(?:about\s+)?(?:an?|one)\s+"
    r"(second|minute|hour|day)\b",
    re.IGNORECASE,
)
_SAID_WITHOUT_UNIT = lazy_pattern(
    r"(?:retry|try again)[\s-]+(?:in|after)\s*[:=]?\s*(\d{1,9}(?:\.\d{1,9})?)(?![\d.]*\s*\w)",
    re.IGNORECASE,
)
_DATE = lazy_pattern(
    r"\d{4}-\d\d-\d\d(?:T| at | )\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_ABOUT_WAITING = lazy_pattern(
    r"reset|again|retry|regain|available|until|refresh|重置|恢复|重试|后再", re.I
)
_FIELDS = frozenset(
    {
        "retrydelay",
        "retryafter",
        "retryafterseconds",
        "retryafterms",
        "retryin",
        "waitseconds",
        "waittime",
        "resetat",
        "resetsat",
        "resettime",
        "resetin",
        "resetafter",
        "resetinseconds",
        "resetsinseconds",
        "quotaresetdelay",
        "estimatedtime",
        "cooldown",
    }
)
"""Names of fields, without separators."""

_SPENT = lazy_pattern(r"\breset=(\d{1,9})|\br=0\b.*\bt=(\d{1,9})")
_OF_A_LIMIT = lazy_pattern(r"rate-?limit.*reset")


def retry_after_seconds(
    headers: Mapping[str, str], body: object, said: str, now: datetime | None = None
) -> float | None:
    """Returns the seconds to wait; ``None`` if the server does not say. ``said`` are its words."""
    now = now or datetime.now(UTC)
    headers = {name.lower(): value for name, value in headers.items()}
    for seconds in (*_of_headers(headers, now), *_of_fields(body, now), *_of_words(said, now)):
        if seconds is not None and seconds >= 0:
            return min(seconds, CEILING)
    return None


def _of_headers(headers: Mapping[str, str], now: datetime) -> Iterator[float | None]:
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        if (milliseconds := _number(headers.get(name))) is not None:
            yield milliseconds / 1000
    for name in ("retry-after", "x-retry-after", "x-ratelimit-reset-after"):
        value = headers.get(name, "").strip(_AROUND_A_VALUE)
        yield _moment_or_seconds(value, now)
        # Two proxies may each add their own.
        yield _moment_or_seconds(value.partition(",")[0].strip(), now)
    if spent_for := _SPENT.search(headers.get("ratelimit", "")):
        yield float(spent_for[1] or spent_for[2])
    yield from _of_limits(headers, now)


def _of_limits(headers: Mapping[str, str], now: datetime) -> Iterator[float | None]:
    """Returns the reset of the limit that was reached; if that is not stated, the earliest of
    all."""
    resets = {
        name: seconds
        for name, value in headers.items()
        if _OF_A_LIMIT.search(name)
        and (seconds := _moment_or_seconds(value, now)) is not None
        and seconds >= 0
    }
    remaining = {name: _number(headers.get(name.replace("reset", "remaining"))) for name in resets}
    yield max((resets[name] for name in resets if remaining[name] == 0), default=None)
    yield min(resets.values(), default=None)


def _of_fields(body: object, now: datetime, depth: int = 0) -> Iterator[float | None]:
    """Yields fields such as ``retryDelay``, wherever they are."""
    if depth > 6:
        return
    if isinstance(body, list):
        for each in body[:20]:
            yield from _of_fields(each, now, depth + 1)
    if not isinstance(body, Mapping):
        return
    for name, value in body.items():
        plain = re.sub(r"[-_]", "", str(name).lower())
        if plain in _FIELDS:
            yield _of_field(plain, value, now)
        elif plain == "headers" and isinstance(value, Mapping):
            texts = {str(k).lower(): str(v) for k, v in value.items()}
            yield from _of_headers(texts, now)
        elif isinstance(value, Mapping | list):
            yield from _of_fields(value, now, depth + 1)


def _of_field(name: str, value: object, now: datetime) -> float | None:
    if isinstance(value, Mapping):
        whole, rest = _number(value.get("seconds")), _number(value.get("nanos"))
        return None if whole is None and rest is None else (whole or 0) + (rest or 0) / 1e9
    seconds = _moment_or_seconds(value if isinstance(value, str) else _number(value), now)
    return seconds / 1000 if seconds is not None and name.endswith("ms") else seconds


def _of_words(said: str, now: datetime) -> Iterator[float | None]:
    for found in _SAID.finditer(said):
        yield _duration(found[1] or found[2] or found[3])
    for one in _ONE_UNIT.finditer(said):
        yield _UNITS[one[1].lower()]
    if plain := _SAID_WITHOUT_UNIT.search(said):
        yield float(plain[1])
    if _ABOUT_WAITING.search(said):
        for date in _DATE.findall(said):
            yield _until(date, now, chinese=re.search("[\u4e00-\u9fff]", said) is not None)


def _moment_or_seconds(value: object, now: datetime) -> float | None:
    """Parses a number of seconds, a timestamp, a duration (``6m0s``, ``PT30S``), or a date."""
    number = _number(value)
    if number is not None:
        if number > 1e11:
            return number / 1000 - now.timestamp()
        return number - now.timestamp() if number > 1e9 else number
    if not isinstance(value, str):
        return None
    if _COMPACT.fullmatch(value.strip()) or _SPELT_OUT.fullmatch(value.strip()):
        return _duration(value)
    if (found := _ISO_DURATION.fullmatch(value.strip())) and any(found.groups()):
        parts = zip(found.groups(), _SECONDS_OF, strict=True)
        return sum(float(number) * unit for number, unit in parts if number)
    return _until(value.strip(), now, chinese=False)


def _duration(text: str) -> float | None:
    parts = [float(n) * _UNITS[unit.lower()] for n, unit in _ONE_PART.findall(_spaced(text))]
    return sum(parts) if parts else None


def _spaced(text: str) -> str:
    """Writes ``6m0s`` as ``6m 0s``: a unit ends where no letter follows."""
    return re.sub(r"([A-Za-z])(\d)", r"\1 \2", text)


def _until(text: str, now: datetime, *, chinese: bool) -> float | None:
    moment = _date(text.strip().replace(" at ", " "))
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_BEIJING if chinese else UTC)
    return (moment - now).total_seconds()


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text))
    except (ValueError, OverflowError):
        pass
    try:
        return email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    # The comparison also rejects "nan", which float() accepts.
    return number if number >= 0 else None


def nested_json(text: str) -> object | None:
    """Returns the JSON in an error's message, as proxies pass it on."""
    start = min((at for at in (text.find("{"), text.find("[{")) if at >= 0), default=-1)
    if start < 0:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, Mapping | list) else None
