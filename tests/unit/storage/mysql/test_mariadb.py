"""A library on a real MariaDB server: what differs there from PostgreSQL and from a file."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pymysql
import pytest
from sqlalchemy import Inspector, create_engine, insert, inspect, select

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import migrate
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.migrate import HEAD
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.mysql import schema
from arboris_desktop.storage.tables.novels import novel_words
from arboris_desktop.storage.tables.schema import metadata
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import Novels
from tests.support.mariadb_server import MariaDbServer
from tests.support.server_library import name_of

LIMIT_SECONDS = 120

NOT_PARTIAL = "ix_pending_analysis_held"
"""As another index, where no index is partial."""
ONLY_THERE = "ix_pending_analysis_status_updated_at"


@pytest.fixture
def library(mariadb_paths: DataPaths) -> DataPaths:
    """A new library on the server."""
    mariadb_paths.create()
    return mariadb_paths


@pytest.fixture
def on_server(library: DataPaths) -> Iterator[Database]:
    """The library, open."""
    with closing(Database(library)) as database:
        yield database


# --- the schema ---


def test_the_schema_is_that_of_a_file(
    database: Database, mariadb: MariaDbServer, on_server: Database, library: DataPaths
) -> None:
    assert library.server is not None
    of_file = create_engine(f"sqlite:///{database.paths.database}")
    of_server = create_engine(library.server)
    try:
        file, server = inspect(of_file), inspect(of_server)
        for name in metadata.tables:
            assert described(server, name) == described(file, name), name
        with of_file.connect() as here, of_server.connect() as there:
            for table in metadata.sorted_tables:
                rows = [sorted(map(repr, one.execute(select(table)))) for one in (here, there)]
                assert rows[0] == rows[1], table.name
    finally:
        of_file.dispose()
        of_server.dispose()
    rules = mariadb.run(
        "SELECT table_name, referenced_table_name, delete_rule"
        " FROM information_schema.referential_constraints"
        f" WHERE constraint_schema = '{name_of(library)}'"
    )
    declared = {
        (table.name, key.column.table.name, key.ondelete)
        for table in metadata.tables.values()
        for key in table.foreign_keys
    }
    assert set(rules) - {("passages_fts", "passages", "CASCADE")} == declared


def described(tables: Inspector, name: str) -> dict[str, Any]:
    """Everything that a table has in each database, but for columns that keep an index partial."""
    own = {column.name for column in metadata.tables[name].columns}
    columns = [each for each in tables.get_columns(name) if each["name"] in own]
    indexes = [each for each in tables.get_indexes(name) if each["name"] != NOT_PARTIAL]
    unique = {str(each["name"]) for each in tables.get_unique_constraints(name)}
    return {
        "columns": {each["name"]: each["nullable"] for each in columns},
        "key": tables.get_pk_constraint(name)["constrained_columns"],
        "references": {
            (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
            for each in tables.get_foreign_keys(name)
        },
        "unique": unique | {str(each["name"]) for each in indexes if each["unique"]},
        "indexes": {
            str(each["name"])
            for each in indexes
            # What refers to another table has an index of its own.
            if not each["unique"]
            and each["name"] != ONLY_THERE
            and not str(each["name"]).startswith("fk_")
        },
    }


def test_a_chapter_has_one_open_task(on_server: Database, mariadb: MariaDbServer) -> None:
    """The database itself refuses another one, and of ended ones takes as many as there are."""
    novels = Novels(on_server)
    one = novels.add_chapter(novels.create(NewNovel("A book")), "One").id
    for _ in range(3):
        store_chapter(on_server, one, "Text.", provider="p")
    name = name_of(on_server.paths)
    states = "SELECT status FROM pending_analysis ORDER BY id"
    assert mariadb.run(states, name) == [("cancelled",), ("cancelled",), ("pending",)]

    with pytest.raises(pymysql.IntegrityError):
        mariadb.run("UPDATE pending_analysis SET status = 'processing'", name)


_OPENING = """
import sys
from pathlib import Path
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
Database(DataPaths(Path(sys.argv[1]), sys.argv[2]))
"""


def test_tables_that_were_not_finished_are_made_again(
    mariadb: MariaDbServer, tmp_path: Path
) -> None:
    paths = DataPaths(tmp_path, mariadb.empty_database())
    assert paths.server is not None
    tables = (
        f"SELECT count(*) FROM information_schema.tables WHERE table_schema = '{name_of(paths)}'"
    )
    begun = subprocess.Popen([sys.executable, "-c", _OPENING, str(tmp_path), paths.server])
    end = time.monotonic() + LIMIT_SECONDS
    while mariadb.run(tables)[0][0] < 10:
        assert time.monotonic() < end
        time.sleep(0.005)
    begun.kill()
    begun.wait()

    with closing(Database(paths)) as database:
        Novels(database).create(NewNovel("A book"))
        assert len(Novels(database).all()) == 1
    # Whoever was quicker than that has made them all; without the last word they count for nothing.
    mariadb.run("UPDATE library_turn SET at_work = 'schema'", name_of(paths))
    mariadb.run("DROP TABLE alembic_version, chapter_notes", name_of(paths))
    with closing(Database(paths)) as database:
        assert Novels(database).all() == []
    mariadb.drop(paths.server)


MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{new}", "{head}", None, None
def upgrade():
    op.add_column("volumes", sa.Column("mood", sa.Text, nullable=False, server_default="calm"))
    op.create_table("moods", sa.Column("name", sa.String(64), primary_key=True))
    {end}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Makes this a program with one more migration, which ends so."""
    folder = tmp_path / "migrations"
    # Whoever runs beside may be compiling a migration, whose file has another name for a moment.
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    new = f"{int(HEAD) + 1:04}"

    def become(end: str) -> str:
        script = MIGRATION.format(new=new, head=HEAD, end=end)
        (folder / "versions" / f"{new}_later.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "HEAD", new)
        monkeypatch.setattr(schema, "REVISIONS", (*migrate.REVISIONS, new))
        return new

    return become


def test_an_older_schema_is_upgraded_in_the_way_of_the_tables(
    library: DataPaths, mariadb: MariaDbServer, next_version: Callable[[str], str]
) -> None:
    new = next_version("pass")

    with closing(Database(library)) as database:
        Novels(database).create(NewNovel("A book"))

    name = name_of(library)
    assert mariadb.run("SELECT version_num, at_work FROM alembic_version, library_turn", name) == [
        (new, None)
    ]
    [(_name, made)] = mariadb.run("SHOW CREATE TABLE moods", name)
    assert "`name` varchar(64)" in made
    assert "COLLATE=utf8mb4_nopad_bin" in made
    [(_name, changed)] = mariadb.run("SHOW CREATE TABLE volumes", name)
    assert "`mood` longtext NOT NULL DEFAULT 'calm'" in changed


def test_an_upgrade_that_was_cut_short_is_refused_in_words(
    library: DataPaths, mariadb: MariaDbServer, next_version: Callable[[str], str]
) -> None:
    new = next_version("raise RuntimeError")
    with pytest.raises(RuntimeError):
        Database(library)

    with pytest.raises(StorageError) as caught:
        Database(library)

    assert caught.value.kind is ErrorKind.DATABASE_CORRUPT
    assert f"from {HEAD} to {new} was cut short" in caught.value.message
    assert "backup" in caught.value.message


# --- what is compared ---


def test_texts_are_alike_only_if_they_are_the_same(on_server: Database) -> None:
    """Names, words and signatures differ by case, accent and a space at their end, as in a file."""
    project = Novels(on_server).create(NewNovel("A book"))
    words = ["cafe", "café", "Cafe", "cafe ", "ｃafe", "cafe\u0301", "𝒄afe"]

    with on_server._store.writing() as connection:
        rows = [{"project_id": project, "word": word} for word in words]
        connection.execute(insert(novel_words), rows)

    with on_server._store.reading() as connection:
        query = select(novel_words.c.word).order_by(novel_words.c.word)
        assert list(connection.execute(query).scalars()) == sorted(words)


# --- processes ---


def test_what_others_wrote_is_noticed_at_a_look(on_server: Database, library: DataPaths) -> None:
    with closing(Database(library)) as elsewhere:
        on_server.changed_elsewhere()
        with on_server.write():
            pass  # what this process writes is no news to it
        assert not on_server.changed_elsewhere()
        with elsewhere.write():
            pass
        assert on_server.changed_elsewhere()
        assert not on_server.changed_elsewhere()


def test_names_of_the_dead_count_no_more(on_server: Database, mariadb: MariaDbServer) -> None:
    instance = on_server.known_to_others(Instance(on_server.paths.instances))
    name = name_of(on_server.paths)
    mariadb.run("INSERT INTO library_living (name) VALUES ('owner 1-dead'), ('run-7')", name)
    with closing(instance):
        assert instance.live_owners() == [instance.owner]
        assert instance.claimed("run-") == 0
        with instance.claim("run-7") as is_free:
            assert is_free
            assert instance.claimed("run-") == 1
        # A session that the server ended is opened again, with what it held.
        with instance.claim("run-8"):
            [(session,)] = mariadb.run(
                "SELECT IS_USED_LOCK(CONCAT('arboris ', SHA1(CONCAT(DATABASE(), ' ', name))))"
                " FROM library_living WHERE name = 'run-8'",
                name,
            )
            mariadb.run(f"KILL {session}")
            assert instance.claimed("run-") == 1
    assert mariadb.run("SELECT name FROM library_living WHERE name LIKE 'owner%'", name) == [
        ("owner 1-dead",)
    ]
