"""Tasks claimed and completed per second by three threads, beside other queues on SQLite."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.queues import MODULES, PEERS, FilledQueue, HueyQueue, OurQueue

THREADS = 3


def measure(runs: int, *, tasks: int = 1500) -> Iterator[Figure]:
    """Our rate, each peer's, and ours over huey's."""
    present = [peer for peer in PEERS if importlib.util.find_spec(MODULES[peer])]
    kinds: list[type[FilledQueue]] = [OurQueue, *present]
    rates: dict[type[FilledQueue], list[float]] = {kind: [] for kind in kinds}
    for _ in range(runs):
        for kind, found in rates.items():
            found.append(tasks_per_second(kind, tasks))
    for kind, found in rates.items():
        yield Figure(f"claim + complete, {THREADS} threads: {kind.name}", "1/s", tuple(found))
    for peer in PEERS:
        name = f"claim + complete, ours over {peer.name}"
        if peer not in rates:
            yield skipped(name, f"{MODULES[peer]} is not installed")
            continue
        budget = Budget(1.0, at_least=True) if peer is HueyQueue else None
        yield Figure(name, "×", ratios(rates[OurQueue], rates[peer]), budget)


def tasks_per_second(kind: type[FilledQueue], tasks: int) -> float:
    """Fills such a queue, empties it, and sees that each task was completed."""
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as folder:
        queue = kind(Path(folder), tasks)
        workers = [queue.new_worker() for _ in range(THREADS)]
        try:
            started = time.perf_counter()
            with ThreadPoolExecutor(THREADS) as pool:
                worked = sum(pool.map(_work_all, workers))
            elapsed = time.perf_counter() - started
            if (worked, queue.done()) != (tasks, tasks):
                raise RuntimeError(f"{kind.name}: {worked} of {tasks} worked, {queue.done()} done")
        finally:
            for one in {id(one): one for one in (queue, *workers)}.values():
                one.close()
    return tasks / elapsed


def _work_all(worker: FilledQueue) -> int:
    count = 0
    while worker.work_one():
        count += 1
    return count
