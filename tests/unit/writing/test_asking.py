"""Asking a model: what is previewed is sent, and every call is on record, however it ends."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest
from pydantic import BaseModel

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import CallEnded, CallEvent, CallStarted, CallText
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import ScriptedProvider, error, json_answer, stall, text


class Names(BaseModel):
    names: list[str]


@pytest.fixture
def calls(database: Database, source: ProviderSource) -> ModelCalls:
    return ModelCalls(database, source, PromptLibrary())


@pytest.fixture
def purpose(novel: NovelContents) -> CallPurpose:
    chapter = novel.chapters[0]
    return CallPurpose(ModelTask.SUMMARIES, "summarise_chapter", novel.project.id, chapter.id)


def build(_provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
    values = {"chapter_title": "The Harbour", "chapter_text": "Mara came home."}
    messages = prompts.render("summarise_chapter", Language.ENGLISH, **values)
    return ChatRequest(messages, max_tokens=100)


async def collect(calls: ModelCalls, purpose: CallPurpose) -> list[CallEvent]:
    async with aclosing(calls.stream(purpose, build)) as stream:
        return [event async for event in stream]


def recorded(database: Database, purpose: CallPurpose) -> list[ModelCall]:
    assert purpose.project_id is not None
    with database.read() as transaction:
        return transaction.calls.of_project(purpose.project_id)


def test_an_answer_streams_and_is_on_record(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text("Mara is home."))

    events = asyncio.run(collect(calls, purpose))

    assert isinstance(events[0], CallStarted)
    end = events[-1]
    assert isinstance(end, CallEnded)
    assert end.text == "Mara is home."
    assert "".join(event.text for event in events if isinstance(event, CallText)) == end.text
    (call,) = recorded(database, purpose)
    assert (call.purpose, call.outcome, call.usage) == (
        purpose,
        CallOutcome.COMPLETED,
        end.spent.usage,
    )


def test_the_preview_is_what_is_sent(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    preview = asyncio.run(calls.preview(purpose, build))
    assert scripted_provider.requests == []

    asyncio.run(collect(calls, purpose))

    sent = scripted_provider.requests[0]["messages"]
    assert [message["content"] for message in sent] == [m.content for m in preview.messages]
    assert len(recorded(database, purpose)) == 1


def test_the_novel_s_own_prompt_is_sent(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    assert purpose.project_id is not None
    with database.write() as transaction:
        transaction.prompt_overrides.set(
            purpose.project_id,
            "summarise_chapter",
            Language.ENGLISH,
            "# system\nBe brief.\n# user\n$chapter_text!",
        )

    asyncio.run(collect(calls, purpose))

    sent = scripted_provider.requests[0]["messages"]
    assert [message["content"] for message in sent] == ["Be brief.", "Mara came home.!"]


def test_a_form_is_repaired_and_both_calls_are_on_record(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend(
        [json_answer({"title": "Mara"}), json_answer({"names": ["Mara"]})]
    )
    events: list[CallEvent] = []

    answer = asyncio.run(calls.answer(purpose, build, Names, on_event=events.append))

    assert answer.value.names == ["Mara"]
    usages = [call.usage for call in recorded(database, purpose)]
    assert len(usages) == 2
    assert usages[0] + usages[1] == answer.spent.usage
    assert CallText("") in events, "the second attempt is announced"


def test_a_failed_call_is_on_record(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(error(401, "no"))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(collect(calls, purpose))

    assert caught.value.kind is ErrorKind.UNAUTHORIZED
    (call,) = recorded(database, purpose)
    assert (call.outcome, call.usage.total_tokens) == (CallOutcome.FAILED, 0)


def test_a_stopped_call_is_on_record_with_what_came(
    calls: ModelCalls, purpose: CallPurpose, database: Database, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after="Mara is"))

    async def stop_after_the_first_words() -> None:
        async with aclosing(calls.stream(purpose, build)) as stream:
            async for event in stream:
                if isinstance(event, CallText):
                    return

    asyncio.run(stop_after_the_first_words())

    (call,) = recorded(database, purpose)
    assert call.outcome is CallOutcome.CANCELLED
    assert call.usage.estimated
    assert call.usage.completion_tokens > 0


def test_an_empty_answer_is_a_failure(
    calls: ModelCalls, purpose: CallPurpose, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(" "))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(collect(calls, purpose))

    assert caught.value.kind is ErrorKind.EMPTY_ANSWER


def test_what_was_spent_on_a_removed_novel_stays_known(
    calls: ModelCalls, purpose: CallPurpose, database: Database
) -> None:
    asyncio.run(collect(calls, purpose))
    assert purpose.project_id is not None
    (call,) = recorded(database, purpose)

    with database.write() as transaction:
        transaction.projects.remove(purpose.project_id)
        transaction.calls.add(call)

    assert recorded(database, purpose) == []
