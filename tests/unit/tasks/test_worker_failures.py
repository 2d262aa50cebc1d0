"""A task that fails: when it is tried again, when it ends, and what the author is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from arboris_desktop.domain import profiles
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_exchange import Exchange
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    html,
    perfect_rule,
    schema_name,
    text,
)
from tests.unit.conftest import FACTS, Desk
from tests.unit.tasks.worker_samples import ALL_STEPS


def test_a_retry_does_not_repeat_finished_steps(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    def fails_at_the_world(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "world_expansion":
            return error(503, "overloaded")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = fails_at_the_world
    outcome = desk.work()
    first = scripted_provider.schema_names()
    scripted_provider.rule = perfect_rule(FACTS)
    again = desk.work_again()

    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.SERVER_ERROR)
    assert first == ALL_STEPS[:4]
    assert again.kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names()[4:] == ["world_expansion", "foreshadowing"]
    (failure,) = desk.queue.failures(task_id)
    assert (failure.step, failure.attempt) == (AnalysisStep.WORLD_EXPANSION, 1)


def test_a_summary_is_there_although_a_later_step_failed_for_good(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    def refuses_the_world(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "world_expansion":
            return error(401, "bad key")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = refuses_the_world

    assert desk.work().kind is OutcomeKind.FAILED

    with desk.database.read() as transaction:
        chapter_id = transaction.queue.get(task_id).chapter_id
        assert transaction.chapters.overview(chapter_id).summary == FACTS.summary


def test_a_provider_that_asks_to_wait_is_left_alone_that_long(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(error(429, "slow down", Retry_After="120"))
    before = datetime.now(UTC)

    outcome = desk.work()

    task = desk.queue.task(task_id)
    assert outcome.kind is OutcomeKind.POSTPONED
    assert task.status is TaskStatus.PENDING
    assert task.not_before is not None
    assert task.not_before >= before + timedelta(seconds=120)
    assert task.error_type == ErrorKind.RATE_LIMITED


def test_a_task_fails_for_good_after_its_retries(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.rule = lambda _request: error(500, "broken")

    outcomes = [desk.work_again().kind for _ in range(4)]

    assert outcomes == [OutcomeKind.POSTPONED] * 3 + [OutcomeKind.FAILED]
    assert desk.queue.task(task_id).status is TaskStatus.FAILED
    assert len(desk.queue.failures(task_id)) == 4
    with desk.database.read() as transaction:
        (notification,) = transaction.notifications.list()
    assert notification.type is NotificationType.FAILED
    assert notification.data == {"error_type": "server_error"}


@pytest.mark.parametrize(
    ("code", "kind"), [(401, ErrorKind.UNAUTHORIZED), (402, ErrorKind.QUOTA_EXHAUSTED)]
)
def test_a_final_error_is_not_tried_again(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int, code: int, kind: ErrorKind
) -> None:
    scripted_provider.behaviours.append(error(code, "no"))

    outcome = desk.work()

    assert (outcome.kind, outcome.error) == (OutcomeKind.FAILED, kind)
    assert len(scripted_provider.requests) == 1
    assert desk.queue.claim_next() is None


def test_the_author_can_retry_a_failed_task(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.extend([text(FACTS.summary), error(401, "no such key")])
    assert desk.work().kind is OutcomeKind.FAILED

    desk.queue.retry(task_id)

    assert desk.work().kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names().count(None) == 1


def test_a_web_page_instead_of_an_api_is_said_to_be_one(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(html())

    assert desk.work().error is ErrorKind.NOT_AN_API


def test_a_slow_model_nearby_has_more_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, task_id: int
) -> None:
    at_once = Exchange.delta

    def slowly(exchange: Exchange, piece: str) -> None:
        at_once(exchange, piece)
        exchange.pause(0.05)

    monkeypatch.setattr(Exchange, "delta", slowly)
    hurried = replace(desk, worker=desk.worker.limited_to(0.05))
    monkeypatch.setattr(profiles, "SLOWNESS_NEAR", 1)
    outcome = hurried.work()
    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.TOTAL_TIMEOUT)
    monkeypatch.setattr(profiles, "SLOWNESS_NEAR", 100_000)
    assert hurried.work_again().kind is OutcomeKind.COMPLETED
