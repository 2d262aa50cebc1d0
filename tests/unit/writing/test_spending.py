"""The author's limits on spending, against what is on record."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import Drafting
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.spending import Spending
from tests.support.amounts import took
from tests.support.scripted_provider import ScriptedProvider

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def spending(database: Database) -> Spending:
    return Spending(database, lambda: NOW)


def spend(
    database: Database,
    purpose: CallPurpose,
    tokens: int,
    cost: float | None = None,
    currency: str = "USD",
    at: datetime = NOW,
) -> None:
    call = ModelCall(
        purpose,
        CallOutcome.COMPLETED,
        "Big",
        "host",
        "m",
        TokenUsage(tokens),
        cost,
        currency,
        at,
        1,
    )
    with database.write() as transaction:
        transaction.calls.add(call)


def allowed(spending: Spending, purpose: CallPurpose, currency: str | None = None) -> bool:
    try:
        spending.check(purpose, currency)
    except ProviderError as error:
        return error.kind is not ErrorKind.SPEND_LIMIT
    return True


def test_a_day_is_over_at_midnight(
    spending: Spending, database: Database, novel: NovelContents
) -> None:
    purpose = CallPurpose(ModelTask.DRAFTING, project_id=novel.project.id)
    Preferences(database).set(SpendSettings(tokens_per_day=100))
    spend(database, purpose, 5000, at=NOW - timedelta(days=2))
    assert allowed(spending, purpose)
    spend(database, purpose, 100)
    assert not allowed(spending, purpose)
    assert allowed(Spending(database, lambda: NOW + timedelta(days=1, hours=12)), purpose)


def test_each_novel_has_its_own_limit(
    spending: Spending, database: Database, novel: NovelContents
) -> None:
    other = Novels(database).create(NewNovel("Another"))
    Preferences(database).set(SpendSettings(tokens_per_novel=100))
    spend(database, CallPurpose(ModelTask.DRAFTING, project_id=novel.project.id), 100)
    assert not allowed(spending, CallPurpose(ModelTask.ANALYSIS, project_id=novel.project.id))
    assert allowed(spending, CallPurpose(ModelTask.ANALYSIS, project_id=other))
    assert allowed(spending, CallPurpose(ModelTask.PLANNING))


def test_currencies_are_kept_apart(
    spending: Spending, database: Database, novel: NovelContents
) -> None:
    purpose = CallPurpose(ModelTask.DRAFTING, project_id=novel.project.id)
    Preferences(database).set(SpendSettings(money=(MoneyLimit("USD", per_day=1.0),)))
    spend(database, purpose, 10, 0.75)
    spend(database, purpose, 10, 99.0, "CNY")
    spend(database, purpose, 10, None)
    with database.read() as transaction:
        assert transaction.calls.spent() == took(30, {"CNY": 99.0, "USD": 0.75}, unpriced=1)
    assert allowed(spending, purpose, "USD")
    spend(database, purpose, 10, 0.25)
    assert not allowed(spending, purpose, "USD")
    assert allowed(spending, purpose, "CNY")
    assert allowed(spending, purpose, None)


def test_nothing_is_sent_beyond_the_limit(
    source: ProviderSource,
    database: Database,
    register: ChapterRegister,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    drafting = Drafting(database, ModelCalls(database, source, PromptLibrary()), register)

    async def write(number: int) -> None:
        async for _event in drafting.write(novel.chapters[number].id):
            pass

    Preferences(database).set(SpendSettings(tokens_per_novel=1))
    Preferences(database).set(WritingSettings(continue_until_target=False))
    asyncio.run(write(0))
    sent = len(scripted_provider.requests)
    with pytest.raises(ProviderError) as caught:
        asyncio.run(write(1))
    assert caught.value.kind is ErrorKind.SPEND_LIMIT
    assert "of 1 tokens are spent on this novel" in caught.value.message
    assert len(scripted_provider.requests) == sent

    Preferences(database).set(SpendSettings(tokens_per_novel=1_000_000))
    asyncio.run(write(1))
    assert len(scripted_provider.requests) == sent + 1
