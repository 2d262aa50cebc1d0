"""Every way a provider is known to fail, played against the real queue, worker and HTTP client.

The table is in ``provider_faults.py``. What holds for all of it: the task says what happened, is
tried again only where that can help, never counts as completed, and finishes once the provider
behaves, without repeating or doubling anything. The key, which many of the answers echo, stays
out of error texts, log and database.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arboris_desktop.domain.codex import FactStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.retry import BASE_SECONDS
from arboris_desktop.domain.tasks import DEFAULT_MAX_RETRIES, TaskStatus
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from tests.conftest import SECRET
from tests.faults.provider_desk import (
    CHANGE,
    PERFECT,
    STEP,
    ProviderDesk,
    failing_with,
    provider_desk,
)
from tests.faults.provider_faults import (
    FAULTS,
    INSECURE,
    ODD_ANSWERS,
    SELF_SIGNED,
    UNREACHABLE,
    WRONG_SCHEME,
    Fault,
    OddAnswer,
)
from tests.support.scripted_provider import ScriptedProvider

pytestmark = pytest.mark.faults

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@contextmanager
def desk_with(fault: Fault, folder: Path) -> Iterator[ProviderDesk]:
    with provider_desk(folder, timeouts=fault.timeouts, time_limit=fault.time_limit) as desk:
        desk.provider.rule = failing_with(fault.answers)
        yield desk


def assert_key_is_nowhere(desk: ProviderDesk, caplog: pytest.LogCaptureFixture) -> None:
    assert SECRET.encode() not in desk.stored_bytes()
    assert SECRET not in caplog.text


def assert_finished_once(desk: ProviderDesk) -> None:
    """The chapter is analysed: every fact, summary and notification is there once."""
    assert desk.task.status is TaskStatus.COMPLETED
    assert desk.summary() == "Mara comes home."
    (fact,) = desk.facts()
    assert (fact.statement, fact.status) == (CHANGE["change"], FactStatus.ACCEPTED)
    told = [note.type for note in desk.notifications()]
    assert told.count(NotificationType.COMPLETED) == 1


@each_fault
def test_a_fault_is_told_and_the_task_finishes_once_it_is_gone(
    fault: Fault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with desk_with(fault, tmp_path) as desk:
        began = datetime.now(UTC)
        outcome = desk.work()

        assert_told(desk, fault, outcome)
        assert_asked_as_often_as_allowed(desk, fault)
        if fault.retried:
            assert_waits(desk, began, fault.waits)
        else:
            assert_has_failed(desk)
        assert desk.facts() == []
        assert_key_is_nowhere(desk, caplog)

        finish_with_a_sound_provider(desk, fault)
        assert_finished_once(desk)
        assert_key_is_nowhere(desk, caplog)


def assert_told(desk: ProviderDesk, fault: Fault, outcome: TaskOutcome) -> None:
    """The outcome, the row, the history and the sentence all say the same."""
    kind = OutcomeKind.POSTPONED if fault.retried else OutcomeKind.FAILED
    assert (outcome.kind, outcome.error) == (kind, fault.kind)
    assert desk.shown_error().what_happened == fault.says
    (failure,) = desk.queue.failures(desk.task_id)
    assert (failure.step, failure.error_type) == (STEP, fault.kind)
    assert (failure.provider, failure.model) == ("127.0.0.1", "scripted")
    assert fault.detail in failure.error_message
    assert 0 < len(failure.error_message) <= 300


def assert_asked_as_often_as_allowed(desk: ProviderDesk, fault: Fault) -> None:
    _first, *again = desk.requests_for(STEP)
    assert len(again) + 1 == fault.requests
    for request in again:
        assert fault.told in request["messages"][-1]["content"]


def assert_waits(desk: ProviderDesk, began: datetime, seconds: float) -> None:
    """The attempt is counted, nobody is bothered, and nothing is tried before its time."""
    task = desk.task
    assert (task.status, task.retry_count) == (TaskStatus.PENDING, 1)
    assert task.not_before is not None
    assert task.not_before >= began + timedelta(seconds=max(seconds, BASE_SECONDS / 2))
    assert desk.queue.claim_next() is None
    assert desk.notifications() == []


def assert_has_failed(desk: ProviderDesk) -> None:
    """The task stays as it is until the author retries it, and the author was told so."""
    task = desk.task
    assert (task.status, task.retry_count) == (TaskStatus.FAILED, 0)
    assert desk.queue.claim_next() is None
    (notification,) = desk.notifications()
    assert notification.type is NotificationType.FAILED
    assert notification.data == {"error_type": task.error_type}


def finish_with_a_sound_provider(desk: ProviderDesk, fault: Fault) -> None:
    desk.provider.rule = PERFECT
    asked = len(desk.provider.requests)
    if not fault.retried:
        desk.queue.retry(desk.task_id)
    assert desk.work_again().kind is OutcomeKind.COMPLETED
    assert desk.provider.schema_names()[asked:] == [
        "character_tracking",
        "new_characters",
        "world_expansion",
        "foreshadowing",
    ]


AWAITED = {ErrorKind.FIRST_TOKEN_TIMEOUT, ErrorKind.STALLED, ErrorKind.TOTAL_TIMEOUT}
"""Each attempt lasts as long as a model may be silent, or take."""

LASTING = [
    pytest.param(fault, marks=pytest.mark.long) if fault.kind in AWAITED else fault
    for fault in FAULTS
    if fault.retried
]


@pytest.mark.parametrize("fault", LASTING, ids=lambda fault: fault.name)
def test_a_fault_that_lasts_ends_in_failure_and_never_in_an_empty_success(
    fault: Fault, tmp_path: Path
) -> None:
    with desk_with(fault, tmp_path) as desk:
        outcomes = [desk.work_again().kind for _ in range(DEFAULT_MAX_RETRIES + 1)]

        assert outcomes == [OutcomeKind.POSTPONED] * DEFAULT_MAX_RETRIES + [OutcomeKind.FAILED]
        assert_has_ended_in_failure(desk, fault.kind)
        assert len(desk.requests_for(STEP)) == fault.requests * (DEFAULT_MAX_RETRIES + 1)
        assert desk.facts() == []


def assert_has_ended_in_failure(desk: ProviderDesk, kind: ErrorKind) -> None:
    assert (desk.task.status, desk.task.error_type) == (TaskStatus.FAILED, kind)
    assert [note.type for note in desk.notifications()] == [NotificationType.FAILED]
    assert desk.queue.claim_next() is None


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{free.getsockname()[1]}/v1"


@contextmanager
def plain_behind_https() -> Iterator[str]:
    """A server without TLS, addressed as if it had it."""
    with ScriptedProvider() as provider:
        yield provider.base_url.replace("http:", "https:")


@contextmanager
def self_signed() -> Iterator[str]:
    """A server whose certificate nobody vouches for."""
    with ScriptedProvider(certificate=SELF_SIGNED) as provider:
        yield provider.base_url
        assert provider.requests == [], "the key was sent to a server that nobody vouches for"


@pytest.mark.parametrize(
    ("somewhere", "kind", "says", "retried"),
    [
        pytest.param(nobody, ErrorKind.CONNECTION, UNREACHABLE, True, id="connection refused"),
        pytest.param(plain_behind_https, ErrorKind.WRONG_SCHEME, WRONG_SCHEME, False, id="no TLS"),
        pytest.param(self_signed, ErrorKind.TLS, INSECURE, False, id="self-signed certificate"),
    ],
)
def test_without_a_connection_nothing_is_sent(
    somewhere: Callable[[], AbstractContextManager[str]],
    kind: ErrorKind,
    says: str,
    retried: bool,
    tmp_path: Path,
) -> None:
    with provider_desk(tmp_path) as desk:
        with somewhere() as address:
            desk.use(address)
            outcome = desk.work()

        assert outcome.error is kind
        assert desk.shown_error().what_happened == says
        assert desk.task.status is (TaskStatus.PENDING if retried else TaskStatus.FAILED)
        assert desk.task.retry_count == (1 if retried else 0)

        desk.use(desk.provider.base_url)
        if not retried:
            desk.queue.retry(desk.task_id)
        assert desk.work_again().kind is OutcomeKind.COMPLETED
        assert_finished_once(desk)


@pytest.mark.parametrize("odd", ODD_ANSWERS, ids=lambda odd: odd.name)
def test_an_odd_answer_is_understood(odd: OddAnswer, tmp_path: Path) -> None:
    with provider_desk(tmp_path) as desk:
        desk.provider.rule = failing_with((odd.answer,))

        assert desk.work().kind is OutcomeKind.COMPLETED

        assert len(desk.requests_for(STEP)) == 1
        assert_finished_once(desk)
