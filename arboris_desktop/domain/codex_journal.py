"""The journal of the codex: each change, with what was before and after it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.codex import Origin
from arboris_desktop.domain.record import record


class JournalAction(StrEnum):
    """A change to the codex. Each can be undone, the newest first."""

    ENTRY_CREATED = "entry_created"
    ENTRY_EDITED = "entry_edited"
    ENTRIES_MERGED = "entries_merged"
    ALIASES_ADDED = "aliases_added"
    FACT_ADDED = "fact_added"
    FACT_REPLACED = "fact_replaced"
    FACT_ACCEPTED = "fact_accepted"
    FACT_REJECTED = "fact_rejected"
    FACT_EDITED = "fact_edited"


@record
class JournalEntry:
    """One change to the codex: what was before, what is after, and whose doing it was.

    ``before`` and ``after`` are images of the rows that the change touched, as
    ``{"entries": [...], "facts": [...]}``; a row that is in one of them only was made or removed.
    """

    id: int
    project_id: str
    action: JournalAction
    actor: Origin
    entry_id: int | None
    fact_id: int | None
    chapter_id: int | None
    task_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    created_at: datetime
    undone_at: datetime | None = None

    @property
    def entry_name(self) -> str:
        """The name of the entry that it is about, as the change left it."""
        images = ((self.after, "entries", "name"), (self.before, "entries", "name"))
        facts = ((self.after, "facts", "entry_name"), (self.before, "facts", "entry_name"))
        return next((name for image in (*images, *facts) if (name := _first(*image))), "")

    @property
    def statement_before(self) -> str:
        """The statement of the fact before; empty if there was none, or if it is not about a
        fact."""
        return _first(self.before, "facts", "statement")

    @property
    def statement_after(self) -> str:
        """The statement of the fact after; empty if it was removed, or if it is not about a
        fact."""
        return _first(self.after, "facts", "statement")


def _first(image: dict[str, Any] | None, rows: str, column: str) -> str:
    found = (image or {}).get(rows) or [{}]
    return str(found[0].get(column, ""))
