"""Facts of the codex without a database."""

from __future__ import annotations

from datetime import UTC, datetime

from arboris_desktop.domain.codex import CodexFact, FactStatus


def fact_in(
    chapter: int, fact_id: int, *, attribute: str = "", value: str = "", quotation: str = ""
) -> CodexFact:
    """An accepted fact of a chapter."""
    return CodexFact(
        id=fact_id,
        entry_id=1,
        chapter_id=chapter,
        chapter_number=chapter,
        chapter_title="",
        version_id=chapter,
        version_revision=1,
        statement=value,
        reason="",
        quotation=quotation,
        start=0,
        end=len(quotation),
        confidence=0.9,
        status=FactStatus.ACCEPTED,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        attribute=attribute,
        value=value,
    )
