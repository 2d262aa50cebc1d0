"""Books of 500 chapters: what a chapter is told does not grow, and comes from the right places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arboris_desktop.domain.context import ContextChoice, ItemKind, ReasonKind
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.context import ContextReport, build_context, read_book_so_far
from tests.benchmarks.book import CORPUS
from tests.support.long_book import add_long_book, add_summaries

CHAPTERS = 500
LENGTH = 900


@pytest.fixture(scope="module", params=["synthetic", "corpus"])
def long_book(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, str]]:
    """A database with the novel, and the novel's id."""
    if request.param == "corpus" and not CORPUS.exists():
        pytest.skip("the corpus is not in ../shared/corpus")
    paths = DataPaths(tmp_path_factory.mktemp("long"))
    paths.create()
    database = Database(paths)
    yield database, add_long_book(database, texts(request.param == "corpus", CORPUS))
    database.close()


def texts(from_corpus: bool, corpus: Path) -> list[str]:
    if not from_corpus:
        filling = "雨停的时候，关公提着青龙刀回到了渡口。\n\n" * (LENGTH // 20)
        return [f"第{number}章。{filling}" for number in range(1, CHAPTERS + 1)]
    text = corpus.read_text("utf-8")
    return [text[start : start + LENGTH] for start in range(0, CHAPTERS * LENGTH, LENGTH)]


def report_of(long_book: tuple[Database, str], number: int, budget: int) -> ContextReport:
    database, project_id = long_book
    with database.read() as transaction:
        chapter = transaction.chapters.by_number(project_id, number)
    return build_context(read_book_so_far(database, chapter), budget, estimate_tokens)


@pytest.mark.parametrize("summed_up", [False, True])
@pytest.mark.parametrize("budget", [4000, 8000, 32_000])
def test_the_size_does_not_depend_on_the_number_of_chapters(
    long_book: tuple[Database, str], budget: int, summed_up: bool
) -> None:
    sizes = {}
    for number in (50, 500):
        if summed_up:
            add_summaries(*long_book, until=(number - 1) // 10 * 10)
        sizes[number] = estimate_tokens(report_of(long_book, number, budget).as_text())

    assert sizes[50] * 0.9 <= sizes[500] <= sizes[50] * 1.1
    assert max(sizes.values()) <= budget


def test_the_last_chapter_is_told_of_those_it_names_and_of_nothing_later(
    long_book: tuple[Database, str],
) -> None:
    report = report_of(long_book, 100, 8000)

    named = [i.label for i in report.items if i.reason.kind is ReasonKind.NAMED_IN_PLAN]
    assert set(named) == {"关公", "人物97", "第97处渡口"}
    assert all(item.last < 100 for item in report.items if item.kind is not ItemKind.NEXT_PLAN)
    for number in range(100, 140):
        assert f"人物{number}在此章出现" not in report.as_text()
    guan = next(item for item in report.items if item.label == "关公")
    assert guan.text.startswith("- 关公：关公在第1章第0次")
    assert "关公在第99章第4次" in guan.text
    assert guan.text.count("改变了主意") == 4


def test_passages_are_found_by_what_the_plan_names(long_book: tuple[Database, str]) -> None:
    report = report_of(long_book, 400, 32_000)

    passages = [item for item in report.items if item.kind is ItemKind.PASSAGE]
    assert passages
    assert all("关公" in item.text or "青龙" in item.text for item in passages)
    # In the real book 关公 stands everywhere and tells nothing; then the sword finds them.
    assert any({"关公", "青龙", "青龙刀"} & set(item.reason.words.split(", ")) for item in passages)


def test_choices_are_stored_for_one_chapter(long_book: tuple[Database, str]) -> None:
    database, project_id = long_book
    with database.write() as transaction:
        chapter = transaction.chapters.by_number(project_id, 300)
        choose = transaction.context_choices.set
        choose(chapter.id, ItemKind.PREVIOUS_END, "end", ContextChoice.PINNED)
        choose(chapter.id, ItemKind.PREVIOUS_END, "end", ContextChoice.EXCLUDED)
        choose(chapter.id, ItemKind.SEED, "1", ContextChoice.PINNED)
        choose(chapter.id, ItemKind.SEED, "1", None)

    with database.read() as transaction:
        assert transaction.context_choices.of_chapter(chapter.id) == {
            (ItemKind.PREVIOUS_END, "end"): ContextChoice.EXCLUDED
        }
    assert "## 上一章的结尾" not in report_of(long_book, 300, 4000).as_text()
    assert "## 上一章的结尾" in report_of(long_book, 301, 4000).as_text()
