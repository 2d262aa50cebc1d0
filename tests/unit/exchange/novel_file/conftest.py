"""A novel somebody has lived in, its file, and another computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from arboris_desktop.exchange.novel_file.archive import open_archive
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.any_rows import Rows
from tests.support.lived_in_novel import live_in


@dataclass(frozen=True, slots=True)
class NovelFile:
    """An exported novel, and where it came from."""

    path: Path
    database: Database
    project_id: str


@pytest.fixture
def novel_file(database: Database, instance: Instance, tmp_path: Path) -> NovelFile:
    project_id = live_in(database, instance)
    path = tmp_path / "归潮.arboris"
    export_novel(database, project_id, path)
    return NovelFile(path, database, project_id)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Database]:
    """The data folder of another computer."""
    paths = DataPaths(tmp_path / "elsewhere")
    paths.create()
    database = Database(paths)
    yield database
    database.close()


def rows_in(path: Path) -> Rows:
    """All rows of a file."""
    with open_archive(path) as archive:
        names = [
            name.removeprefix("rows/").removesuffix(".jsonl") for name in archive.manifest.members
        ]
        return {name: list(archive.rows(name)) for name in names}
