"""Files that hold several novels: what is in them, and the result of an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arboris_desktop.domain.novel import Language

Notes = tuple[tuple[str, int], ...]
"""Codes of what the author should know, with a number each; ``aside:TABLE.COLUMN`` names values
that have no place here and are kept with the novel."""


@dataclass(frozen=True, slots=True)
class FoundNovels:
    """The novels that a file would bring."""

    path: Path
    titles: tuple[str, ...]
    chapters: int
    words: int
    language: Language
    notes: Notes = ()


@dataclass(frozen=True, slots=True)
class BroughtNovels:
    """The novels that a file brought."""

    project_ids: tuple[str, ...]
    notes: Notes = ()
