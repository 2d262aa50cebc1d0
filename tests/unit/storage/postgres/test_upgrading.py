"""Libraries on a server that an older version made: each released schema is kept as its dump."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.migrate import HEAD
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from tests.support.outsider import outside
from tests.support.postgres_server import PostgresServer
from tests.unit.storage.postgres.test_postgres import described

RELEASED = sorted((Path(__file__).parent / "released_schemas").glob("*.sql"))


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_a_released_schema_is_upgraded_with_its_rows(
    dump: Path, postgres: PostgresServer, server_paths: DataPaths, tmp_path: Path
) -> None:
    paths = DataPaths(tmp_path / "home", postgres.empty_database())
    with outside(paths) as writer:
        # A sign of percent would be taken for the place of a value.
        writer.run(dump.read_text(encoding="utf-8").replace("%", "%%"))
        writer.commit()

    with closing(Database(paths)) as database:
        novels = Novels(database)
        [novel] = novels.all()
        [chapter] = novels.open(novel.id).chapters
        version = Editing(database).open(chapter.id).version
        assert (novel.title, version and version.content) == ("灯塔", "Two words.")
        assert novels.add_chapter(novels.create(NewNovel("New")), "First").id > chapter.id

    with outside(paths) as reader:
        assert reader.run("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert paths.server is not None
    assert server_paths.server is not None
    upgraded, new = create_engine(paths.server), create_engine(server_paths.server)
    try:
        assert described(inspect(upgraded)) == described(inspect(new))
        assert _triggers(upgraded) == _triggers(new) != []
    finally:
        upgraded.dispose()
        new.dispose()
        postgres.drop(paths.server)


def _triggers(engine: Engine) -> list[str]:
    """The definitions of all that counts along."""
    query = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    with engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())
