"""An analysis in one question: what is found is the same, and checked as strictly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.domain.codex import CodexEntry
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.domain.tasks import AnalysisStep, GenerationConfig
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.chapter_request import build_request, read_job
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.spending import CallLedger
from tests.support.costs_of_a_chapter import (
    chinese_chapter,
    long_book_with_chapter_to_write,
    said,
)
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    ScriptedProvider,
    error,
    json_answer,
    perfect_rule,
    schema_name,
    text,
    whole_analysis,
)
from tests.unit.conftest import FACTS, TEXT, Desk

ONE_QUESTION = GenerationConfig(min_chapter_length=50, in_one_question=True)
WHOLE = "analyse_chapter"
ONE_BY_ONE = [None, *(step.value for step in AnalysisStep if step is not AnalysisStep.SUMMARY)]


def desk_with(desk: Desk, provider: ScriptedProvider, context: int) -> tuple[Desk, ProviderSource]:
    """The desk at a model of that context, which is asked everything at once if it can be."""
    Preferences(desk.database).set(ONE_QUESTION)
    connection = ProviderSettings(
        ProviderKind.OPENAI_COMPATIBLE, provider.base_url, MODEL, context_tokens=context
    )
    roster = ProviderRoster((ProviderProfile(connection=connection),))
    source = ProviderSource(
        lambda: roster, SessionKeyStore(), {}, record=CallLedger(desk.database).record
    )
    calls = ModelCalls(desk.database, source, PromptLibrary())
    worker = AnalysisWorker(desk.database, calls, begin_analysis)
    return replace(desk, worker=worker), source


@pytest.fixture
def roomy(desk: Desk, scripted_provider: ScriptedProvider) -> Iterator[Desk]:
    made, source = desk_with(desk, scripted_provider, 32_768)
    yield made
    source.close()


def entries(database: Database, project_id: str) -> list[CodexEntry]:
    with database.read() as transaction:
        return transaction.codex.entries(project_id)


def found(database: Database, project_id: str) -> list[tuple[Any, ...]]:
    """All that is known of the book, without numbers and times."""
    return sorted(
        (entry.kind, entry.name, fact.statement, fact.quotation, fact.status, fact.step)
        for entry in entries(database, project_id)
        for fact in entry.facts
    )


def test_all_is_found_by_one_call(
    roomy: Desk, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    ids = [chapter.id for chapter in novel.chapters]
    Preferences(roomy.database).set(replace(ONE_QUESTION, in_one_question=False))
    store_chapter(roomy.database, ids[0], TEXT, provider="scripted")
    assert roomy.work().kind is OutcomeKind.COMPLETED
    five = found(roomy.database, novel.project.id)
    assert len(scripted_provider.requests) == 5
    Preferences(roomy.database).set(ONE_QUESTION)

    store_chapter(roomy.database, ids[0], TEXT, provider="scripted")
    assert roomy.work().kind is OutcomeKind.COMPLETED

    assert scripted_provider.schema_names()[5:] == [WHOLE]
    # A quotation that is not in the chapter proves nothing here either.
    assert found(roomy.database, novel.project.id) == five
    with roomy.database.read() as transaction:
        assert transaction.chapters.overview(ids[0]).summary == FACTS.summary
        call = transaction.calls.of_project(novel.project.id)[-1]
    assert (call.purpose.task, call.purpose.prompt) == (ModelTask.ANALYSIS, WHOLE)


def _incomplete() -> dict[str, object]:
    answer = whole_analysis(FACTS)
    del answer["seeds"]
    return answer


@pytest.mark.parametrize(
    ("bad", "asked"),
    [
        (text("I would rather tell you a story."), [WHOLE, WHOLE]),
        (text('{"summary": "Mara', finish_reason="length"), [WHOLE, WHOLE]),
        (json_answer(_incomplete()), [WHOLE, WHOLE]),
        (json_answer(whole_analysis(FACTS) | {"summary": "  "}), [WHOLE]),
        (error(400, "too many tokens", kind="context_length_exceeded"), [WHOLE]),
    ],
    ids=["no JSON", "cut", "a list is missing", "no summary", "too long"],
)
def test_what_cannot_be_read_is_asked_one_by_one(
    roomy: Desk, task_id: int, scripted_provider: ScriptedProvider, bad: Behaviour, asked: list[str]
) -> None:
    def choose(request: dict[str, Any]) -> Behaviour:
        return bad if schema_name(request) == WHOLE else perfect_rule(FACTS)(request)

    scripted_provider.rule = choose

    assert roomy.work(roomy.claim()).kind is OutcomeKind.COMPLETED

    assert scripted_provider.schema_names() == [*asked, *ONE_BY_ONE]


def test_a_finding_that_does_not_fit_costs_only_itself(
    roomy: Desk, task_id: int, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    answer: dict[str, Any] = whole_analysis(FACTS)
    answer["characters"] = [*answer["characters"], {"name": "Nobody"}]
    scripted_provider.behaviours.append(json_answer(answer))

    assert roomy.work().kind is OutcomeKind.COMPLETED

    assert scripted_provider.schema_names() == [WHOLE]
    assert {entry.name for entry in entries(roomy.database, novel.project.id)} >= {"Tobias Reed"}


def test_a_model_with_too_little_room_is_asked_one_by_one(
    desk: Desk, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    small, source = desk_with(desk, scripted_provider, 16_384)
    store_chapter(desk.database, novel.chapters[0].id, TEXT, provider="scripted")
    assert small.work().kind is OutcomeKind.COMPLETED
    source.close()
    assert scripted_provider.schema_names() == ONE_BY_ONE


def test_so_is_a_chapter_of_which_not_all_is_to_be_found(
    roomy: Desk, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    Preferences(roomy.database).set(replace(ONE_QUESTION, world_expansion=False))
    store_chapter(roomy.database, novel.chapters[0].id, TEXT, provider="scripted")
    assert roomy.work().kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names() == [n for n in ONE_BY_ONE if n != "world_expansion"]


def test_a_refused_key_is_not_asked_five_times_more(
    roomy: Desk, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: error(401, "no such key")
    store_chapter(roomy.database, novel.chapters[0].id, TEXT, provider="scripted")
    assert roomy.work().error is ErrorKind.UNAUTHORIZED
    assert len(scripted_provider.requests) == 1


def test_a_chapter_of_a_long_book_is_written_and_analysed_within_10000_tokens(
    desk: Desk, scripted_provider: ScriptedProvider
) -> None:
    """The window's own way to ask, after 300 chapters, by the log of the server."""
    roomy, source = desk_with(desk, scripted_provider, 131_072)
    chapter_id = long_book_with_chapter_to_write(roomy.database)
    job = read_job(roomy.database, chapter_id)

    async def write() -> None:
        calls = ModelCalls(roomy.database, source, PromptLibrary())

        def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
            return build_request(roomy.database, job, provider, prompts)

        async with aclosing(calls.stream(job.purpose, build, prose=True)) as events:
            async for _event in events:
                pass

    asyncio.run(write())
    store_chapter(roomy.database, chapter_id, chinese_chapter(), provider="scripted")
    assert roomy.work().kind is OutcomeKind.COMPLETED
    source.close()

    tokens = [estimate_tokens(said(request)) for request in scripted_provider.requests]
    assert len(tokens) == 2
    assert tokens[0] > 3000, "the chapter is told of the book"
    assert sum(tokens) <= 10_000, tokens
