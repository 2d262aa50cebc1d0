"""The circuit breaker, with time that passes when the test says so."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.tasks.breaker import (
    FIRST_WAIT,
    LONGEST_WAIT,
    REFUSED_WAIT,
    CircuitBreaker,
    CircuitState,
)

HOST = "host"


class Monotonic:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Monotonic:
    return Monotonic()


@pytest.fixture
def breaker(time: Monotonic) -> CircuitBreaker:
    return CircuitBreaker(time)


@pytest.fixture
def opened(breaker: CircuitBreaker) -> CircuitBreaker:
    for _ in range(3):
        breaker.failed(HOST, ErrorKind.CONNECTION)
    return breaker


def probe(breaker: CircuitBreaker) -> None:
    assert breaker.allowed(5) == 1
    breaker.probe_started()


def test_a_provider_that_works_is_given_all_that_fits(breaker: CircuitBreaker) -> None:
    assert breaker.allowed(3) == 3
    assert breaker.circuit.reason is None


@pytest.mark.parametrize(
    ("kind", "failures"), [(ErrorKind.CONNECTION, 3), (ErrorKind.UNAUTHORIZED, 2)]
)
def test_some_failures_in_a_row_open_it(
    breaker: CircuitBreaker, kind: ErrorKind, failures: int
) -> None:
    for _ in range(failures - 1):
        breaker.failed(HOST, kind)
    assert breaker.is_closed

    breaker.failed(HOST, kind)

    assert breaker.circuit.state is CircuitState.OPEN
    assert breaker.circuit.reason is kind
    assert breaker.allowed(3) == 0


def test_a_success_between_failures_restarts_the_count(breaker: CircuitBreaker) -> None:
    for _ in range(5):
        breaker.failed(HOST, ErrorKind.CONNECTION)
        breaker.failed(HOST, ErrorKind.CONNECTION)
        breaker.succeeded(HOST)
    assert breaker.is_closed


def test_a_useless_answer_is_no_sign_of_a_dead_provider(breaker: CircuitBreaker) -> None:
    for _ in range(9):
        breaker.failed(HOST, ErrorKind.INVALID_ANSWER)
    assert breaker.is_closed


def test_another_provider_is_not_blamed(breaker: CircuitBreaker) -> None:
    breaker.failed(HOST, ErrorKind.CONNECTION)
    breaker.failed(HOST, ErrorKind.CONNECTION)
    breaker.failed("other", ErrorKind.CONNECTION)
    assert breaker.is_closed


def test_what_others_do_says_nothing_about_the_one_that_is_out_of_order(
    opened: CircuitBreaker, time: Monotonic
) -> None:
    opened.succeeded("other")
    assert opened.circuit.state is CircuitState.OPEN
    opened.failed("other", ErrorKind.INVALID_ANSWER)
    assert opened.circuit.reason is ErrorKind.CONNECTION

    time.now += FIRST_WAIT
    probe(opened)
    opened.succeeded("other")
    # That probe did not need it: the next task is one, at once.
    probe(opened)
    opened.succeeded("other", HOST)
    assert opened.is_closed


def test_the_next_one_out_of_order_takes_the_place_of_one_that_answered(
    opened: CircuitBreaker, time: Monotonic
) -> None:
    time.now += FIRST_WAIT
    probe(opened)
    opened.failed("other", ErrorKind.UNAUTHORIZED, answered={HOST})
    assert opened.is_closed
    opened.failed("other", ErrorKind.UNAUTHORIZED)
    assert opened.circuit.reason is ErrorKind.UNAUTHORIZED


def test_a_probe_that_finds_another_one_down_waits_for_that(
    opened: CircuitBreaker, time: Monotonic
) -> None:
    time.now += FIRST_WAIT
    probe(opened)
    opened.failed("other", ErrorKind.CONNECTION)
    assert opened.allowed(5) == 0
    time.now += opened.circuit.seconds_to_probe
    probe(opened)
    opened.succeeded("other")
    assert opened.is_closed


def test_a_limit_of_the_authors_stops_all_at_once(breaker: CircuitBreaker) -> None:
    breaker.failed(HOST, ErrorKind.SPEND_LIMIT)
    assert breaker.circuit.reason is ErrorKind.SPEND_LIMIT
    assert breaker.allowed(3) == 0


def test_one_probe_after_the_wait_decides(opened: CircuitBreaker, time: Monotonic) -> None:
    assert opened.circuit.seconds_to_probe == FIRST_WAIT
    time.now += FIRST_WAIT
    probe(opened)
    assert opened.allowed(5) == 0

    opened.succeeded(HOST)

    assert opened.is_closed
    assert opened.allowed(5) == 5


def test_probes_become_rarer_up_to_a_limit(opened: CircuitBreaker, time: Monotonic) -> None:
    waits = []
    for _ in range(7):
        waits.append(opened.circuit.seconds_to_probe)
        time.now += opened.circuit.seconds_to_probe
        probe(opened)
        opened.failed(HOST, ErrorKind.SERVER_ERROR)
    assert waits == [30, 60, 120, 240, 480, LONGEST_WAIT, LONGEST_WAIT]
    assert opened.circuit.reason is ErrorKind.SERVER_ERROR


def test_who_names_a_time_is_left_alone_that_long(breaker: CircuitBreaker) -> None:
    breaker.failed(HOST, ErrorKind.RATE_LIMITED, retry_after=7.0)
    assert breaker.circuit.seconds_to_probe == 7.0


def test_what_needs_a_hand_is_probed_rarely(breaker: CircuitBreaker) -> None:
    breaker.failed(HOST, ErrorKind.QUOTA_EXHAUSTED)
    breaker.failed(HOST, ErrorKind.QUOTA_EXHAUSTED)
    assert breaker.circuit.seconds_to_probe == REFUSED_WAIT


def test_the_author_need_not_wait(opened: CircuitBreaker) -> None:
    opened.probe_now()
    probe(opened)


def test_a_probe_that_was_stopped_says_nothing(opened: CircuitBreaker, time: Monotonic) -> None:
    time.now += FIRST_WAIT
    probe(opened)
    opened.not_probed()
    assert opened.circuit.state is CircuitState.OPEN
    probe(opened)


def test_tasks_that_were_under_way_do_not_lengthen_the_wait(opened: CircuitBreaker) -> None:
    opened.failed(HOST, ErrorKind.CONNECTION)
    assert opened.circuit.seconds_to_probe == FIRST_WAIT
