"""Files with several novels: their contents, and the result of an import."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

Notes = tuple[tuple[str, int], ...]
"""Codes of remarks for the author, with a count each; ``aside:TABLE.COLUMN`` names values without a
counterpart here, which are kept with the novel."""


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
class ImportedNovels:
    """The novels that a file brought."""

    project_ids: tuple[str, ...]
    notes: Notes = ()
