"""Comments: what the author notes about a passage of a chapter."""

from __future__ import annotations

from datetime import datetime

from arboris_desktop.domain.record import record


@record
class Comment:
    """A note on the characters from ``start`` up to ``end`` of a chapter's stored text.

    ``quotation`` is what stands there, or stood there until the passage went: it is then
    ``is_stale``.
    """

    id: int
    chapter_id: int
    quotation: str
    start: int
    end: int
    content: str
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None
    is_stale: bool = False

    @property
    def is_resolved(self) -> bool:
        """True if the author has dealt with it."""
        return self.resolved_at is not None
