"""Entries and facts of a codex for tests of the window."""

from __future__ import annotations

from datetime import UTC, datetime

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, FactStatus


def make_fact(
    number: int,
    *,
    statement: str = "Comes home.",
    quotation: str = "She saw the harbour.",
    chapter: int = 1,
    status: FactStatus = FactStatus.ACCEPTED,
    confidence: float = 0.9,
) -> CodexFact:
    """A fact found in a chapter."""
    return CodexFact(
        id=number,
        entry_id=1,
        chapter_id=chapter,
        chapter_number=chapter,
        chapter_title="The Harbour",
        version_id=1,
        version_revision=1,
        statement=statement,
        reason="",
        quotation=quotation,
        start=0,
        end=20,
        confidence=confidence,
        status=status,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def make_entry(
    number: int,
    name: str,
    *,
    kind: EntryKind = EntryKind.CHARACTER,
    facts: tuple[CodexFact, ...] = (),
) -> CodexEntry:
    """An entry with its facts."""
    return CodexEntry(number, "p", kind, name, (), {}, facts)
