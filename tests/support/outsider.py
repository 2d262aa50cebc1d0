"""Somebody who writes to a library without the program, on a connection of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from sqlalchemy import make_url

from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.mysql.connecting import connect


class Outsider:
    """A transaction at a time, of statements that are written for SQLite."""

    def __init__(self, connection: Any, place: str) -> None:
        self._connection = connection
        self._place = place

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Runs a statement within the transaction, and returns the rows that it gives."""
        cursor = self._connection.cursor()
        cursor.execute(statement.replace("?", self._place), values)
        return list(cursor.fetchall()) if cursor.description else []

    def commit(self) -> None:
        """Ends the transaction, and keeps it."""
        self._connection.commit()

    def rollback(self) -> None:
        """Ends the transaction without a trace."""
        self._connection.rollback()


@contextmanager
def outside(paths: DataPaths) -> Iterator[Outsider]:
    """Connects to the library, in a file or on a server."""
    if paths.server is None:
        with closing(sqlite3.connect(paths.database)) as file:
            yield Outsider(file, "?")
        return
    url = make_url(paths.server)
    if url.get_backend_name() == "mysql":
        options = {"unix_socket": url.query["unix_socket"], "user": url.username}
        with closing(connect({**options, "database": url.database})) as server:
            yield Outsider(server, "%s")
        return
    url = url.set(drivername="postgresql")
    with closing(psycopg.connect(url.render_as_string(hide_password=False))) as server:
        yield Outsider(server, "%s")
