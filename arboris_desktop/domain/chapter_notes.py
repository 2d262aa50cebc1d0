"""The author's private notes on a chapter; no model is told of them."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record


class OwnStatus(StrEnum):
    """The author's own opinion of how far along a chapter is."""

    NONE = ""
    IDEA = "idea"
    DRAFT = "draft"
    REVISE = "revise"
    CHECK = "check"
    DONE = "done"


_STATUSES = {status.value: status for status in OwnStatus}


def own_status(stored: str | None) -> OwnStatus:
    """The status as it is stored; a file from elsewhere may have one that there is not."""
    return _STATUSES.get(stored or "", OwnStatus.NONE)


@record
class ChapterNotes:
    """The author's own status of a chapter, and what is on its scratchpad."""

    status: OwnStatus = OwnStatus.NONE
    scratchpad: str = ""
