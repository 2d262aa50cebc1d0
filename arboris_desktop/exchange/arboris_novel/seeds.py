"""Foreshadowing of Arboris-Novel as seeds of the codex, in the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arboris_desktop.domain.codex import EntryKind, Origin
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.arboris_novel.values import as_count, as_text
from arboris_desktop.storage.portable.foreign import Row
from arboris_desktop.storage.portable.survey import JsonRow
from arboris_desktop.text.prose import one_line

SEED_COLUMNS = (
    "id project_id chapter_id chapter_number name title content description notes type status"
    " resolved_chapter_id resolved_chapter_number target_reveal_chapter due_chapter"
    " created_at updated_at"
)
"""The columns of ``foreshadowings``, in all versions, that have a counterpart in a seed."""

_PAID_OFF = ("resolved", "revealed", "paid_off", "closed", "done", "collected", "已回收", "已揭示")
_GIVEN_UP = ("abandoned", "dropped", "cancelled", "ignored", "已废弃", "废弃")
_LONGEST_NAME = 40
_PLANTED = {
    Language.ENGLISH: "Planted in chapter {number}.",
    Language.CHINESE: "埋于第{number}章。",
}
_DROPPED = {Language.ENGLISH: "Given up.", Language.CHINESE: "已放弃。"}


def seed_of_row(row: Row, chapters: Mapping[Any, int], language: Language) -> JsonRow | None:
    """Returns the codex entry for a row; ``None`` if it is empty.

    ``chapters`` maps chapter ids there to chapter numbers.
    """
    texts = [one_line(as_text(row.get(name))) for name in ("title", "name")]
    said = [as_text(row.get(name)).strip() for name in ("content", "description", "notes")]
    name = next((text for text in (*texts, *map(one_line, said)) if text), "")
    if not name:
        return None
    planted = _number(row, "chapter", chapters)
    status = as_text(row.get("status")).strip().lower()
    more = [_PLANTED[language].format(number=planted)] if planted else []
    more += [_DROPPED[language]] if status in _GIVEN_UP else []
    return {
        "kind": EntryKind.FORESHADOWING.value,
        "name": name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…",
        "aliases": [],
        "attributes": _attributes(row, status, chapters),
        "origin": Origin.AUTHOR.value,
        "description": "\n".join([*(text for text in said if text), *more]),
        "due_chapter": as_count(row.get("due_chapter") or row.get("target_reveal_chapter")) or None,
    }


def _attributes(row: Row, status: str, chapters: Mapping[Any, int]) -> dict[str, str]:
    kind = one_line(as_text(row.get("type")))
    attributes = {"seed_kind": kind} if kind else {}
    number = _number(row, "resolved_chapter", chapters)
    if number or status in (*_PAID_OFF, *_GIVEN_UP):
        attributes[PAID_OFF_IN] = str(number) if number else "?"
    return attributes


def _number(row: Row, name: str, chapters: Mapping[Any, int]) -> int | None:
    """Returns the number of the chapter that a row names by its id or its number."""
    known = row.get(f"{name}_id")
    found = None if known is None else chapters.get(known)
    return found or as_count(row.get(f"{name}_number"))
