"""Servers of databases, of whatever kind, as tests use them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol


def name_in(address: str) -> str:
    """The name of the database."""
    return address.partition("?")[0].rpartition("/")[2]


def ticks(process: int) -> tuple[int, ...]:
    """The time of a process, in its own and in the system's code, and that of its dead children."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return (0,)
    return tuple(map(int, said.rpartition(")")[2].split()[11:15]))


class Reading(Protocol):
    """A transaction that sees one moment."""

    def __call__(self, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
        """The rows of a table."""


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

    def connection(self, address: str) -> AbstractContextManager[Any]:
        """A connection of its own to one of the databases, which ends with the block."""

    def processor_seconds(self) -> float:
        """The processor time of all its processes so far."""

    def kill(self) -> None:
        """Kills it, as a loss of power does."""

    def copy(self, address: str) -> str:
        """The address of a new library that is as one which nobody uses now."""

    def rows(self, address: str, query: str, *values: object) -> list[tuple[Any, ...]] | None:
        """Runs a statement that is written for SQLite; ``None`` while no server answers."""

    def snapshot(self, address: str) -> AbstractContextManager[Reading]:
        """All of a library at one moment."""

    def is_blocked(self, address: str) -> bool:
        """True if somebody has the turn to write."""
