"""A long book: memory while it is open, opening a chapter, and importing one from a file."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.exchange.books import import_book
from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure, skipped
from tests.benchmarks.processes import ROOT, play

CORPUS = ROOT.parent / "shared" / "corpus" / "sanguo-yanyi.zh.txt"
SENTENCE = "雨停的时候，她回到了灯塔下。"


def measure(
    runs: int, *, chapters: int = 500, characters: int = 3000, corpus: Path = CORPUS
) -> Iterator[Figure]:
    """All three; ``characters`` is the length of a chapter."""
    yield from _open_book(runs, chapters, characters)
    yield _import(runs, corpus)


def _open_book(runs: int, chapters: int, characters: int) -> Iterator[Figure]:
    opened, megabytes = [], []
    with empty_home() as paths:
        database = Database(paths)
        text = (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]
        add_novel(database, chapters, text)
        database.close()
        for _ in range(runs):
            found = play("book", {"ARBORIS_HOME": str(paths.home)})
            opened.append(statistics.median(found["opened"]))
            megabytes += found.get("megabytes", [])
    name = f"memory, {chapters * characters:,} characters open"
    if megabytes:
        yield Figure(name, "MB", tuple(megabytes), Budget(170))
    else:
        yield skipped(name, f"not measured on {sys.platform}")
    yield Figure("open a chapter", "ms", tuple(opened), Budget(50))


def _import(runs: int, corpus: Path) -> Figure:
    name = f"import of {corpus.name}"
    if not corpus.exists():
        return skipped(name, "the book is not in ../shared/corpus")
    return Figure(name, "s", tuple(_import_seconds(corpus) for _ in range(runs)), Budget(2.0))


def _import_seconds(corpus: Path) -> float:
    with empty_home() as paths:
        database = Database(paths)
        try:
            started = time.perf_counter()
            project_id = import_book(database, corpus)
            elapsed = time.perf_counter() - started
            with database.read() as transaction:
                if len(transaction.chapters.of_project(project_id)) != 120:
                    raise RuntimeError("the book has 120 chapters")
        finally:
            database.close()
    return elapsed
