"""The facts in the dialog about the program."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.record import record


@record
class AboutFacts:
    """The facts about the program.

    ``third_party`` lists bundled works, in a frozen app only; ``server`` is where the novels are,
    if not in the folder.
    """

    version: str
    data_folder: Path
    third_party: Path | None = None
    server: str | None = None
