"""The columns that many tables share, and the schema that all of them join."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Stores UTC without a zone (SQLite has none) and gives it back with one."""

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        if dialect.name == "sqlite":
            return _from_text
        return super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# What SQLAlchemy makes of times in SQLite, in one step in place of three.


def _as_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def id_column() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def project_column() -> Column[str]:
    return Column(
        "project_id",
        String(36),
        ForeignKey("novel_projects.id", ondelete="CASCADE"),
        nullable=False,
    )


def project_key_column() -> Column[str]:
    """The key of a table that has one row for each novel."""
    return Column(
        "project_id",
        String(36),
        ForeignKey("novel_projects.id", ondelete="CASCADE"),
        primary_key=True,
    )


def chapter_column() -> Column[int]:
    return Column(
        "chapter_id", Integer, ForeignKey("chapters.id", ondelete="CASCADE"), nullable=False
    )


def created_column() -> Column[datetime]:
    return Column("created_at", UtcDateTime, nullable=False)


def updated_column() -> Column[datetime]:
    return Column("updated_at", UtcDateTime, nullable=False)


SLOTS = 8
"""Rows among which a count is spread that every process raises: they need not wait for each
other."""


def slot_column() -> Column[int]:
    return Column("slot", Integer, primary_key=True, autoincrement=False)


def count_column(name: str) -> Column[int]:
    """A number that is raised along with what it counts (see ``counting``)."""
    return Column(name, BigInteger, nullable=False, server_default="0")
