"""Tasks claimed and completed per second by 1, 2 and 4 worker processes: ours in a file and on
PostgreSQL, and procrastinate's on the same server."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from tests.benchmarks.books import add_novel, queue_all
from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.processes import ROOT
from tests.benchmarks.server_workers import procrastinate_app
from tests.support.postgres_server import PostgresServer, find_programs

WORKERS = (1, 2, 4)
_PEER = "procrastinate"


def measure(runs: int, *, tasks: int = 800) -> Iterator[Figure]:
    """Our rates, procrastinate's, and ours over its, for each number of workers."""
    programs = find_programs()
    if programs is None:
        yield skipped("claim + complete on PostgreSQL", "PostgreSQL is not installed")
        return
    server = PostgresServer(programs, ("fsync=on", "autovacuum=on"))
    try:
        for workers in WORKERS:
            yield from _with(server, workers, runs, tasks)
    finally:
        server.close()


def _with(server: PostgresServer, workers: int, runs: int, tasks: int) -> Iterator[Figure]:
    has_peer = importlib.util.find_spec(_PEER) is not None
    in_file, on_server, peer = [], [], []
    for _ in range(runs):
        in_file.append(_ours(None, workers, tasks))
        on_server.append(_ours(server, workers, tasks))
        if has_peer:
            peer.append(_procrastinate(server, workers, tasks))
    what = f"claim + complete, {workers} processes"
    yield Figure(f"{what}: SQLite", "1/s", tuple(in_file))
    yield Figure(f"{what}: PostgreSQL", "1/s", tuple(on_server))
    if has_peer:
        yield Figure(f"{what}: {_PEER}", "1/s", tuple(peer))
        over = ratios(on_server, peer)
        yield Figure(f"{what}, ours over {_PEER}", "×", over, Budget(1.0, at_least=True))
    else:
        yield skipped(f"{what}, ours over {_PEER}", f"{_PEER} is not installed")


def _ours(server: PostgresServer | None, workers: int, tasks: int) -> float:
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as folder:
        paths = DataPaths(Path(folder), None if server is None else server.new_library())
        paths.create()
        with closing(Database(paths)) as database:
            queue_all(database, add_novel(database, tasks, "她回家了。"))
            place = [folder] if paths.server is None else [folder, paths.server]
            rate, done = _rate(["ours", *place], workers, tasks)
            with database.read() as transaction:
                counted = transaction.queue.counts().completed
        if (done, counted) != (tasks, tasks):
            raise RuntimeError(f"{done} of {tasks} worked, {counted} done")
        return rate


def _procrastinate(server: PostgresServer, workers: int, tasks: int) -> float:
    dsn = server.dsn(server.empty_database())
    asyncio.run(_fill(dsn, tasks))
    rate, _ = _rate([_PEER, dsn], workers, tasks)
    left = asyncio.run(_left(dsn))
    if left:
        raise RuntimeError(f"{left} of {tasks} are left")
    return rate


async def _fill(dsn: str, tasks: int) -> None:
    app, nothing = procrastinate_app(dsn)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await nothing.batch_defer_async(*[{} for _ in range(tasks)])


async def _left(dsn: str) -> int:
    app, _nothing = procrastinate_app(dsn)
    async with app.open_async():
        return len(list(await app.job_manager.list_jobs_async(status="todo")))


def _rate(arguments: Sequence[str], workers: int, tasks: int) -> tuple[float, int]:
    """Tasks per second from the start of all workers to the end of the last, and how many they
    say that they have worked."""
    command = [sys.executable, "-m", "tests.benchmarks.server_workers", *arguments]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(workers)
    ]
    for worker in started:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    begun = time.perf_counter()
    for worker in started:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    said = [worker.communicate()[0] for worker in started]
    elapsed = time.perf_counter() - begun
    if any(worker.returncode for worker in started):
        raise RuntimeError("a worker failed")
    return tasks / elapsed, sum(map(int, said))
