"""Searching a whole book of 1.5 million characters, and bringing its index up to date."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arboris_desktop.storage.database import Database
from arboris_desktop.text.finding import Wanted
from arboris_desktop.writing.book_search import BookSearch
from arboris_desktop.writing.search import Search
from tests.benchmarks.book import CORPUS
from tests.benchmarks.books import add_novel_of, empty_home
from tests.benchmarks.figures import Budget, Figure, skipped

TYPED = ("青", "青龙", "青龙刀", "孔明", "iPhone", "之", "曰")
WORDS = ("青龙刀", "孔明", "玄德曰", "曹操 关公", "赤壁 东风", "之 曰 人 不", "无此字句")


def measure(
    runs: int, *, characters: int = 1_500_000, chapter: int = 3000, corpus: Path = CORPUS
) -> Iterator[Figure]:
    """The first search, which indexes the book, and those that follow."""
    if not corpus.exists():
        yield skipped("search the whole book", "the book is not in ../shared/corpus")
        return
    text = corpus.read_text("utf-8")
    text = (text * (characters // len(text) + 1))[:characters]
    texts = [text[start : start + chapter] for start in range(0, characters, chapter)]
    indexed, found, typed, first = [], [], [], []
    for _ in range(runs):
        with empty_home() as paths, _no_garbage_collected():
            database = Database(paths)
            project_id = add_novel_of(database, texts)
            search = Search(database)
            indexed.append(_milliseconds(search, project_id, WORDS[0]) / 1000)
            found.append(statistics.median(_milliseconds(search, project_id, w) for w in WORDS))
            places = BookSearch(database)
            first.append(_every_place(places, project_id, WORDS[0]) / 1000)
            typed.append(max(_every_place(places, project_id, word) for word in TYPED))
            database.close()
    yield Figure("read the book for the search in it, once", "s", tuple(first))
    yield Figure(
        f"every place of a word while it is typed, {characters:,} characters",
        "ms",
        tuple(typed),
        Budget(50),
    )
    yield Figure(f"index {characters:,} characters", "s", tuple(indexed))
    yield Figure(
        f"search the whole book, {characters:,} characters", "ms", tuple(found), Budget(50)
    )


@contextmanager
def _no_garbage_collected() -> Iterator[None]:
    """As in the window, where the collector comes by a timer, between two searches."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _every_place(search: BookSearch, project_id: str, words: str) -> float:
    started = time.perf_counter()
    search.find(project_id, Wanted(words))
    return (time.perf_counter() - started) * 1000


def _milliseconds(search: Search, project_id: str, words: str) -> float:
    started = time.perf_counter()
    search.find(project_id, words)
    return (time.perf_counter() - started) * 1000
