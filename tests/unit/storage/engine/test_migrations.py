"""Bringing databases to the present schema without losing anything."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.settings import PriceSettings
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.storage.backups.backup import back_up, check_integrity
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import migrate
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.tables.novels import (
    CREATE_PASSAGE_INDEX,
    CREATE_PASSAGE_TRIGGER,
    PASSAGE_INDEX,
    PASSAGE_TRIGGER,
)
from arboris_desktop.storage.tables.schema import metadata

NOW = datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC)


@pytest.fixture
def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    return ScriptDirectory.from_config(config)


@pytest.fixture
def older_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretends that one revision came before the first, and that databases may be of it."""
    monkeypatch.setattr(migrate, "REVISIONS", ("0000", *migrate.REVISIONS))


def set_revision(paths: DataPaths, revision: str) -> None:
    with closing(sqlite3.connect(paths.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_fresh_database_has_exactly_the_declared_tables(database: Database) -> None:
    engine = create_engine(f"sqlite:///{database.paths.database}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    # SQLAlchemy cannot read what a reference in a column's own definition does ON DELETE; the next
    # test compares those.
    assert [change for change in differences if not _is_known(change)] == []


def _is_known(change: tuple[Any, ...]) -> bool:
    return _is_full_text_table(change) or _is_compared_below(change)


def _is_full_text_table(change: tuple[Any, ...]) -> bool:
    """SQLAlchemy does not know virtual tables; a test below compares the one there is."""
    return change[0] == "remove_table" and str(change[1].name).startswith(PASSAGE_INDEX)


def _is_compared_below(change: tuple[Any, ...]) -> bool:
    return change[0] in ("add_fk", "remove_fk")


def _declared(database: Database) -> Path:
    path = database.paths.home / "declared.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


def test_the_full_text_index_is_the_declared_one(database: Database) -> None:
    with closing(sqlite3.connect(database.paths.database)) as connection:
        query = "SELECT sql FROM sqlite_master WHERE name IN (?, ?) ORDER BY name"
        found = connection.execute(query, (PASSAGE_INDEX, PASSAGE_TRIGGER)).fetchall()

    assert found == [(CREATE_PASSAGE_INDEX,), (CREATE_PASSAGE_TRIGGER,)]


def test_references_are_the_declared_ones(database: Database) -> None:
    def references(path: Path) -> dict[str, set[tuple[str, ...]]]:
        with closing(sqlite3.connect(path)) as connection:
            return {
                table: {
                    tuple(row[2:])
                    for row in connection.execute(f"PRAGMA foreign_key_list({table})")
                }
                for table in metadata.tables
            }

    assert references(database.paths.database) == references(_declared(database))


def test_indexes_are_the_declared_ones(database: Database) -> None:
    def indexes(path: Path) -> dict[str, str]:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            ).fetchall()
        return {name: " ".join(sql.split()) for name, sql in rows}

    assert indexes(database.paths.database) == indexes(_declared(database))


def test_the_named_head_is_that_of_the_scripts(scripts: ScriptDirectory) -> None:
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]

    assert scripts.get_heads() == [migrate.HEAD]
    assert tuple(oldest_first) == migrate.REVISIONS


@pytest.mark.parametrize("crashed", [False, True])
def test_a_database_of_a_newer_version_is_not_touched(
    database: Database, tmp_path: Path, crashed: bool
) -> None:
    database.close()
    paths = DataPaths(tmp_path / "newer")
    with closing(sqlite3.connect(database.paths.database)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
        if crashed:
            # With the log beside it that a killed process leaves.
            shutil.copytree(database.paths.home, paths.home)
    if not crashed:
        shutil.copytree(database.paths.home, paths.home)
    before = contents(paths.home)
    assert ("arboris.db-wal" in before) is crashed

    with pytest.raises(StorageError) as caught:
        Database(paths)

    assert caught.value.kind is ErrorKind.DATABASE_TOO_NEW
    assert contents(paths.home) == before


def contents(folder: Path) -> dict[str, bytes]:
    """The content of the files; not the index of a log, which each process makes for itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files if not path.name.endswith("-shm")}


@pytest.mark.usefixtures("older_schema")
def test_a_copy_is_made_before_an_upgrade(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(paths)
    with database.write() as transaction:
        transaction.projects.add(NewNovel("Dear to me"))
    database.close()
    set_revision(paths, "0000")
    monkeypatch.setattr(migrate, "run_alembic", lambda _engine: set_revision(paths, migrate.HEAD))

    Database(paths, clock=lambda: NOW).close()

    (copy,) = paths.backups.iterdir()
    assert copy.name == f"arboris-20260301T123005Z-before-{migrate.HEAD}.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT title FROM novel_projects").fetchall() == [
            ("Dear to me",)
        ]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0000",)
        ]


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_every_released_schema_is_upgraded_with_its_rows(paths: DataPaths, revision: str) -> None:
    schema = Path(__file__).parent / "released_schemas" / f"{revision}.sql"
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        rows = {table: _rows(connection, table) for table in _tables(connection)}

    Database(paths).close()

    assert check_integrity(paths.database) == []
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.row_factory = sqlite3.Row
        for table, before in rows.items():
            # Counts that were one row are spread among several.
            after = _rows(connection, table)[: len(before)]
            assert [_as_before(row, before[0]) for row in after] == [
                _as_before(row, before[0]) for row in before
            ]
        connection.row_factory = None
        counted = "SELECT sum(unfinished + completed + failed + cancelled + resting), ("
        counted += "SELECT sum(calls) FROM call_totals) FROM analysis_counts"
        there = "SELECT count(*), (SELECT nullif(count(*), 0) FROM model_calls) FROM"
        there += " pending_analysis"
        assert connection.execute(counted).fetchall() == connection.execute(there).fetchall()
        unordered = "SELECT count(*) FROM pending_analysis WHERE claim_rank = 0"
        assert connection.execute(unordered).fetchall() == [(0,)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (migrate.HEAD,)
        ]


def _as_before(row: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """The row without what a later schema has elsewhere: what was paid is beside the tokens."""
    kept = {name: value for name, value in row.items() if name in columns}
    if "cost" in columns and "token_usage" in columns:
        kept = {name: value for name, value in kept.items() if name not in ("cost", "currency")}
    for name in ("token_usage", "estimate"):
        if isinstance(kept.get(name), str):
            moved = ("money", "unpriced", "cost", "currency")
            value = json.loads(kept[name])
            kept[name] = {key: each for key, each in value.items() if key not in moved}
    if row.get("name") in ("prices", "spending"):
        kept["value"] = None  # see the test of the alert
    return kept


def test_what_was_paid_keeps_its_currency(paths: DataPaths) -> None:
    schema = Path(__file__).parent / "released_schemas" / "0006.sql"
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))

    database = Database(paths)

    with database.read() as transaction:
        paid, unknown, free = (transaction.queue.get(id).spent for id in (1, 2, 3))
        steps = transaction.history.steps(1), transaction.history.steps(2)
        (batch,) = transaction.batches.list()
        spending = transaction.settings.get(SpendSettings)
        prices = transaction.settings.get(PriceSettings)
        candidate = transaction.candidates.get(1)
    database.close()
    assert (paid.money, paid.unpriced, paid.tokens) == ({"EUR": 0.5}, 0, 1500)
    assert (unknown.money, unknown.unpriced) == ({}, 1)
    assert (free.money, free.unpriced) == ({}, 0)
    # A step of an older version was paid in the currency of its task.
    assert all_spent(step.spent for step in steps[0].values()).money == {"EUR": 0.5}
    together = all_spent(step.spent for step in steps[1].values())
    assert (together.money, together.unpriced) == ({"CNY": 3.0, "USD": 0.5}, 1)
    assert candidate.spent.money == {"CNY": 3.0}
    assert (batch.estimate.spent.money, batch.estimate.spent.tokens) == ({"CNY": 0.25}, 1279)
    assert spending.money == (MoneyLimit("USD", per_day=2.0), MoneyLimit("EUR", alert=0.4))
    assert prices == PriceSettings(1.0, 2.0, "EUR")


def _tables(connection: sqlite3.Connection) -> list[str]:
    connection.row_factory = sqlite3.Row
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        name
        for (name,) in names
        if name != "alembic_version"
        and not name.startswith(PASSAGE_INDEX)
        and connection.execute(f"SELECT 1 FROM {name}").fetchone()
    ]


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def test_a_database_that_is_up_to_date_is_not_copied(database: Database) -> None:
    database.close()

    Database(database.paths).close()

    assert not database.paths.backups.exists()


def test_a_backup_is_whole_while_the_database_is_in_use(database: Database) -> None:
    with database.write() as transaction:
        transaction.projects.add(NewNovel("First"))
    with database.read() as reader:
        reader.projects.all()
        copy = back_up(database.paths.database, database.paths.backups, reason="manual", now=NOW)

    assert check_integrity(copy) == []
    assert list(database.paths.backups.iterdir()) == [copy]


def test_integrity_check_names_broken_references(database: Database) -> None:
    database.close()
    with closing(sqlite3.connect(database.paths.database)) as connection, connection:
        connection.execute(
            "INSERT INTO volumes (project_id, volume_number, title) VALUES ('gone', 1, 'x')"
        )

    (problem,) = check_integrity(database.paths.database)

    assert "volumes" in problem
