"""Files that hold several novels: what is in them, and the result of an import."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

Notes = tuple[tuple[str, int], ...]
"""Codes of what the author should know, with a number each; ``aside:TABLE.COLUMN`` names values
that have no place here and are kept with the novel."""


@record
class FoundNovels:
    """The novels that a file would bring."""

    path: Path
    titles: tuple[str, ...]
    chapters: int
    words: int
    language: Language
    notes: Notes = ()


@record
class BroughtNovels:
    """The novels that a file brought."""

    project_ids: tuple[str, ...]
    notes: Notes = ()
