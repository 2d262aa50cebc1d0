"""Servers of databases, of whatever kind, as tests use them."""

from __future__ import annotations

from typing import Any, Protocol

from tests.support.mariadb_server import name_in

__all__ = ["Server", "name_in"]


class Server(Protocol):
    """A real server in a folder of its own."""

    def start(self) -> None:
        """Starts it, and waits until it answers."""

    def stop(self) -> None:
        """Ends it at once, as a crash does."""

    def new_library(self) -> str:
        """The address of a new database with the schema in it."""

    def empty_database(self) -> str:
        """The address of a new database with nothing in it."""

    def drop(self, address: str) -> None:
        """Removes a database."""

    def run(self, statement: str, name: str) -> list[tuple[Any, ...]]:
        """Runs a statement in a database, and returns the rows that it gives."""

    def connection(self, address: str) -> Any:
        """A connection of its own to one of the databases."""
