"""Converting values of a foreign database to the types of our columns."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

from arboris_desktop.storage.portable.row_codec import sound_text

_TEXT_NAMES = ("content", "chapter_content", "full_content", "chapter_text", "text", "body")
_TURN_NAMES = ("ai_message", "message", "value", "content", "text")
_YEARS = range(1970, 3000)
_DEEPEST = 20


def as_text(value: Any) -> str:
    """Returns a value as text; empty for NULL."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return sound_text(value if isinstance(value, str) else str(value))


def as_text_or_none(value: Any) -> str | None:
    """Returns a value as text, or ``None``."""
    return as_text(value) or None


def as_count(value: Any) -> int | None:
    """Returns a whole number, which a database may hold as text."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        value = int(value.strip()[:12])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_score(value: Any) -> float | None:
    """Returns a score clamped to the valid range, or ``None``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value) if 0 <= value <= 1000 else None


def as_time(value: Any, otherwise: datetime) -> str:
    """Parses a time as SQLite has it, in UTC if it has no zone."""
    try:
        time = datetime.fromisoformat(as_text(value).strip().replace("Z", "+00:00"))
    except ValueError:
        time = otherwise
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return (time if time.year in _YEARS else otherwise).astimezone(UTC).isoformat()


def as_json(value: Any) -> Any:
    """Returns the value of a JSON column; text that is not JSON stays text."""
    if not isinstance(value, str | bytes):
        return value
    text = as_text(value)
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return text


def as_object(value: Any) -> dict[str, Any] | None:
    """Returns an object from a JSON column; anything else is wrapped in one."""
    found = as_json(value)
    if found is None or isinstance(found, dict):
        return found
    return {"value": found}


def prose_of(content: str) -> str:
    """Returns the text of a chapter, which Arboris-Novel may store as the model's JSON."""
    return _inner_text(content, _TEXT_NAMES) or content


def turn_of(content: str) -> str:
    """Returns the words of a turn of the dialogue, which is stored as JSON with other things."""
    return _inner_text(content, _TURN_NAMES) or content


def _inner_text(content: str, names: tuple[str, ...]) -> str:
    """Returns the first text under one of the names, if the content is JSON; otherwise nothing."""
    plain = content.strip()
    if plain[:1] not in '{"' or plain[-1:] not in '}"' or len(plain) < 2:
        return ""
    try:
        found = json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return ""
    for _ in range(_DEEPEST):
        if not isinstance(found, dict):
            break
        found = next((found[name] for name in names if found.get(name)), None)
    return as_text(found) if isinstance(found, str) else ""
