"""The facts that the dialog about the program tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """The facts about the program. ``third_party`` is the list of works inside, in a frozen app
    only."""

    version: str
    data_folder: Path
    third_party: Path | None = None
