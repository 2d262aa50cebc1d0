"""An earlier text of a chapter, to be listed."""

from __future__ import annotations

from arboris_desktop.domain.record import record


@record
class KeptText:
    """An earlier text of the chapter; ``snapshot_id`` if it can be deleted."""

    name: str
    content: str
    snapshot_id: int | None = None
