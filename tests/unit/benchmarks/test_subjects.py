"""Each benchmark runs to its end on a small scale; how fast is not asserted."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import __main__ as command
from tests.benchmarks import (
    book,
    context,
    exports,
    frozen,
    idle,
    import_lock,
    large,
    queue_growth,
    queue_latency,
    queue_status,
    queue_throughput,
    screen,
    search,
    start,
    streaming,
    typing_keys,
)
from tests.benchmarks.figures import Budget, Figure
from tests.benchmarks.queues import MODULES, PEERS, FilledQueue, OurQueue


@pytest.mark.parametrize("kind", [OurQueue, *PEERS])
def test_a_filled_queue_is_worked_to_its_end(kind: type[FilledQueue], tmp_path: Path) -> None:
    if kind in MODULES and importlib.util.find_spec(MODULES[kind]) is None:
        pytest.skip(f"{MODULES[kind]} is installed by `dev.py bench` only")
    queue = kind(tmp_path, 2)

    assert [queue.work_one() for _ in range(3)] == [True, True, False]
    assert queue.done() == 2
    queue.close()


def test_throughput_of_three_threads() -> None:
    ours, *_rest = queue_throughput.measure(1, tasks=5)

    assert ours.name == "claim + complete, 3 threads: Arboris"
    assert ours.median > 0


def test_claims_beside_few_and_many() -> None:
    few, many, ratio = queue_growth.measure(1, few=2, many=20, claims=3)

    assert ratio.samples == (many.median / few.median,)


def test_status_beside_some_tasks() -> None:
    (figure,) = queue_status.measure(1, tasks=10, waiting=2)

    assert figure.median > 0


@pytest.mark.gui
def test_latency_through_the_processor(qapp: object) -> None:
    (figure,) = queue_latency.measure(1, chapters=2)

    assert figure.median > 0


@pytest.mark.long
@pytest.mark.gui
@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")
def test_idle_window() -> None:
    (figure,) = idle.measure(1, settle=0.0, seconds=0.1)

    assert figure.median >= 0


@pytest.mark.long
@pytest.mark.gui
def test_start_without_the_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(start.PEER, raising=False)

    ours, over_empty, peer = start.measure(1, chapters=3)

    assert ours.median > 0
    assert over_empty.median > 0
    assert peer.verdict == "skipped"


@pytest.mark.long
def test_a_frozen_program_is_started_beside_the_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if screen.missing():
        pytest.skip(f"not installed: {', '.join(screen.missing())}")
    # A stand-in for the frozen program, which starts the source.
    program = tmp_path / "arboris-desktop" / "arboris-desktop"
    program.parent.mkdir()
    starter = f'#!/bin/sh\nexec "{sys.executable}" -m arboris_desktop "$@"\n'
    program.write_text(starter, encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "arboris-desktop_1.2.0_amd64.deb").write_bytes(bytes(2_000_000))
    monkeypatch.setenv(frozen.DIST, str(tmp_path))

    folder, package, source, frozen_start, ratio = frozen.measure(1, chapters=3)

    assert folder.median == len(starter) / 1e6
    assert (package.name, package.median, package.verdict) == ("installer: .deb", 2.0, "pass")
    assert ratio.samples == (frozen_start.median / source.median,)


def test_without_a_build_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(frozen.DIST, str(tmp_path))

    (figure,) = frozen.measure(1)

    assert figure.verdict == "skipped"
    assert "no build" in figure.note


@pytest.mark.gui
def test_typing(qapp: QApplication) -> None:
    figures = list(typing_keys.measure(1, characters=1000))

    assert len(figures) == 2
    assert all(figure.median > 0 for figure in figures)


@pytest.mark.long
@pytest.mark.gui
def test_streaming() -> None:
    rate, *figures = streaming.measure(1, tokens=40)

    assert rate.median > 0
    assert [len(figure.samples) for figure in figures] == [1, 1, 1, 1]


@pytest.mark.long
@pytest.mark.gui
def test_book_without_the_corpus(tmp_path: Path) -> None:
    *_memory, opened, imported = book.measure(
        1, chapters=4, characters=100, corpus=tmp_path / "missing.txt"
    )

    assert opened.median > 0
    assert (imported.verdict, imported.name) == ("skipped", "import of missing.txt")


def test_exports_of_a_short_book() -> None:
    previewed, imported, *written = exports.measure(1, chapters=2, forms=("txt", "docx"))

    assert [figure.unit for figure in (previewed, imported, *written)] == ["s"] * 4
    assert imported.median > 0


@pytest.mark.skipif(sys.platform == "win32", reason="waits for a pipe as POSIX does")
def test_a_write_beside_an_import() -> None:
    took, waited = import_lock.measure(1, chapters=5)

    assert min(took.median, waited.median) > 0


@pytest.mark.long
@pytest.mark.gui
def test_opening_a_large_novel() -> None:
    opened, gap = large.measure(1, chapters=3)

    assert min(opened.median, gap.median) > 0


def test_search_of_a_small_book(tmp_path: Path) -> None:
    corpus = tmp_path / "book.txt"
    corpus.write_text("关公提青龙刀而出。\n" * 50, "utf-8")

    figures = list(search.measure(1, characters=600, chapter=200, corpus=corpus))

    assert len(figures) == 4
    assert all(figure.median > 0 for figure in figures)
    (missing,) = search.measure(1, corpus=tmp_path / "missing.txt")
    assert missing.verdict == "skipped"


def test_context_of_a_short_book() -> None:
    early, late, ratio = context.measure(1, early=3, late=6)

    assert min(early.median, late.median) > 0
    assert ratio.median > 0


def test_the_command_prints_writes_and_tells_a_missed_budget(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_slow(runs: int) -> Iterator[Figure]:
        yield Figure("slow", "ms", tuple([9.0] * runs), Budget(5))

    monkeypatch.setattr(command, "SUBJECTS", {"slow": too_slow})
    written = tmp_path / "figures.json"

    assert command.main(["--only", "slow", "--runs", "3", "--json", str(written)]) == 1

    assert "| slow | 9 | 9 | 9 | ms | ≤ 5 | miss |" in capsys.readouterr().out
    assert json.loads(written.read_text("utf-8"))["figures"][0]["samples"] == [9.0, 9.0, 9.0]
