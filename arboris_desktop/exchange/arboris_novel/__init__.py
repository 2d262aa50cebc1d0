"""Books from the database of Arboris-Novel, the web application.

It is an SQLite file with the same names of tables and columns, users, and more that a book does not
need.
"""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".db", ".sqlite", ".sqlite3")
"""The usual extensions of such a file."""

_START = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """True if a file is an SQLite database, whatever its name."""
    try:
        if not path.is_file():  # Opening a pipe would block for ever.
            return False
        with path.open("rb") as file:
            return file.read(len(_START)) == _START
    except (OSError, ValueError):
        return False
