"""The schema on PostgreSQL: made from the declared tables, and from then on upgraded by Alembic."""

from __future__ import annotations

from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, String, insert, inspect, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.compiler import DDLCompiler, TypeCompiler

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.migrate import HEAD, REVISIONS, alembic_config
from arboris_desktop.storage.tables.counting import counting
from arboris_desktop.storage.tables.novels import PASSAGE_INDEX
from arboris_desktop.storage.tables.schema import metadata
from arboris_desktop.storage.tables.tasks import analysis_durations, duration_rows

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('arboris schema'))")

_PASSAGE_INDEX = (
    f"CREATE TABLE {PASSAGE_INDEX} ("
    "rowid INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE, "
    "terms TSVECTOR NOT NULL)",
    f"CREATE INDEX ix_{PASSAGE_INDEX}_terms ON {PASSAGE_INDEX} USING gin (terms)",
)


@compiles(String, "postgresql")
def _text_of_any_length(_type: String, _compiler: TypeCompiler, **_options: Any) -> str:
    """SQLite heeds no length, so that nothing that it stores is refused here."""
    return "TEXT"


@compiles(CreateIndex, "postgresql")
def _partial_index(create: CreateIndex, compiler: DDLCompiler, **options: Any) -> str:
    """An index that is partial in SQLite is so here, by the same condition."""
    own = create.element.dialect_options["postgresql"]
    if own["where"] is None:
        own["where"] = create.element.dialect_options["sqlite"]["where"]
    return str(compiler.visit_create_index(create, **options))  # type: ignore[no-untyped-call]


def prepare(engine: Engine) -> None:
    """Makes the schema in an empty database, or brings an older one to ``HEAD``, in one
    transaction.

    Raises ``StorageError``, and then nothing is changed: ``DATABASE_TOO_NEW``, or
    ``BROKEN_VARIABLE`` for a database that holds something else.
    """
    with engine.begin() as connection:
        if _revision(connection) == HEAD:
            return
        connection.execute(_ONE_AT_A_TIME)
        revision = _revision(connection)
        if revision is None:
            _make(connection)
        elif revision not in REVISIONS:
            raise StorageError(
                ErrorKind.DATABASE_TOO_NEW, f"schema revision {revision}, this version knows {HEAD}"
            )
        elif revision != HEAD:
            command.upgrade(_config(connection), "head")


def _revision(connection: Connection) -> str | None:
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        return None
    query = text("SELECT version_num FROM alembic_version")
    return connection.execute(query).scalar_one_or_none()


def _make(connection: Connection) -> None:
    if strange := inspect(connection).get_table_names():
        raise StorageError(
            ErrorKind.BROKEN_VARIABLE,
            f"the database is not empty and holds no library of Arboris (but {strange[0]})",
        )
    _copied(metadata).create_all(connection)
    for statement in (*_PASSAGE_INDEX, *counting("postgresql")):
        connection.execute(text(statement))
    connection.execute(insert(analysis_durations), duration_rows())
    command.stamp(_config(connection), "head")


def _copied(declared: MetaData) -> MetaData:
    """The same tables once more: where two refer to each other, making them marks the one reference
    as made apart, and the declared tables are also SQLite's."""
    copied = MetaData(naming_convention=declared.naming_convention)
    for table in declared.tables.values():
        table.to_metadata(copied)
    return copied


def _config(connection: Connection) -> Config:
    config = alembic_config()
    config.attributes["connection"] = connection
    return config
