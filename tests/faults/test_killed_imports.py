"""A large import beside other work, and one whose process ends before it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from tests.benchmarks.large_novel import add_large_novel

pytestmark = [
    pytest.mark.long,
    pytest.mark.faults,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does"),
]

CHAPTERS = 2500
WAIT_SECONDS = 200.0
_TABLES = (
    "novel_projects",
    "chapters",
    "chapter_versions",
    "pending_analysis",
    "model_calls",
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a novel whose import takes some seconds."""
    paths = DataPaths(tmp_path_factory.mktemp("author"))
    database = Database(paths)
    path = paths.home / "large.arboris"
    export_book(database, add_large_novel(database, CHAPTERS), "arboris", path)
    database.close()
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one novel."""
    home = tmp_path / "home"
    run(home, "new", "The Lamp")
    return home


def command(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "arboris_desktop", *arguments],
        env={**os.environ, "ARBORIS_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home: Path, *arguments: str) -> str:
    with command(home, *arguments) as process:
        output, errors = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0, errors
    return output


def rows(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "arboris.db", timeout=30)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in _TABLES
        }


@contextmanager
def importing(home: Path, large: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has stored a part of a novel, and goes on with it."""
    with command(home, "import", str(large), *options) as process:
        try:
            while process.poll() is None and rows(home)["chapters"] == 0:
                pass
            assert process.poll() is None
            yield process
        finally:
            process.kill()


def test_others_write_while_it_goes_on(home: Path, large: Path) -> None:
    with importing(home, large) as process:
        run(home, "new", "Meanwhile")
        assert process.poll() is None, "the import was over before the other command"
        assert '"total": 0' in run(home, "status", "--json")
        process.communicate(timeout=WAIT_SECONDS)
        assert process.returncode == 0
    assert f'"total": {CHAPTERS}' in run(home, "status", "--json")
    assert rows(home)["novel_projects"] == 3


def test_a_killed_import_is_cleared_away_by_the_next_start(home: Path, large: Path) -> None:
    before = rows(home)
    with importing(home, large) as process:
        process.kill()
    assert rows(home) != before
    assert '"total": 0' in run(home, "status", "--json")

    run(home, "notifications")

    assert rows(home) == before


def test_killed_amid_appending_nothing_is_added(home: Path, tmp_path: Path) -> None:
    project_id = run(home, "new", "The Harbour").strip()
    before = rows(home)
    book = tmp_path / "later.txt"
    book.write_text("\n\n".join(f"Chapter {n}\n\nShe came home." for n in range(1, CHAPTERS)))
    with importing(home, book, "--append", project_id) as process:
        process.kill()
    assert rows(home) != before
    assert '"total": 0' in run(home, "status", "--json")

    run(home, "notifications")

    assert rows(home) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_import_that_is_told_to_end_clears_up_itself(
    home: Path, large: Path, number: signal.Signals
) -> None:
    before = rows(home)
    with importing(home, large) as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=WAIT_SECONDS)
    assert (process.returncode, errors) == (130, "arboris-desktop: stopped\n")
    assert rows(home) == before
