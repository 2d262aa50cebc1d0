"""The time for which a large import keeps another process from writing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.storage.database import Database
from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure
from tests.benchmarks.large_novel import add_large_novel

_WRITER = """
import select, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
longest = 0.0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.02)[0]:
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO app_settings VALUES ('bench', '{}', '2026-01-01')")
    connection.execute("COMMIT")
    longest = max(longest, time.perf_counter() - begun)
print(longest)
"""


def measure(runs: int, *, chapters: int = 25_000) -> Iterator[Figure]:
    """The longest of the waits of a process that writes every 20 ms, and the import's time."""
    longest, seconds = [], []
    with empty_home() as author:
        database = Database(author)
        path = author.home / "large.arboris"
        export_book(database, add_large_novel(database, chapters), "arboris", path)
        database.close()
        for _ in range(runs):
            waited, took = _import(path)
            longest.append(waited)
            seconds.append(took)
    rows = f"{6 * chapters:,} rows"
    yield Figure(f"import of {rows}", "s", tuple(seconds))
    yield Figure(f"write beside an import of {rows}, longest wait", "s", tuple(longest), Budget(2))


def _import(path: Path) -> tuple[float, float]:
    with empty_home() as reader:
        database = Database(reader)
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(reader.database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            begun = time.perf_counter()
            import_book(database, path)
            took = time.perf_counter() - begun
            output, _ = writer.communicate("enough\n")
        database.close()
    return float(output), took
