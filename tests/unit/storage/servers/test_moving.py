"""A library moves to a server and back, and is the same there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from arboris_desktop.cli import main
from arboris_desktop.domain.errors import RuleError, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.backups.backup import check_integrity
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.moving import move_library
from arboris_desktop.storage.novels.unlisted import remove
from arboris_desktop.storage.tables.counting import COUNTED
from arboris_desktop.storage.tables.schema import metadata
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.search import Search
from tests.support.lived_in_novel import live_in
from tests.support.postgres_server import PostgresServer
from tests.support.servers import Server, name_in


def all_rows(paths: DataPaths) -> dict[str, list[dict[str, Any]]]:
    with closing(Database(paths)) as database, database._store.reading() as connection:
        return {
            table.name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()), key=repr
            )
            for table in metadata.sorted_tables
            if table.name not in COUNTED
        }


def test_a_library_moves_to_a_server_and_back(
    paths: DataPaths,
    database: Database,
    instance: Instance,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project_id = live_in(database, instance)
    Search(database).refresh(project_id)
    instance.close()
    database.close()
    elsewhere = DataPaths(paths.home, server.empty_database())
    back = DataPaths(tmp_path / "back")
    monkeypatch.setenv("ARBORIS_HOME", str(paths.home))

    assert main(["move", "--to", str(elsewhere.server)]) == 0
    monkeypatch.setenv("ARBORIS_DATABASE_URL", str(elsewhere.server))
    assert main(["move", "--to", str(back.home)]) == 0

    rows = all_rows(paths)
    assert sum(map(len, rows.values())) > 50
    assert all_rows(elsewhere) == rows
    assert all_rows(back) == rows
    assert check_integrity(back.database) == []
    # What is new there gets ids of its own, and the search finds what it found.
    for place in (elsewhere, back):
        with closing(Database(place)) as moved:
            novels = Novels(moved)
            novels.add_chapter(novels.create(NewNovel("Another")), "One")
            Search(moved).refresh(project_id)
            with moved.read() as transaction:
                assert transaction.passages.stale_chapters(project_id) == []
    assert main(["move", "--to", str(back.home)]) == 2  # which is not empty any more
    _remove(elsewhere, project_id)


def _remove(paths: DataPaths, project_id: str) -> None:
    """A novel goes with all that is its, also with what refers to each other in a circle."""
    with closing(Database(paths)) as database:
        remove(database, project_id)
    rows = all_rows(paths)
    assert project_id not in str(rows["chapters"])
    assert rows["codex_facts"] == rows["chapter_comments"] == []
    with closing(Database(paths)) as database, database._store.reading() as connection:
        words = connection.execute(text("SELECT count(*) FROM passages_fts")).scalar_one()
        assert words == len(rows["passages"])


@pytest.fixture
def server_paths(server: Server, tmp_path: Path) -> Iterator[DataPaths]:
    """A new library on the server."""
    paths = DataPaths(tmp_path / "elsewhere", server.new_library())
    yield paths
    assert paths.server is not None
    server.drop(paths.server)


def test_nothing_is_put_beside_another_library(database: Database, server_paths: DataPaths) -> None:
    Novels(database).create(NewNovel("Here"))
    with closing(Database(server_paths)) as elsewhere:
        Novels(elsewhere).create(NewNovel("There"))

        with pytest.raises(RuleError):
            move_library(database, elsewhere)

        assert [one.title for one in Novels(elsewhere).all()] == ["There"]


def test_what_differs_in_the_new_place_is_told_and_not_kept(
    database: Database, server_paths: DataPaths, server: Server
) -> None:
    Novels(database).create(NewNovel("Here"))
    assert server_paths.server is not None
    name = name_in(server_paths.server)
    does = "SET NEW.title = 'Spoilt'"
    if isinstance(server, PostgresServer):
        server.run(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.title := 'Spoilt'; RETURN NEW; END $$",
            name,
        )
        does = "EXECUTE FUNCTION spoil()"
    server.run(
        f"CREATE TRIGGER spoils BEFORE INSERT ON novel_projects FOR EACH ROW {does}",
        name,
    )
    with closing(Database(server_paths)) as elsewhere:
        with pytest.raises(StorageError):
            move_library(database, elsewhere)
        assert Novels(elsewhere).all() == []
    server.run("DROP TRIGGER spoils" + (" ON novel_projects" if "spoil()" in does else ""), name)
