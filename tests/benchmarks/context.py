"""A chapter's context, early and late in a long book: how fast it is chosen, and how large it
is."""

from __future__ import annotations

import time
from collections.abc import Iterator

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.context import build_context, read_book_so_far
from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure, ratios
from tests.support.long_book import add_long_book, add_summaries

EARLY, LATE = 50, 500
BUDGET_TOKENS = 8000
PARAGRAPH = "雨停的时候，关公提着青龙刀回到了渡口，看见人物{n}还在等他。\n\n"


def measure(runs: int, *, early: int = EARLY, late: int = LATE) -> Iterator[Figure]:
    """The time to build both contexts, and how much larger the later one is."""
    texts = [PARAGRAPH.format(n=number) * 90 for number in range(1, late + 1)]
    seconds: dict[int, list[float]] = {early: [], late: []}
    tokens: dict[int, list[float]] = {early: [], late: []}
    with empty_home() as paths:
        database = Database(paths)
        project_id = add_long_book(database, texts)
        for number in (early, late):
            add_summaries(database, project_id, until=max((number - 1) // 10 * 10, 1))
            with database.read() as transaction:
                chapter = transaction.chapters.by_number(project_id, number)
            _build(database, chapter)  # the first one indexes the book
            for _ in range(runs):
                took, size = _build(database, chapter)
                seconds[number].append(took * 1000)
                tokens[number].append(size)
        database.close()
    yield Figure(f"context of chapter {early}", "ms", tuple(seconds[early]), Budget(30))
    yield Figure(f"context of chapter {late}", "ms", tuple(seconds[late]), Budget(30))
    growth = ratios(tokens[late], tokens[early])
    yield Figure(f"tokens of chapter {late} over chapter {early}", "×", growth, Budget(1.1))


def _build(database: Database, chapter: ChapterOverview) -> tuple[float, float]:
    started = time.perf_counter()
    book = read_book_so_far(database, chapter)
    report = build_context(book, BUDGET_TOKENS, estimate_tokens)
    return time.perf_counter() - started, float(report.tokens)
