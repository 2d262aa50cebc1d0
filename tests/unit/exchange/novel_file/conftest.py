"""A novel somebody has lived in, its file, and another computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
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

NAME = "归潮.arboris"


@dataclass(frozen=True, slots=True)
class SentFile:
    """An exported novel, come from elsewhere."""

    path: Path


@dataclass(frozen=True, slots=True)
class NovelFile(SentFile):
    """An exported novel, and where it came from."""

    database: Database
    project_id: str


@pytest.fixture
def novel_file(database: Database, instance: Instance, tmp_path: Path) -> NovelFile:
    project_id = live_in(database, instance)
    path = tmp_path / NAME
    export_novel(database, project_id, path)
    return NovelFile(path, database, project_id)


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory, copied_schema: None) -> bytes:
    """The content of such a file: to live in a novel takes longer than most tests."""
    paths = DataPaths(tmp_path_factory.mktemp("lived-in"))
    paths.create()
    with closing(Database(paths)) as database, closing(Instance(paths.instances)) as instance:
        path = paths.home / NAME
        export_novel(database, live_in(database, instance), path)
    return path.read_bytes()


@pytest.fixture
def sent_file(written_once: bytes, tmp_path: Path) -> SentFile:
    """A file of its own, to be damaged; nobody here has the novel."""
    path = tmp_path / NAME
    path.write_bytes(written_once)
    return SentFile(path)


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
