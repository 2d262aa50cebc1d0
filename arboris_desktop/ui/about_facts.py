"""The facts that the dialog about the program tells."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.record import record


@record
class AboutFacts:
    """The facts about the program. ``third_party`` is the list of works inside, in a frozen app
    only; ``server`` is where the novels are, if that is not the folder."""

    version: str
    data_folder: Path
    third_party: Path | None = None
    server: str | None = None
