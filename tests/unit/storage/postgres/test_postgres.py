"""A library on a real PostgreSQL server: what only a server has, and what must be as in a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Inspector, create_engine, inspect, select

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths, data_paths
from arboris_desktop.storage.tables.schema import metadata
from tests.support.postgres_server import PostgresServer
from tests.support.server_library import name_of

LIMIT_SECONDS = 120


@pytest.fixture
def library(server_paths: DataPaths) -> DataPaths:
    """A new library on the server, as one machine knows it."""
    server_paths.create()
    return server_paths


@pytest.fixture
def on_server(library: DataPaths) -> Iterator[Database]:
    """The library, open."""
    with closing(Database(library)) as database:
        yield database


# --- the schema ---


def test_the_schema_is_that_of_a_file(
    database: Database, postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    assert library.server is not None
    of_file = create_engine(f"sqlite:///{database.paths.database}")
    of_server = create_engine(library.server)
    try:
        assert described(inspect(of_server)) == described(inspect(of_file))
        with of_file.connect() as file, of_server.connect() as server:
            for table in metadata.sorted_tables:
                query = select(table)
                if table.primary_key.columns:
                    query = query.order_by(*table.primary_key.columns)
                assert server.execute(query).all() == file.execute(query).all(), table.name
    finally:
        of_file.dispose()
        of_server.dispose()


def described(tables: Inspector) -> dict[str, Any]:
    return {name: described_table(tables, name) for name in metadata.tables}


def described_table(tables: Inspector, name: str) -> dict[str, Any]:
    def condition(index: Any) -> str:
        """The words of the condition of a partial index; each database writes it in its way."""
        options = index["dialect_options"]
        found = options.get("sqlite_where", options.get("postgresql_where", ""))
        return "partial" if str(found) else "whole"

    return {
        "columns": {each["name"]: each["nullable"] for each in tables.get_columns(name)},
        "key": tables.get_pk_constraint(name)["constrained_columns"],
        "references": {
            (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
            for each in tables.get_foreign_keys(name)
        },
        "unique": {tuple(each["column_names"]) for each in tables.get_unique_constraints(name)},
        "indexes": {
            each["name"]: (each["column_names"], bool(each["unique"]), condition(each))
            for each in tables.get_indexes(name)
            if "duplicates_constraint" not in each
        },
    }


def test_rows_end_with_what_they_belong_to_as_in_a_file(
    database: Database, postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    rules = postgres.run(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, confdeltype"
        " FROM pg_constraint WHERE contype = 'f'",
        name_of(library),
    )
    declared = {
        (table.name, key.column.table.name, {"CASCADE": "c", "SET NULL": "n", None: "a"}[rule])
        for table in metadata.tables.values()
        for key in table.foreign_keys
        for rule in [key.ondelete]
    }
    found = {(str(one), str(other), str(rule)) for one, other, rule in rules}
    assert found - {("passages_fts", "passages", "c")} == declared


# --- the address ---


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense with a secret", "no address"),
        ("mysql+aiomysql://me:secret@host/name", "only postgresql"),
        ("sqlite:///secret.db", "only postgresql"),
        ("postgresql+psycopg://me:secret@host", "names no database"),
    ],
)
def test_what_is_no_address_of_a_server_is_told(address: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Database(DataPaths(tmp_path, address))

    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE
    assert words in caught.value.message
    assert "secret" not in caught.value.message


def test_the_address_may_be_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "address"
    kept.write_text("postgresql+psycopg://me:secret@host/name\n", encoding="utf-8")
    environment = {"ARBORIS_HOME": str(tmp_path), "ARBORIS_DATABASE_URL_FILE": str(kept)}

    paths = data_paths(environment)

    assert paths.server == "postgresql+psycopg://me:secret@host/name"
    assert "secret" not in repr(paths)
    kept.unlink()
    with pytest.raises(StorageError) as caught:
        data_paths(environment)
    assert caught.value.kind is ErrorKind.BROKEN_VARIABLE


# --- transactions ---


def test_what_others_wrote_is_noticed(on_server: Database, library: DataPaths) -> None:
    told: list[bool] = []
    with closing(Database(library)) as elsewhere:
        forget = on_server.on_change(lambda: told.append(True))
        until(lambda: told, "it listens")
        until(lambda: not on_server.changed_elsewhere(), "all is known")
        told.clear()
        with on_server.write():
            pass  # what this process writes is no news to it
        with elsewhere.write():
            pass
        until(lambda: told, "it is told")
        assert told == [True]
        assert on_server.changed_elsewhere()
        until(lambda: not on_server.changed_elsewhere(), "all is known")
        forget()


def test_news_are_told_again_when_the_server_is_back(
    postgres: PostgresServer, on_server: Database, library: DataPaths
) -> None:
    told: list[bool] = []
    on_server.on_change(lambda: told.append(True))
    until(lambda: told, "it listens")
    postgres.stop()
    try:
        told.clear()
        with pytest.raises(StorageError):
            on_server.changed_elsewhere()
    finally:
        postgres.start()
    until(lambda: told, "it listens again")
    told.clear()
    with closing(Database(library)) as elsewhere, elsewhere.write():
        pass
    until(lambda: told, "it is told")


def until(condition: Callable[[], object], what: str) -> None:
    """Waits until the condition holds."""
    end = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.01)
