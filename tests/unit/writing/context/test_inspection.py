"""The author is shown what is sent, and what they decide about it counts."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from arboris_desktop.domain.context import ContextChoice, ItemKind
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import Drafting, store_chapter
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.context.inspection import ContextInspection, Inspection
from arboris_desktop.writing.context.summaries import Summaries
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import ScriptedProvider


@pytest.fixture
def inspection(database: Database, source: ProviderSource) -> ContextInspection:
    library = PromptLibrary()
    calls = ModelCalls(database, source, library)
    return ContextInspection(database, calls, Summaries(database, calls))


@pytest.fixture
def chapter_id(database: Database, novel: NovelContents) -> int:
    """The second chapter; the first one is written."""
    store_chapter(database, novel.chapters[0].id, "Mara saw the dark lamp. " * 40, provider="x")
    return novel.chapters[1].id


def inspect(inspection: ContextInspection, chapter_id: int) -> Inspection:
    return asyncio.run(inspection.inspect(chapter_id))


def test_what_is_shown_is_what_is_sent(
    inspection: ContextInspection,
    chapter_id: int,
    database: Database,
    source: ProviderSource,
    register: ChapterRegister,
    scripted_provider: ScriptedProvider,
) -> None:
    found = inspect(inspection, chapter_id)
    assert scripted_provider.requests == []

    async def write() -> None:
        drafting = Drafting(database, ModelCalls(database, source, PromptLibrary()), register)
        async with aclosing(drafting.write(chapter_id)) as events:
            async for _event in events:
                pass

    asyncio.run(write())

    sent = [message["content"] for message in scripted_provider.requests[0]["messages"]]
    assert sent == [message.content for message in found.preview.messages]
    assert found.context.as_text() in sent[1]
    assert found.prompt_tokens + found.context.tokens == found.preview.tokens


def test_a_choice_counts_until_it_is_taken_back(
    inspection: ContextInspection, chapter_id: int
) -> None:
    end = (ItemKind.PREVIOUS_END, "end")
    assert end in {(i.kind, i.key) for i in inspect(inspection, chapter_id).context.items}

    inspection.choose(chapter_id, *end, ContextChoice.EXCLUDED)
    excluded = inspect(inspection, chapter_id)
    assert end in {(i.kind, i.key) for i in excluded.context.left_out}
    assert "dark lamp. Mara" not in excluded.preview.messages[1].content

    inspection.choose(chapter_id, *end, None)
    assert end in {(i.kind, i.key) for i in inspect(inspection, chapter_id).context.items}


def test_a_chapter_that_is_gone_cannot_be_inspected(inspection: ContextInspection) -> None:
    with pytest.raises(NotFoundError):
        inspect(inspection, 12345)
