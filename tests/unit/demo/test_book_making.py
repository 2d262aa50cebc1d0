"""The stages of a book with nobody to ask: what is passed over, what ends it, what is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.demo.book_making import BookMaking, BookRequest, StageError
from arboris_desktop.demo.export_check import ExportError, check_exports
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.domain.settings import ProviderSettings, WritingSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.text.counts import count_words
from tests.support.scripted_book import CHAPTER, book_rule
from tests.support.scripted_provider import (
    EMPTY_ANSWERS,
    Rule,
    ScriptedProvider,
    error,
    is_about_chapter,
    schema_name,
    text,
)


@pytest.fixture
def services(tmp_path: Path, scripted_provider: ScriptedProvider) -> Iterator[Services]:
    scripted_provider.rule = book_rule()
    environment = {
        "ARBORIS_HOME": str(tmp_path / "home"),
        "ARBORIS_BASE_URL": scripted_provider.base_url,
        "ARBORIS_MAX_PARALLEL": "16",
        "ARBORIS_MODEL": "scripted",
    }
    opened = build_services(environment, SessionKeyStore())
    opened.preferences.set(
        ProviderSettings(configured=True), WritingSettings(250), GenerationConfig()
    )
    yield opened
    opened.close()


@pytest.fixture
def making(services: Services, tmp_path: Path) -> BookMaking:
    return BookMaking(services, BookRequest(chapters=2, target_words=250, folder=tmp_path))


def failing(name: str, times: int) -> Rule:
    """A perfect model that refuses the questions of one name, so often."""
    whole, left = book_rule(), [times]

    def choose(request: dict[str, Any]) -> Any:
        if schema_name(request) == name and left[0]:
            left[0] -= 1
            return error(401, "bad key")
        return whole(request)

    return choose


def test_a_chapter_whose_analysis_fails_is_passed_over_and_told(
    making: BookMaking, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = failing("new_characters", 1)

    asyncio.run(making.make())

    report = making.report.to_json()
    assert report["finished"]
    (stop,) = report["stages"]["judged_chapter"]["stops"]
    assert (stop["chapter"], stop["reason"]) == (1, "analysis")
    assert report["stages"]["chapters"]["stops"] == []
    analyses = report["stages"]["summaries"]["analyses"]
    assert (analyses["completed"], analyses["failed"]) == (1, 1)


def test_a_chapter_that_cannot_be_written_ends_it_after_some_tries(
    making: BookMaking, scripted_provider: ScriptedProvider
) -> None:
    whole = book_rule()

    def choose(request: dict[str, Any]) -> Any:
        drafts = schema_name(request) is None and not is_about_chapter(request)
        return (
            error(401, "bad key") if drafts and "Write chapter" in str(request) else whole(request)
        )

    scripted_provider.rule = choose

    with pytest.raises(StageError, match="chapter 1: provider unauthorized"):
        asyncio.run(making.make())

    report = making.report.to_json()
    assert not report["finished"]
    assert len(report["stages"]["judged_chapter"]["stops"]) == 3


def test_a_model_that_fills_in_no_form_still_makes_a_book(
    making: BookMaking, scripted_provider: ScriptedProvider
) -> None:
    """Everything in plain words, but for the reviews: without any, that stage has failed."""
    whole = book_rule()

    def choose(request: dict[str, Any]) -> Any:
        name = schema_name(request)
        if name is not None and name not in EMPTY_ANSWERS:
            return text("I would rather not.")
        if "Write now:" in str(request["messages"][-1]["content"]):
            return text("Mara: a keeper who stays\nTo: a pilot who leaves")
        return whole(request)

    scripted_provider.rule = choose

    with pytest.raises(StageError, match="could not review"):
        asyncio.run(making.make())

    report = making.report.to_json()
    assert report["stages"]["blueprint"]["in_words"] > 0
    assert report["stages"]["outline"]["in_words"] == 2
    assert report["stages"]["chapters"]["words"] == [count_words(CHAPTER, Language.ENGLISH)] * 2
    assert set(report["stages"]["reviews"]["failures"]) == {"review", "reader", "emotion"}


def test_texts_with_lines_like_headings_and_marks_are_exported_whole(
    services: Services, tmp_path: Path
) -> None:
    project_id = services.novels.create(NewNovel("The *Lamp*", premise="A keeper."))
    awkward = "Chapter 7\n\n# Not a heading\n\n* * *\n\n1. First\n\n<b>“Mara,”</b> he said_"
    for number in (1, 2):
        chapter = services.novels.ensure_chapter(project_id, number)
        services.editing.save(chapter.id, awkward, None)

    sizes = check_exports(services, project_id, tmp_path)

    assert set(sizes) == {"book.md", "book.txt", "book.arboris"}


def test_a_chapter_without_text_is_not_taken_for_a_book(services: Services, tmp_path: Path) -> None:
    project_id = services.novels.create(NewNovel("The Lamp", premise="A keeper."))
    chapter = services.novels.ensure_chapter(project_id, 1)
    services.novels.ensure_chapter(project_id, 2)
    services.editing.save(chapter.id, "It was dark.", None)

    with pytest.raises(ExportError, match="chapter 2 has no text"):
        check_exports(services, project_id, tmp_path)
