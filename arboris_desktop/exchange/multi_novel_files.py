"""Files with several novels: a library of this program, a database of Arboris-Novel."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.exchange.arboris_novel import is_database
from arboris_desktop.exchange.arboris_novel.importing import import_database, look_into_database
from arboris_desktop.exchange.library_file import import_library, is_library_file, look_into_library
from arboris_desktop.exchange.multi_novel_results import FoundNovels, ImportedNovels
from arboris_desktop.exchange.progress import Progress, silent
from arboris_desktop.storage.database import Database


def may_hold_several(path: Path) -> bool:
    """True for a library file and a database, whatever its name."""
    return is_library_file(path) or is_database(path)


def look_into(path: Path) -> FoundNovels | None:
    """Returns the novels in such a file; ``None`` for other files. Raises ``ArborisError``."""
    if is_library_file(path):
        return look_into_library(path)
    return look_into_database(path) if is_database(path) else None


def import_all(database: Database, path: Path, progress: Progress = silent) -> ImportedNovels:
    """Imports all novels of such a file, or none. Raises ``ArborisError``."""
    if is_library_file(path):
        return import_library(database, path, progress)
    return import_database(database, path, progress)
