"""Limits over all processes at a library: places of calls, money, providers out of order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from arboris_desktop.background.queue_work import claim, look
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.breaker import CircuitBreaker, CircuitState
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.call_places import CallPlaces
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.spending import CallLedger, Spending

pytestmark = pytest.mark.every_database

PLACE = "a model"


class Machine:
    """A process at the library, on a machine of its own where that is on a server."""

    def __init__(self, paths: DataPaths) -> None:
        self.now = datetime.now(UTC)
        self.database = Database(paths, lambda: self.now)
        self.instance = self.database.known_to_others(Instance(paths.instances))
        self.queue = AnalysisQueue(self.database, self.instance)
        self.places = CallPlaces(self.database, self.instance)

    def close(self) -> None:
        self.instance.close()
        self.database.close()


@pytest.fixture
def one(database: Database) -> Iterator[Machine]:
    with closing(Machine(database.paths)) as machine:
        yield machine


@pytest.fixture
def other(database: Database) -> Iterator[Machine]:
    with closing(Machine(database.paths)) as machine:
        yield machine


# --- calls ---


def test_parallel_calls_of_all_keep_to_one_limit(one: Machine, other: Machine) -> None:
    first, wait = one.places.take(PLACE, 2, 0)
    second, _ = other.places.take(PLACE, 2, 0)
    assert first
    assert second
    assert wait == 0.0
    number, wait = one.places.take(PLACE, 2, 0)
    assert (number, wait > 0) == (0, True)
    assert other.places.take("another model", 2, 0)[0]

    other.places.give_back(second)

    assert one.places.take(PLACE, 2, 0)[0]


def test_a_clock_that_is_set_back_lets_no_call_wait_for_it(one: Machine, other: Machine) -> None:
    for _ in range(2):
        number, _wait = one.places.take(PLACE, 0, 2)
        one.places.give_back(number)
    assert 0 < one.places.take(PLACE, 0, 2)[1] <= 60

    for machine in (one, other):
        machine.now -= timedelta(days=1)
        number, wait = machine.places.take(PLACE, 0, 2)
        assert (number > 0, wait) == (True, 0.0)
        machine.places.give_back(number)

    assert 0 < one.places.take(PLACE, 0, 2)[1] <= 60, "the limit holds by the new time"


def test_a_place_of_a_process_that_is_gone_is_free(one: Machine, database: Database) -> None:
    with closing(Machine(database.paths)) as gone:
        assert gone.places.take(PLACE, 1, 0)[0]
        assert not one.places.take(PLACE, 1, 0)[0]
    assert one.places.take(PLACE, 1, 0)[0]


def test_calls_of_a_minute_are_counted_for_all(one: Machine, other: Machine) -> None:
    for machine in (one, other):
        number, _ = machine.places.take(PLACE, 0, 2)
        machine.places.give_back(number)
    number, wait = one.places.take(PLACE, 0, 2)
    assert number == 0
    assert 0 < wait <= 60

    one.now += timedelta(seconds=wait)

    assert one.places.take(PLACE, 0, 2)[0]


def test_what_others_spent_counts(one: Machine, other: Machine) -> None:
    Preferences(one.database).set(SpendSettings(money=(MoneyLimit("EUR", per_day=1.0),)))
    purpose = CallPurpose(ModelTask.ANALYSIS)
    spending = Spending(one.database, lambda: one.now)
    spending.check(purpose, "EUR")

    CallLedger(other.database).record(
        ModelCall(
            purpose,
            CallOutcome.COMPLETED,
            "A profile",
            "a.host",
            "a model",
            TokenUsage(10, 10),
            2.0,
            "EUR",
            other.now,
            1.0,
        )
    )

    with pytest.raises(ProviderError) as caught:
        spending.check(purpose, "EUR")
    assert caught.value.kind is ErrorKind.SPEND_LIMIT


# --- providers that are out of order ---


@pytest.fixture
def task(database: Database, novel: NovelContents) -> int:
    return store_chapter(database, novel.chapters[0].id, "A short chapter.", provider="p")[1]


def test_what_one_finds_out_of_order_nobody_asks_but_one(
    one: Machine, other: Machine, task: int
) -> None:
    one.queue.circuits.open("a.host", ErrorKind.UNAUTHORIZED, 300.0, 300.0)

    claimed = claim(other.queue, 3, is_probe=False, all_due=False)
    assert claimed.tasks == ()
    breaker = CircuitBreaker()
    assert breaker.follow(claimed.circuit)
    assert breaker.circuit.state is CircuitState.OPEN
    assert breaker.circuit.reason is ErrorKind.UNAUTHORIZED
    assert breaker.allowed(3) == 0
    assert claim(other.queue, 1, is_probe=True, all_due=False).tasks == (), "it is not due yet"

    one.now = other.now = one.now + timedelta(seconds=301)
    [probe] = claim(other.queue, 1, is_probe=True, all_due=False).tasks
    assert probe.id == task
    other.queue.cancel(task)
    other.queue.retry(task)
    assert claim(one.queue, 1, is_probe=True, all_due=False).tasks == (), "one probe at a time"

    other.queue.circuits.close()
    seen = look(one.queue, (), wishes=0)
    assert seen.circuit is None
    assert breaker.follow(seen.circuit)
    assert breaker.is_closed
    assert len(claim(one.queue, 1, is_probe=False, all_due=False).tasks) == 1


def test_a_provider_is_tried_when_the_clock_was_set_back(
    one: Machine, other: Machine, task: int
) -> None:
    one.queue.circuits.open("a.host", ErrorKind.UNAUTHORIZED, 300.0, 300.0)
    one.now = other.now = one.now - timedelta(days=1)

    found = other.queue.circuits.newest()

    assert found is not None
    assert found.seconds_to_probe == 0.0
    [probe] = claim(other.queue, 1, is_probe=True, all_due=False).tasks
    assert probe.id == task
    other.queue.cancel(task)
    other.queue.retry(task)
    assert claim(one.queue, 1, is_probe=True, all_due=False).tasks == (), "one probe at a time"


def test_a_provider_is_tried_at_once_when_the_author_says_so(
    one: Machine, other: Machine, task: int
) -> None:
    one.queue.circuits.open("a.host", ErrorKind.UNAUTHORIZED, 300.0, 300.0)

    other.now = one.now
    other.queue.circuits.probe_now()

    assert [each.id for each in claim(one.queue, 1, is_probe=True, all_due=False).tasks] == [task]


def test_what_a_process_knew_that_is_gone_is_forgotten(
    one: Machine, database: Database, task: int
) -> None:
    with closing(Machine(database.paths)) as gone:
        gone.queue.circuits.open("a.host", ErrorKind.UNAUTHORIZED, 300.0, 300.0)
        assert one.queue.circuits.newest() is not None

    assert one.queue.circuits.newest() is None
    assert len(claim(one.queue, 1, is_probe=False, all_due=False).tasks) == 1
