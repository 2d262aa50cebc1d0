"""The schema on MariaDB and MySQL: made from the declared tables, and then upgraded by Alembic.

What these servers do to tables cannot be rolled back. So the table of ``TURN`` says what is being
done to the schema while it is done: tables that were not finished hold nothing, and are made again;
an upgrade that was cut short is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, insert, inspect, text

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.migrate import HEAD, REVISIONS, alembic_config
from arboris_desktop.storage.mysql.ddl import make_tables
from arboris_desktop.storage.mysql.full_text import CREATE_PASSAGE_INDEX
from arboris_desktop.storage.tables.novels import PASSAGE_INDEX
from arboris_desktop.storage.tables.schema import metadata
from arboris_desktop.storage.tables.tasks import analysis_durations, duration_rows

TURN = "library_turn"
"""The table with one row: whoever writes has it locked. It counts who wrote."""
LIVING = "library_living"
"""The table of names that living processes hold; see ``owners``."""

_OWN_TABLES = (
    f"CREATE TABLE {TURN} (id INTEGER NOT NULL PRIMARY KEY, changes BIGINT NOT NULL, "
    "at_work VARCHAR(32)) ENGINE=InnoDB",
    f"INSERT INTO {TURN} (id, changes, at_work) VALUES (1, 0, 'schema')",
    f"CREATE TABLE {LIVING} (name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
    " NOT NULL PRIMARY KEY) ENGINE=InnoDB",
)
_SCHEMA = "schema"
_LOCK_SECONDS = 60


def prepare(engine: Engine) -> None:
    """Makes the schema in an empty database, or brings an older one to ``HEAD``.

    Raises ``StorageError``: ``DATABASE_TOO_NEW``, or ``BROKEN_VARIABLE`` for a database that holds
    something else, and then nothing is changed; ``DATABASE_CORRUPT`` for an upgrade that was begun
    and not ended.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if _is_ready(connection):
            return
        with _alone(connection):
            if _at_work(connection) == _SCHEMA:
                _clear(connection)
            if _revision(connection) is None:
                _make(connection)
            else:
                _upgrade(connection)


def _is_ready(connection: Connection) -> bool:
    return _revision(connection) == HEAD and _at_work(connection) is None


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    name = {"name": f"arboris schema {connection.engine.url.database}"[:64]}
    taking = text(f"SELECT GET_LOCK(:name, {_LOCK_SECONDS})")
    if connection.execute(taking, name).scalar_one() != 1:
        raise StorageError(ErrorKind.DATABASE_LOCKED, "another process is making the schema")
    try:
        yield
    finally:
        connection.execute(text("SELECT RELEASE_LOCK(:name)"), name)


def _has(connection: Connection, table: str) -> bool:
    return inspect(connection).has_table(table)


def _revision(connection: Connection) -> str | None:
    if not _has(connection, "alembic_version"):
        return None
    query = text("SELECT version_num FROM alembic_version")
    return connection.execute(query).scalar_one_or_none()


def _at_work(connection: Connection) -> str | None:
    """The work on the schema that somebody does, or did when they were cut short."""
    if not _has(connection, TURN):
        return None
    found = connection.execute(text(f"SELECT at_work FROM {TURN}")).scalar_one_or_none()
    # The row comes right after its table.
    return _SCHEMA if found is None and not _has(connection, "alembic_version") else found


def _set_at_work(connection: Connection, what: str | None) -> None:
    connection.execute(text(f"UPDATE {TURN} SET at_work = :what"), {"what": what})


def _clear(connection: Connection) -> None:
    """Removes tables that were not finished, in which nothing can be yet."""
    known = {*metadata.tables, PASSAGE_INDEX, TURN, LIVING, "alembic_version"}
    connection.execute(text("SET SESSION foreign_key_checks = 0"))
    # The one that says so goes last.
    for name in sorted(inspect(connection).get_table_names(), key=lambda each: each == TURN):
        if name in known:
            connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("SET SESSION foreign_key_checks = 1"))


def _make(connection: Connection) -> None:
    if strange := inspect(connection).get_table_names():
        raise StorageError(
            ErrorKind.BROKEN_VARIABLE,
            f"the database is not empty and holds no library of Arboris (but {strange[0]})",
        )
    for statement in _OWN_TABLES:
        connection.execute(text(statement))
    make_tables(connection, metadata)
    connection.execute(text(CREATE_PASSAGE_INDEX))
    connection.execute(insert(analysis_durations), duration_rows())
    command.stamp(_config(connection), "head")
    _set_at_work(connection, None)


def _upgrade(connection: Connection) -> None:
    revision = _revision(connection)
    if revision not in REVISIONS:
        raise StorageError(
            ErrorKind.DATABASE_TOO_NEW, f"schema revision {revision}, this version knows {HEAD}"
        )
    begun = _at_work(connection)
    if begun is not None and begun != revision:
        raise StorageError(
            ErrorKind.DATABASE_CORRUPT,
            f"the upgrade of the schema from {revision} to {begun} was cut short, and these servers"
            " cannot take back what was done of it: bring back the backup from before the upgrade",
        )
    for step in REVISIONS[REVISIONS.index(revision) + 1 :]:
        _set_at_work(connection, step)
        command.upgrade(_config(connection), step)
    _set_at_work(connection, None)


def _config(connection: Connection) -> Config:
    config = alembic_config()
    config.attributes["connection"] = connection
    return config
