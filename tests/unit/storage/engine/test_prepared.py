"""Statements that the driver runs give and take what SQLAlchemy's own execution does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.tables.settings import app_settings

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)

READ = Prepared(
    select(app_settings.c.name, app_settings.c.value, app_settings.c.updated_at).where(
        app_settings.c.name == bindparam("wanted")
    )
)
CHANGE = Prepared(
    update(app_settings)
    .where(app_settings.c.name == bindparam("wanted"), app_settings.c.updated_at < NOON)
    .values(value=bindparam("new", type_=app_settings.c.value.type))
    .returning(app_settings.c.value)
)


def store(database: Database, name: str, value: dict[str, object], at: datetime) -> None:
    with database.write() as transaction:
        transaction.settings._connection.execute(
            insert(app_settings).values(name=name, value=value, updated_at=at)
        )


def test_types_go_in_and_out(database: Database) -> None:
    store(database, "a", {"text": "你好", "number": 1}, NOON)
    with database.read() as transaction:
        row = READ.first(transaction.settings._connection, wanted="a")
    assert row == {"name": "a", "value": {"text": "你好", "number": 1}, "updated_at": NOON}


def test_no_row_is_none(database: Database) -> None:
    with database.read() as transaction:
        assert READ.first(transaction.settings._connection, wanted="missing") is None


def test_constants_of_the_statement_are_kept(database: Database) -> None:
    store(database, "old", {}, NOON.replace(hour=11))
    store(database, "new", {}, NOON)
    with database.write() as transaction:
        connection = transaction.settings._connection
        old = CHANGE.first(connection, wanted="old", new={"x": 1})
        assert old == {"value": {"x": 1}}
        assert CHANGE.first(connection, wanted="new", new={"x": 1}) is None


def give_up(database: Database) -> None:
    with database.write() as transaction:
        CHANGE.first(transaction.settings._connection, wanted="a", new={"x": 1})
        raise LookupError("the block gives up")


def test_a_failed_block_leaves_no_trace_and_the_next_one_can_write(database: Database) -> None:
    store(database, "a", {}, NOON.replace(hour=11))
    with pytest.raises(LookupError):
        give_up(database)
    store(database, "b", {}, NOON)
    with database.read() as transaction:
        connection = transaction.settings._connection
        values = [READ.first(connection, wanted=name) for name in ("a", "b")]
    assert [row and row["value"] for row in values] == [{}, {}]
