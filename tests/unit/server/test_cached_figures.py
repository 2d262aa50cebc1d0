"""Figures are as new as the database can give them without being asked all the time."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.server.cached_figures import QUICK_SECONDS, REST, CachedFigures


class Ledger:
    """A database that takes its time, and the clock by which it does."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.time = 0.0
        self.read = 0
        self.is_away = False

    def now(self) -> float:
        return self.time

    def figures(self) -> int:
        if self.is_away:
            raise StorageError(ErrorKind.DATABASE_UNREACHABLE, "away")
        self.time += self.seconds
        self.read += 1
        return self.read


@pytest.mark.parametrize("seconds", [0.0, QUICK_SECONDS])
def test_what_is_quick_is_read_each_time(seconds: float) -> None:
    ledger = Ledger(seconds)
    remembered = CachedFigures(ledger.figures, ledger.now)

    assert [remembered.get() for _ in range(3)] == [1, 2, 3]


def test_what_is_slow_is_read_beside_whoever_asks_and_seldom() -> None:
    ledger = Ledger(2.0)
    remembered = CachedFigures(ledger.figures, ledger.now)

    assert remembered.get() == 1
    ledger.time += 2.0 * REST - 0.1
    assert remembered.get() == 1
    remembered.settle()
    assert remembered.get() == 1, "it rests for twenty times as long"
    ledger.time += 0.2
    assert remembered.get() == 1, "nobody waits for it"
    remembered.settle()
    assert remembered.get() == 2


def test_what_has_become_quick_is_read_each_time_again() -> None:
    ledger = Ledger(2.0)
    remembered = CachedFigures(ledger.figures, ledger.now)
    remembered.get()
    ledger.seconds = 0.0
    ledger.time += 2.0 * REST
    remembered.get()
    remembered.settle()

    assert [remembered.get() for _ in range(2)] == [3, 4]


def test_a_database_that_is_away_leaves_the_last_figures() -> None:
    ledger = Ledger(2.0)
    remembered = CachedFigures(ledger.figures, ledger.now)
    remembered.get()
    ledger.is_away = True
    ledger.time += 2.0 * REST

    assert remembered.get() == 1
    remembered.settle()
    assert remembered.get() == 1
    remembered.settle()
    ledger.is_away = False
    remembered.get()
    remembered.settle()
    assert remembered.get() == 2


def test_what_was_never_read_is_not_made_up() -> None:
    ledger = Ledger(2.0)
    ledger.is_away = True

    with pytest.raises(StorageError):
        CachedFigures(ledger.figures, ledger.now).get()
