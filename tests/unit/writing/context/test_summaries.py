"""Rolling summaries are made by the model where something changed, and survive whatever happens."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.domain.story import StorySummary, SummaryLevel
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.context.summaries import Summaries, SummaryState
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.spending import CallLedger
from tests.support.scripted_provider import ScriptedProvider, error, prompt_of, text


@pytest.fixture
def summaries(database: Database, source: ProviderSource) -> Summaries:
    return Summaries(database, ModelCalls(database, source, PromptLibrary()))


@pytest.fixture
def project_id(database: Database) -> str:
    """Three volumes of 20, 8 and 30 chapters, of which 40 are told."""
    volumes = tuple(
        OutlineVolume(f"Volume {size}", tuple(OutlineChapter("Title") for _ in range(size)))
        for size in (20, 8, 30)
    )
    found = Novels(database).create(NewNovel("Tides", volumes=volumes))
    tell(database, found, 1, 40)
    return found


def tell(database: Database, project_id: str, first: int, last: int, words: str = "Told") -> None:
    with database.write() as transaction:
        for number in range(first, last + 1):
            chapter = transaction.chapters.by_number(project_id, number)
            transaction.chapters.set_summary(chapter.id, f"{words} {number}.")


def stored(database: Database, project_id: str) -> list[StorySummary]:
    with database.read() as transaction:
        return transaction.summaries.of_project(project_id)


def refresh(summaries: Summaries, project_id: str) -> int:
    return asyncio.run(summaries.refresh(project_id))


def numbered(provider: ScriptedProvider) -> None:
    """Each answer says which one it is."""
    provider.rule = lambda _request: text(f"Summary {len(provider.requests)}.")


def test_all_that_is_due_is_made_from_what_was_made_before(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    numbered(scripted_provider)
    assert summaries.state(project_id) == SummaryState(0, 4)

    assert refresh(summaries, project_id) == 6

    found = {
        (each.level, each.first_chapter, each.last_chapter): each.content
        for each in stored(database, project_id)
    }
    assert found == {
        (SummaryLevel.PART, 1, 10): "Summary 1.",
        (SummaryLevel.PART, 11, 20): "Summary 2.",
        (SummaryLevel.VOLUME, 21, 28): "Summary 3.",
        (SummaryLevel.PART, 29, 38): "Summary 4.",
        (SummaryLevel.VOLUME, 1, 20): "Summary 5.",
        (SummaryLevel.BOOK, 1, 38): "Summary 6.",
    }
    asked = [prompt_of(request) for request in scripted_provider.requests]
    assert "Tides" in asked[0]
    assert "<<<SUMMARIES\n1. Title: Told 1.\n" in asked[0]
    assert "chapters 29 to 38" in asked[3]
    assert "<<<SUMMARIES\nSummary 1.\n\nSummary 2.\nSUMMARIES>>>" in asked[4]
    assert "Summary 5.\n\nSummary 3.\n\nSummary 4." in asked[5]
    assert summaries.state(project_id) == SummaryState(6, 0)


def test_only_changed_summaries_are_remade(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    refresh(summaries, project_id)
    scripted_provider.requests.clear()
    assert refresh(summaries, project_id) == 0

    tell(database, project_id, 15, 15, "Another")
    scripted_provider.rule = lambda _request: text("New.")

    assert refresh(summaries, project_id) == 3
    assert "15. Title: Another 15." in prompt_of(scripted_provider.requests[0])


def test_every_call_is_on_record_as_a_summary(
    summaries: Summaries, project_id: str, database: Database
) -> None:
    refresh(summaries, project_id)

    with closing(sqlite3.connect(database.paths.database)) as connection:
        rows = connection.execute("SELECT project_id, task, prompt FROM model_calls").fetchall()
    assert set(rows) == {(project_id, ModelTask.SUMMARIES.value, "summarise_story")}
    assert len(rows) == 6


def test_a_failure_keeps_what_was_made_and_the_next_time_goes_on(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([text("One."), text("Two."), error(401, "no")])

    with pytest.raises(ProviderError):
        refresh(summaries, project_id)

    assert [each.content for each in stored(database, project_id)] == ["One.", "Two."]
    assert summaries.state(project_id) == SummaryState(2, 3, ErrorKind.UNAUTHORIZED)
    assert refresh(summaries, project_id) == 4
    assert summaries.state(project_id) == SummaryState(6, 0)


@pytest.mark.parametrize("answer", ["", "  \n"])
def test_an_empty_answer_is_not_stored(
    summaries: Summaries,
    project_id: str,
    database: Database,
    scripted_provider: ScriptedProvider,
    answer: str,
) -> None:
    scripted_provider.behaviours.append(text(answer))

    with pytest.raises(ProviderError) as caught:
        refresh(summaries, project_id)

    assert caught.value.kind is ErrorKind.EMPTY_ANSWER
    assert stored(database, project_id) == []


def test_an_answer_that_was_cut_ends_with_a_sentence(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(
        text("Mara came home. She found the li", finish_reason="length")
    )

    refresh(summaries, project_id)

    assert stored(database, project_id)[0].content == "Mara came home."


def test_summaries_of_volumes_that_are_no_more_are_forgotten(
    summaries: Summaries, project_id: str, database: Database
) -> None:
    refresh(summaries, project_id)
    with closing(sqlite3.connect(database.paths.database)) as connection, connection:
        connection.execute("UPDATE chapter_outlines SET volume_id = (SELECT min(id) FROM volumes)")

    refresh(summaries, project_id)

    spans = [(e.level.value, e.first_chapter, e.last_chapter) for e in stored(database, project_id)]
    assert sorted(spans) == [
        ("part", 1, 10),
        ("part", 11, 20),
        ("part", 21, 30),
        ("part", 31, 40),
        ("volume", 1, 40),
    ]


def test_the_novels_own_prompt_is_used(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    own = "# system\nBe brief.\n# user\nMine: $summaries"
    with database.write() as transaction:
        transaction.prompt_overrides.set(project_id, "summarise_story", Language.ENGLISH, own)

    refresh(summaries, project_id)

    assert scripted_provider.requests[0]["messages"][-1]["content"].startswith("Mine: 1. Title")


def test_more_than_the_model_can_read_is_summed_up_in_steps(
    project_id: str, database: Database, scripted_provider: ScriptedProvider, tmp_path: Path
) -> None:
    small = ProviderSettings(
        ProviderKind.OPENAI_COMPATIBLE, scripted_provider.base_url, "scripted", context_tokens=1400
    )
    source = ProviderSource(
        lambda: small, SessionKeyStore(), {}, record=CallLedger(database).record
    )
    tell(database, project_id, 1, 40, "The sea rose and nobody came home that night. " * 6)

    refresh(Summaries(database, ModelCalls(database, source, PromptLibrary())), project_id)

    first = stored(database, project_id)[0]
    assert (first.first_chapter, first.last_chapter) == (1, 10)
    assert len(scripted_provider.requests) > 6
    assert all(len(prompt_of(request)) < 1400 * 4 for request in scripted_provider.requests)
    source.close()


def test_a_server_that_takes_less_than_it_says_is_asked_for_less(
    summaries: Summaries, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    refusal = error(400, "This model's maximum context length is 2048 tokens.")
    scripted_provider.behaviours.append(refusal)

    assert refresh(summaries, project_id) == 6


def test_it_can_be_cancelled_at_any_time(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    async def cancel_in_the_third_call() -> None:
        task = asyncio.ensure_future(summaries.refresh(project_id))
        while len(scripted_provider.requests) < 3:
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    scripted_provider.rule = lambda _request: text("A summary. " * 5, delay=0.02)
    asyncio.run(cancel_in_the_third_call())

    assert len(stored(database, project_id)) == 2
    assert summaries.state(project_id).failure is None


def test_a_novel_that_is_gone_is_left_in_peace(
    summaries: Summaries, project_id: str, database: Database, scripted_provider: ScriptedProvider
) -> None:
    Novels(database).remove(project_id)

    assert refresh(summaries, project_id) == 0
    assert scripted_provider.requests == []
