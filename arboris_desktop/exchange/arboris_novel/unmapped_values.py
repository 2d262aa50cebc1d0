"""Data of an Arboris-Novel book that has no counterpart here: kept with the novel, for its
author."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from arboris_desktop.exchange.arboris_novel.foreign_novel import ForeignNovel
from arboris_desktop.exchange.arboris_novel.seeds import SEED_COLUMNS
from arboris_desktop.exchange.arboris_novel.values import as_text
from arboris_desktop.storage.portable.foreign import ForeignDatabase, Row

UNDERSTOOD = {
    "novel_projects": "id user_id title initial_prompt status metadata created_at updated_at",
    "novel_blueprints": "project_id title target_audience genre style tone one_sentence_summary"
    " full_synopsis world_setting created_at updated_at",
    "novel_conversations": "id project_id seq role content metadata created_at",
    "blueprint_characters": "id project_id name identity personality goals abilities"
    " relationship_to_protagonist extra position",
    "blueprint_relationships": "id project_id character_from character_to description position",
    "chapter_outlines": "id project_id chapter_number title summary",
    "chapters": "id project_id chapter_number real_summary status word_count selected_version_id"
    " created_at updated_at",
    "chapter_versions": "id chapter_id version_label provider content metadata created_at",
    "chapter_evaluations": "id chapter_id version_id decision feedback score created_at",
    "pending_analysis": "id chapter_id project_id user_id status priority retry_count max_retries"
    " created_at started_at updated_at",
    "foreshadowings": SEED_COLUMNS,
}
"""Tables of a novel that are messages to a user of the web application."""

_NEVER_READ = frozenset({"analysis_notifications"})
"""Tables of a novel that are messages to a user who is not here."""

_OF_USERS = ("user_id", "owner_id", "created_by")
_MOST_CHARACTERS = 4_000_000
"""Characters that are kept of one novel."""


def unmapped_values(
    source: ForeignDatabase,
    project_id: Any,
    found: Mapping[str, list[Row]],
    novel: ForeignNovel,
) -> dict[str, Any]:
    """Returns the columns and tables of a novel that nothing here reads; ``novel`` counts them.

    ``found`` are its rows in the tables that are read.
    """
    kept: dict[str, Any] = {}
    for table, rows in found.items():
        known = frozenset(UNDERSTOOD[table].split())
        more = [_unknown(table, row, known, novel) for row in rows]
        if any(more):
            kept[table] = [row for row in more if row]
    for table in sorted(set(source.columns) - UNDERSTOOD.keys() - _NEVER_READ):
        rows = [_without_users(row) for row in source.of_project(table, project_id)]
        if rows:
            kept[table] = rows
            novel.unmapped[table] += len(rows)
    if len(json.dumps(kept, ensure_ascii=False)) > _MOST_CHARACTERS:
        novel.notes["too_much_aside"] += 1
        return {}
    return kept


def _unknown(table: str, row: Row, known: frozenset[str], novel: ForeignNovel) -> Row:
    more = {
        name: _plain(value)
        for name, value in _without_users(row).items()
        if name not in known and value not in (None, "", "{}", "[]", "null")
    }
    novel.unmapped.update(f"{table}.{name}" for name in more)
    where = {name: row[name] for name in ("id", "chapter_id", "chapter_number") if name in row}
    return where | more if more else {}


def _without_users(row: Row) -> Row:
    return {name: _plain(value) for name, value in row.items() if name not in _OF_USERS}


def _plain(value: Any) -> Any:
    return as_text(value) if isinstance(value, str | bytes) else value
