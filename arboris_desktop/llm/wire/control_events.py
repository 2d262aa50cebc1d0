"""Events that are not part of an answer: the last one, and signs of life."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arboris_desktop.llm.wire.dialects import as_choice
from arboris_desktop.llm.wire.events import WireEvent
from arboris_desktop.text.patterns import lazy_pattern

_LAST = frozenset(
    {"done", "complete", "completed", "end", "finish", "finished", "close", "message_stop"}
)
"""Events of these names are the last if they carry nothing."""

_ASIDES = frozenset({"ping", "heartbeat", "keepalive", "keep-alive", "keep_alive"})
"""Events of these names only keep the connection alive, whatever they carry."""

_SAYS_LAST = ("done", "is_end", "finished")
_NOT_DATA = lazy_pattern(
    r"[^\w{]{1,4}[\w-]{0,20}\W{0,4}|ping|pong|keep-?alive|heartbeat|null|true|false|\{\}",
    re.IGNORECASE,
)
"""A single word, perhaps in brackets, such as ``[HEARTBEAT]`` or ``null``: no piece of an
answer."""


def is_last(event: WireEvent, value: object) -> bool:
    """True if an event announces the end and carries nothing itself."""
    fields = value if isinstance(value, Mapping) else {}
    if event.data == "[DONE]":
        return True
    if "choices" in fields or "message" in fields or "error" in fields:
        return False
    if as_choice(fields) is not None:
        return False
    names = (event.name.lower(), fields.get("type"))
    return any(name in _LAST for name in names) or any(
        fields.get(name) is True for name in _SAYS_LAST
    )


def is_keep_alive(event: WireEvent) -> bool:
    """True if an event without an object only keeps the connection alive."""
    return (
        event.name.lower() in _ASIDES
        or event.value is not None
        or _NOT_DATA.fullmatch(event.data.strip()) is not None
    )
