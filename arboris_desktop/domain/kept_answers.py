"""Answers of a model that are paid for and not used yet: they outlast a crash."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.record import record


class AnswerKind(StrEnum):
    """The purpose of an answer."""

    CONTINUATION = "continuation"
    """A proposal for the text at the cursor."""
    BLUEPRINT = "blueprint"
    """A proposal for a field of the blueprint."""
    SPLIT = "split"
    """A proposal for two plans in the place of one."""
    VOLUMES = "volumes"
    """A proposal for the volumes of the book."""
    REVIEW = "review"
    """The parts of a review that are there, as long as others are missing."""


@record
class AnswerKey:
    """The subject of an answer; a newer answer to the same one takes its place.

    ``subject`` tells answers apart that are for the same chapter or novel.
    """

    project_id: str
    kind: AnswerKind
    chapter_id: int | None = None
    subject: str = ""


@record
class KeptAnswer:
    """An answer that is kept. Another version may have written its ``content``: it is checked."""

    key: AnswerKey
    content: dict[str, Any]
    kept_at: datetime
