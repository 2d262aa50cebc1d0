"""Tables as they are made there: the declared ones, and what these servers have no word for."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    Column,
    Computed,
    Connection,
    Engine,
    Index,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.mysql.base import MySQLDDLCompiler, MySQLTypeCompiler
from sqlalchemy.schema import CreateTable

_KEY_LENGTH = 448
"""Of a text without a length in a key, in characters: a key has 3,072 bytes, four for each."""

_MORE_INDEXES = {
    # For the last tasks of all novels: a LIMIT cannot be taken of each novel here.
    "pending_analysis": ("status", "updated_at"),
}


_WHOLE = "is whole"


def speak(engine: Engine, collation: str) -> None:
    """Lets an engine make tables and columns so, also in migrations.

    Texts are compared by their characters: case, accents and spaces at their end count.
    """
    dialect = engine.dialect
    dialect.type_compiler_instance = _Types(dialect)
    options = f" ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE={collation}"
    dialect.ddl_compiler = type("_Tables", (_Tables,), {"options": options})


class _Types(MySQLTypeCompiler):
    """SQLite heeds no length, so that nothing that it stores is refused here; only what is in a
    key has a length."""

    def visit_VARCHAR(self, type_: Any, **options: Any) -> str:
        column = options.get("type_expression")
        if column is None or _is_in_key(column):
            return super().visit_VARCHAR(type_, **options)
        return "LONGTEXT"

    def visit_TEXT(self, type_: Any, **options: Any) -> str:
        column = options.get("type_expression")
        is_key = column is not None and _is_in_key(column)
        return f"VARCHAR({_KEY_LENGTH})" if is_key else "LONGTEXT"

    def visit_JSON(self, type_: Any, **options: Any) -> str:
        """The text itself: the server's own type orders it otherwise, and has bounds."""
        return "LONGTEXT"

    def visit_FLOAT(self, type_: Any, **options: Any) -> str:
        """Theirs has seven digits."""
        return "DOUBLE"

    def visit_DATETIME(self, type_: Any, **options: Any) -> str:
        """With microseconds."""
        return "DATETIME(6)"


class _Tables(MySQLDDLCompiler):
    options = ""

    def get_column_default_string(self, column: Column[Any]) -> str | None:
        """The default of a long text has to be an expression."""
        default = super().get_column_default_string(column)
        kind = self.dialect.type_compiler_instance.process(column.type, type_expression=column)
        is_bare = default is not None and not default.startswith("(")
        return f"({default})" if kind == "LONGTEXT" and is_bare else default

    def create_table_constraints(self, table: Table, *given: Any, **options: Any) -> str:
        """A table of ours comes with its indexes: each by itself would make it again."""
        said: list[str] = [
            super().create_table_constraints(table, *given, **options)  # type: ignore[no-untyped-call]
        ]
        if table.info.get(_WHOLE):
            said += [self._said(index) for index in sorted(table.indexes, key=_name)]
        return ", \n\t".join(filter(None, said))

    def _said(self, index: Index) -> str:
        columns = ", ".join(self.preparer.quote(column.name) for column in index.columns)
        kind = "UNIQUE INDEX" if index.unique else "INDEX"
        return f"{kind} {self.preparer.format_index(index)} ({columns})"

    def post_create_table(self, table: Table) -> str:
        return super().post_create_table(table) or self.options


def _is_in_key(column: Column[Any]) -> bool:
    if column.primary_key or column.foreign_keys or column.table is None:
        return True
    indexed = [each.columns for each in column.table.indexes]
    keys = [*indexed, *(each.columns for each in _unique(column.table))]
    return any(column.name in columns for columns in keys)


def _unique(table: Table) -> list[UniqueConstraint]:
    return [each for each in table.constraints if isinstance(each, UniqueConstraint)]


def _name(index: Index) -> str:
    return str(index.name)


def make_tables(connection: Connection, declared: MetaData) -> None:
    """Makes the declared tables, in an empty database."""
    connection.execute(text("SET SESSION foreign_key_checks = 0"))
    for table in _tables_of(declared).tables.values():
        connection.execute(CreateTable(table))
    connection.execute(text("SET SESSION foreign_key_checks = 1"))


def _tables_of(declared: MetaData) -> MetaData:
    """The declared tables as they are made here.

    Nothing is partial here. A unique index over some rows has one more column, that only these
    rows have; what else is partial begins with what is asked for.
    """
    copied = MetaData(naming_convention=declared.naming_convention)
    for table in declared.tables.values():
        _adapt(table.to_metadata(copied))
    return copied


def _adapt(table: Table) -> None:
    table.info[_WHOLE] = True
    for key in table.foreign_key_constraints:
        key.use_alter = False
    for unique in _unique(table):
        _replace_long_texts(table, unique)
    for index in sorted(table.indexes, key=_name):
        if (condition := index.dialect_options["sqlite"]["where"]) is not None:
            table.indexes.discard(index)
            _make_whole(table, index, str(condition))
    if more := _MORE_INDEXES.get(table.name):
        Index(None, *(table.c[name] for name in more))


def _replace_long_texts(table: Table, unique: UniqueConstraint) -> None:
    """Texts that are too long for a key are compared by their hashes."""
    names = [column.name for column in unique.columns]
    if not any(isinstance(column.type, Text) for column in unique.columns):
        return
    table.constraints.discard(unique)
    for column in list(unique.columns):
        if isinstance(column.type, Text):
            hashed = f"{column.name}_hash"
            made = Computed(f"SHA2({column.name}, 256)", persisted=True)
            table.append_column(Column(hashed, String(64), made))
            names[names.index(column.name)] = hashed
    Index(str(unique.name), *(table.c[name] for name in names), unique=True)


def _make_whole(table: Table, index: Index, condition: str) -> None:
    names = [column.name for column in index.columns]
    if index.unique:
        mark = f"is_in_{index.name}"
        made = Computed(f"CASE WHEN {condition} THEN 1 END", persisted=True)
        table.append_column(Column(mark, SmallInteger, made))
        names = [*names, mark]
    else:
        asked = re.findall(r"(\w+) = ", condition)
        names = [*(name for name in asked if name not in names), *names]
    if not any([column.name for column in other.columns] == names for other in table.indexes):
        Index(str(index.name), *(table.c[name] for name in names), unique=index.unique)
