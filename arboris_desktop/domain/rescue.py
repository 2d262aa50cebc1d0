"""Text of the author's that could not be stored where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RescuedText:
    """A chapter's text, and enough to find its chapter again, also after a backup was restored."""

    chapter_id: int
    project_id: str
    number: int
    novel: str
    title: str
    text: str
    written_at: datetime
