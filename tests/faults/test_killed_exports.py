"""Exports whose process ends before them: no half of a file stays, wherever it was written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.services import build_services
from tests.benchmarks.books import add_novel_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.faults,
    pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does"),
]

WAIT_SECONDS = 100.0


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "ARBORIS_HOME": str(tmp_path / "home")}


@pytest.fixture
def novel_id(environment: dict[str, str]) -> str:
    """A novel whose export takes a second or more: its text can hardly be packed."""
    letters = random.Random(14)
    services = build_services(environment)
    texts = ["".join(letters.choices("天地玄黄宇宙洪荒日月盈昃", k=20_000)) for _ in range(150)]
    project_id = add_novel_of(services.database, texts)
    services.close()
    return project_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the author's books, an older export among them."""
    folder = tmp_path / "书 folder"
    folder.mkdir()
    (folder / "book.arboris").write_text("older")
    (folder / ".0123456789abcdef0123456789abcdef.tmp").write_text("of somebody else")
    return folder


@contextmanager
def exporting(
    environment: dict[str, str], novel_id: str, folder: Path
) -> Iterator[subprocess.Popen[str]]:
    """A process that has begun to write a file."""
    before = set(folder.iterdir())
    out = ["--out", str(folder / "book.arboris"), "--overwrite"]
    with subprocess.Popen(
        [sys.executable, "-m", "arboris_desktop", "export", novel_id, "--format", "arboris", *out],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None and set(folder.iterdir()) == before:
            pass
        assert process.poll() is None
        yield process


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_killed_export_is_cleared_away_by_the_next_start(
    environment: dict[str, str], novel_id: str, folder: Path
) -> None:
    before = names(folder)
    with exporting(environment, novel_id, folder) as process:
        # Who writes is alive: what it has begun is left alone, however long it takes.
        process.send_signal(signal.SIGSTOP)
        build_services(environment).close()
        assert len(names(folder)) == len(before) + 1
        process.kill()

    build_services(environment).close()

    assert names(folder) == before
    assert (folder / "book.arboris").read_text() == "older"
    assert list(Path(environment["ARBORIS_HOME"], "instances").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_export_that_is_told_to_end_clears_up_itself(
    environment: dict[str, str], novel_id: str, folder: Path, number: signal.Signals
) -> None:
    before = names(folder)
    with exporting(environment, novel_id, folder) as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=WAIT_SECONDS)

    assert (process.returncode, errors) == (130, "arboris-desktop: stopped\n")
    assert names(folder) == before
    assert list(Path(environment["ARBORIS_HOME"], "instances").iterdir()) == []
