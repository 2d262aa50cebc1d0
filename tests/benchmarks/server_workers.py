"""A worker process of a queue on a server: ``-m tests.benchmarks.server_workers KIND PLACE``.

It says when it is ready, begins at a line on its standard input, and prints how many tasks it has
worked when none is left, and the seconds of processor time since the beginning.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.tasks.queue import AnalysisQueue


def _await_the_start() -> float:
    """The processor time until then."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return time.process_time()


def ours(home: str, server: str = "") -> tuple[int, float]:
    """A task is completed, and the next one claimed, in one transaction, as the worker does it."""
    paths = DataPaths(Path(home), server or None)
    paths.create()
    worked = 0
    with (
        closing(Database(paths)) as database,
        closing(database.known_to_others(Instance(paths.instances))) as instance,
    ):
        queue = AnalysisQueue(database, instance)
        begun = _await_the_start()
        task = queue.claim_next()
        while task is not None:
            with database.write_in(task.project_id) as transaction:
                worked += transaction.attempts.complete(
                    task, result={}, spent=Spent(), duration_seconds=0.0
                )
                transaction.durations.count(task.id, 0.0)
                successor = queue.claim_successor(transaction)
            task = successor or queue.claim_next()
        return worked, time.process_time() - begun


def procrastinate_app(dsn: str) -> tuple[Any, Any]:
    """Its application and a task that does nothing."""
    procrastinate = importlib.import_module("procrastinate")
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=dsn))

    def nothing() -> None:
        pass

    return app, app.task(name="nothing")(nothing)


async def _procrastinate(dsn: str) -> tuple[int, float]:
    app, _nothing = procrastinate_app(dsn)
    async with app.open_async():
        begun = await asyncio.to_thread(_await_the_start)
        await app.run_worker_async(wait=False, concurrency=1, install_signal_handlers=False)
        return 0, time.process_time() - begun


if __name__ == "__main__":
    kind, *where = sys.argv[1:]
    done, seconds = ours(*where) if kind == "ours" else asyncio.run(_procrastinate(*where))
    sys.stdout.write(f"{done} {seconds}\n")
