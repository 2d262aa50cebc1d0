"""Rows of the codex as the domain knows them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.codex import (
    CodexEntry,
    CodexFact,
    EntryKind,
    FactStatus,
    Origin,
    SeedEffect,
)
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.codex import codex_entries, codex_facts
from arboris_desktop.storage.tables.novels import chapters
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines

_others = codex_entries.alias("others")


def facts_query() -> Any:
    """Facts in book order, with their chapters and the second persons of relationships."""
    return (
        select(
            codex_facts,
            chapters.c.project_id,
            chapters.c.chapter_number,
            chapter_outlines.c.title,
            _others.c.name.label("other_name"),
        )
        .join(chapters, chapters.c.id == codex_facts.c.chapter_id)
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
        .outerjoin(_others, _others.c.id == codex_facts.c.other_entry_id)
        .order_by(chapters.c.chapter_number, codex_facts.c.start, codex_facts.c.id)
    )


def to_fact(row: RowMapping, labels: ChapterLabels) -> CodexFact:
    """A row of ``facts_query``."""
    return CodexFact(
        id=row["id"],
        entry_id=row["entry_id"],
        chapter_id=row["chapter_id"],
        chapter_number=row["chapter_number"],
        chapter_title=row["title"] or "",
        version_id=row["version_id"],
        version_revision=row["version_revision"],
        statement=row["statement"],
        reason=row["reason"],
        quotation=row["quotation"],
        start=row["start"],
        end=row["end"],
        confidence=row["confidence"],
        status=FactStatus(row["status"]),
        created_at=row["created_at"],
        step=row["step"],
        effect=SeedEffect(row["effect"]) if row["effect"] else None,
        attribute=row["attribute"],
        value=row["value"],
        other_entry_id=row["other_entry_id"],
        other_entry_name=row["other_name"] or "",
        is_stale=bool(row["is_stale"]),
        decided_by=Origin(row["decided_by"]) if row["decided_by"] else None,
        aliases=tuple(row["aliases"]),
        chapter_label=labels.of(row["project_id"], row["chapter_number"]),
    )


def to_entry(row: RowMapping, facts: tuple[CodexFact, ...]) -> CodexEntry:
    """A row of ``codex_entries``."""
    return CodexEntry(
        id=row["id"],
        project_id=row["project_id"],
        kind=EntryKind(row["kind"]),
        name=row["name"],
        aliases=tuple(row["aliases"]),
        attributes=row["attributes"],
        facts=facts,
        origin=Origin(row["origin"]),
        description=row["description"],
        due_chapter=row["due_chapter"],
        refused_aliases=tuple(row["refused_aliases"]),
    )
