"""Analyses whose steps go to different models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import Providers
from arboris_desktop.writing.spending import CallLedger, Spending
from tests.support.scripted_provider import (
    MODEL,
    ScriptedProvider,
    error,
    perfect_rule,
    schema_name,
)
from tests.unit.conftest import FACTS, Desk


@dataclass(frozen=True, slots=True)
class Routed:
    """A desk whose worker asks ``small`` for summaries, and ``big`` for all else."""

    desk: Desk
    big: ScriptedProvider
    small: ScriptedProvider
    providers: Providers

    def route(self, task: ModelTask, *ids: str) -> None:
        roster = self.providers.roster()
        self.providers.store(replace(roster, routes={**roster.routes, task: ids}))

    def task(self, task_id: int) -> AnalysisTask:
        with self.desk.database.read() as transaction:
            return transaction.queue.get(task_id)


@pytest.fixture
def routed(desk: Desk, scripted_provider: ScriptedProvider) -> Iterator[Routed]:
    with ScriptedProvider(perfect_rule(FACTS)) as small:
        keys = SessionKeyStore()
        providers = Providers(desk.database, keys)
        providers.store(
            ProviderRoster(
                (
                    _profile("provider", scripted_provider, PriceSettings(1000.0, 1000.0, "USD")),
                    _profile("small", small, PriceSettings(500.0, 500.0, "CNY")),
                ),
                {ModelTask.SUMMARIES: ("small",)},
            )
        )
        source = ProviderSource(
            providers.roster,
            keys,
            {},
            record=CallLedger(desk.database).record,
            check_spending=Spending(desk.database).check,
        )
        worker = AnalysisWorker(
            desk.database, ModelCalls(desk.database, source, PromptLibrary()), begin_analysis
        )
        yield Routed(replace(desk, worker=worker), scripted_provider, small, providers)
        source.close()


def _profile(id: str, server: ScriptedProvider, prices: PriceSettings) -> ProviderProfile:
    connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, server.base_url, MODEL)
    return ProviderProfile(id, id, connection, prices)


def test_the_summary_goes_its_own_way_and_each_step_is_on_record(
    routed: Routed, task_id: int
) -> None:
    outcome = routed.desk.work()

    assert outcome.kind is OutcomeKind.COMPLETED
    assert routed.small.schema_names() == [None]
    assert None not in routed.big.schema_names()
    task = routed.task(task_id)
    with routed.desk.database.read() as transaction:
        calls = transaction.calls.of_project(task.project_id)
        steps = transaction.history.steps(task_id)
    assert [(call.purpose.task, call.purpose.prompt, call.profile) for call in calls] == [
        (ModelTask.SUMMARIES, "summarise_chapter", "small"),
        (ModelTask.ANALYSIS, "character_tracking", "provider"),
        (ModelTask.ANALYSIS, "new_characters", "provider"),
        (ModelTask.ANALYSIS, "world_expansion", "provider"),
        (ModelTask.ANALYSIS, "foreshadowing", "provider"),
    ]
    assert {unit for step in steps.values() for unit in step.spent.money} == {"CNY", "USD"}
    assert task.spent == all_spent(call.spent for call in calls)
    assert task.spent.money["CNY"] == pytest.approx(calls[0].usage.total_tokens / 2000)
    dollars = sum(call.usage.total_tokens for call in calls[1:]) / 1000
    assert task.spent.money["USD"] == pytest.approx(dollars)


def test_a_step_with_somebody_to_fall_back_on_does_not_hold_the_queue_up(
    routed: Routed, task_id: int
) -> None:
    routed.route(ModelTask.SUMMARIES, "small", "provider")
    routed.small.rule = lambda _request: error(401, "bad key")

    outcome = routed.desk.work()

    assert outcome.kind is OutcomeKind.COMPLETED
    task = routed.task(task_id)
    assert task.spent.money == {"USD": pytest.approx(task.spent.tokens / 1000)}


def test_who_did_not_answer_is_told_from_those_that_did(routed: Routed, task_id: int) -> None:
    routed.route(ModelTask.SUMMARIES, "small", "provider")
    routed.route(ModelTask.ANALYSIS, "provider")
    routed.small.rule = lambda _request: error(500, "oops")
    answers = perfect_rule(FACTS)
    routed.big.rule = lambda request: (
        error(500, "oops") if schema_name(request) else answers(request)
    )

    outcome = routed.desk.work()

    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.SERVER_ERROR)
    assert outcome.provider == "127.0.0.1"
    assert outcome.answered == {"provider, small"}


def test_a_limit_puts_the_task_back_without_holding_it_against_it(
    routed: Routed, task_id: int
) -> None:
    Preferences(routed.desk.database).set(SpendSettings(tokens_per_day=1))
    outcome = routed.desk.work()
    # The summary was within the limit, the first step is not.
    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.SPEND_LIMIT)
    task = routed.task(task_id)
    assert (task.status, task.retry_count) == (TaskStatus.PENDING, 0)
    assert len(routed.small.requests) == 1
    assert routed.big.requests == []

    Preferences(routed.desk.database).set(SpendSettings())
    assert routed.desk.work_again().kind is OutcomeKind.COMPLETED
    assert len(routed.small.requests) == 1
