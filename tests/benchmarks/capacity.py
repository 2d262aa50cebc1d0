"""A house of 10,000 authors and 1,000 workers, simulated in the real order of claims: how long
tasks wait, and what the database has to do."""

from __future__ import annotations

import importlib.util
import math
import random
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import DEFAULT_PRIORITY, AnalysisStep, claim_rank
from arboris_desktop.tasks.batches import BATCH_PRIORITY
from arboris_desktop.tasks.supervision import HEARTBEAT_SECONDS
from tests.benchmarks.figures import Figure, percentile, skipped

AUTHORS = 10_000
WORKERS = 1_000
TASK_SECONDS = 60.0
"""The median analysis: five answers of a model."""
URGENT = 8
_SPREAD = 0.5
HOUR = 3600.0
_OF_A_STEP = 5
"""Transactions: its begin, a place for its call that is taken and given back, what was spent, and
what was found."""
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
_SHARES = {BATCH_PRIORITY: 0.3, DEFAULT_PRIORITY: 0.6, URGENT: 0.1}


@dataclass
class House:
    """The waits and doings of one run."""

    waits: dict[int, list[float]] = field(default_factory=dict)
    doings: Counter[str] = field(default_factory=Counter)
    longest_queue: int = 0
    left: int = 0


def measure(runs: int) -> Iterator[Figure]:
    """Waiting times by priority, and transactions each second: a usual hour, and one in which a
    third more comes than the workers can do."""
    if importlib.util.find_spec("simpy") is None:
        yield skipped("capacity", "simpy is not installed")
        return
    for name, load in (("usual", 0.8), ("too much for an hour", 1.33)):
        houses = [play(load, seed) for seed in range(runs)]
        yield from _figures(name, houses)


def _figures(name: str, houses: list[House]) -> Iterator[Figure]:
    for priority in _SHARES:
        waits = [house.waits[priority] for house in houses]
        for percent in (50, 99, 100):
            found = tuple(percentile(each, percent) / 60 for each in waits)
            what = "longest" if percent == 100 else f"{percent} %"
            yield Figure(f"{name}: wait at priority {priority}, {what}", "min", found)
    yield Figure(f"{name}: longest queue", "tasks", tuple(float(h.longest_queue) for h in houses))
    yield Figure(f"{name}: tasks never begun", "tasks", tuple(float(h.left) for h in houses))
    for doing in sorted(houses[0].doings):
        rates = tuple(house.doings[doing] / HOUR for house in houses)
        yield Figure(f"{name}: {doing}", "1/s", rates)


def play(load: float, seed: int, *, authors: int = AUTHORS, workers: int = WORKERS) -> House:
    """An hour in which so much of what the workers can do is wanted, and the time until the last
    task is done; what is done is counted within the hour."""
    simpy: Any = importlib.import_module("simpy")
    dice, house, world = random.Random(seed), House(), simpy.Environment()
    queue = simpy.PriorityStore(world)
    wanted = load * workers * HOUR / _mean_seconds()
    for _author in range(authors):
        world.process(_author_at_work(world, queue, dice, house, authors * HOUR / wanted))
    for _worker in range(workers):
        world.process(_worker_at_work(world, queue, dice, house))
    world.run(until=3 * HOUR)
    house.left = len(queue.items)
    return house


def _mean_seconds() -> float:
    """Of the distribution that ``_seconds`` draws from."""
    return TASK_SECONDS * math.exp(_SPREAD**2 / 2)


def _seconds(dice: random.Random) -> float:
    return TASK_SECONDS * dice.lognormvariate(0.0, _SPREAD)


def _author_at_work(
    world: Any, queue: Any, dice: random.Random, house: House, pause: float
) -> Generator[Any, Any, None]:
    while True:
        yield world.timeout(dice.expovariate(1 / pause))
        if world.now > HOUR:
            return
        (priority,) = dice.choices(list(_SHARES), list(_SHARES.values()))
        rank = claim_rank(priority, datetime.fromtimestamp(_BEGINNING + world.now, UTC))
        yield queue.put((rank, world.now, priority))
        _count(world, house, "tasks queued (each a transaction)")
        house.longest_queue = max(house.longest_queue, len(queue.items))


def _worker_at_work(
    world: Any, queue: Any, dice: random.Random, house: House
) -> Generator[Any, Any, None]:
    while True:
        idle_since = world.now
        _rank, queued, priority = yield queue.get()
        house.waits.setdefault(priority, []).append(world.now - queued)
        # Who is idle looks now and then, and is told besides.
        looks = int((min(world.now, HOUR) - idle_since) / QueueSettings().poll_seconds)
        _count(world, house, "looks of idle workers (reads)", max(looks, 0))
        _count(world, house, "claims")
        seconds = _seconds(dice)
        yield world.timeout(seconds)
        _count(world, house, "leases renewed", int(seconds / HEARTBEAT_SECONDS))
        _count(world, house, "transactions of steps and calls", _OF_A_STEP * len(AnalysisStep))
        _count(world, house, "completions, each with a notification")


def _count(world: Any, house: House, doing: str, number: int = 1) -> None:
    if world.now <= HOUR:
        house.doings[doing] += number
