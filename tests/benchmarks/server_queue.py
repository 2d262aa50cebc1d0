"""Tasks claimed and completed by 1, 2 and 4 worker processes: ours in a file, on PostgreSQL and on
MariaDB, and procrastinate's on the same PostgreSQL. In one second, and in a second of processor
time."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.tables.tasks import pending_analysis
from tests.benchmarks.books import add_novel, queue_all
from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.processes import ROOT
from tests.benchmarks.server_workers import procrastinate_app
from tests.support.mariadb_server import MariaDbServer
from tests.support.mariadb_server import find_programs as find_mariadb
from tests.support.postgres_server import PostgresServer, find_programs
from tests.support.servers import Server

WORKERS = (1, 2, 4)
NOVELS = (1, 10)
"""The novels of the tasks: what is written in one of them is written one after the other."""

_PEER = "procrastinate"

_DURABLE = ("innodb-flush-method=fsync", "innodb-flush-log-at-trx-commit=1")
"""Each commit of MariaDB is flushed, as by default; tests are quicker."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work that was done: tasks in a second, and milliseconds of processor time for each."""

    rate: float
    worker: float
    server: float


def measure(runs: int, *, tasks: int = 800) -> Iterator[Figure]:
    """Ours, procrastinate's, and ours over its, for each number of workers."""
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
    yield from _on_mariadb(runs, tasks)


def _on_mariadb(runs: int, tasks: int) -> Iterator[Figure]:
    """Ours alone: procrastinate has no other database than PostgreSQL."""
    programs = find_mariadb()
    if programs is None:
        yield skipped("claim + complete on MariaDB", "MariaDB is not installed")
        return
    server = MariaDbServer(programs, _DURABLE)
    try:
        for workers in WORKERS:
            for novels in NOVELS:
                works = [_ours(server, workers, tasks, novels) for _ in range(runs)]
                what = f"claim + complete, {workers} processes: MariaDB, novels: {novels}"
                yield from _figures(what, works)
    finally:
        server.close()


def _with(server: PostgresServer, workers: int, runs: int, tasks: int) -> Iterator[Figure]:
    has_peer = importlib.util.find_spec(_PEER) is not None
    in_file: list[Work] = []
    on_server: dict[int, list[Work]] = {novels: [] for novels in NOVELS}
    peer: list[Work] = []
    for _ in range(runs):
        in_file.append(_ours(None, workers, tasks))
        for novels, works in on_server.items():
            works.append(_ours(server, workers, tasks, novels))
        if has_peer:
            peer.append(_procrastinate(server, workers, tasks))
    what = f"claim + complete, {workers} processes"
    yield from _figures(f"{what}: SQLite", in_file)
    for novels, works in on_server.items():
        yield from _figures(f"{what}: PostgreSQL, novels: {novels}", works)
    if not has_peer:
        yield skipped(f"{what}, ours over {_PEER}", f"{_PEER} is not installed")
        return
    yield from _figures(f"{what}: {_PEER}", peer)
    for novels, works in on_server.items():
        yield from _over(f"{what}, novels: {novels}, ours over {_PEER}", works, peer)


def _figures(what: str, works: Sequence[Work]) -> Iterator[Figure]:
    yield Figure(what, "1/s", tuple(work.rate for work in works))
    yield Figure(f"{what}, processor, workers", "ms", tuple(work.worker for work in works))
    yield Figure(f"{what}, processor, server", "ms", tuple(work.server for work in works))


def _over(what: str, ours: Sequence[Work], theirs: Sequence[Work]) -> Iterator[Figure]:
    rates = [[work.rate for work in works] for works in (ours, theirs)]
    yield Figure(what, "×", ratios(*rates), Budget(1.0, at_least=True))
    times = [[work.worker + work.server for work in works] for works in (ours, theirs)]
    yield Figure(f"{what}, processor", "×", ratios(*times), Budget(1.0))


def _ours(server: Server | None, workers: int, tasks: int, novels: int = 1) -> Work:
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as folder:
        paths = DataPaths(Path(folder), None if server is None else server.new_library())
        paths.create()
        with closing(Database(paths)) as database:
            for _ in range(novels):
                queue_all(database, add_novel(database, tasks // novels, "她回家了。"))
            if novels > 1:
                _mix(database)
            place = [folder] if paths.server is None else [folder, paths.server]
            work, done = _worked(["ours", *place], workers, tasks, server)
            with database.read() as transaction:
                counted = transaction.queue.counts().completed
        if (done, counted) != (tasks, tasks):
            raise RuntimeError(f"{done} of {tasks} worked, {counted} done")
        return work


def _mix(database: Database) -> None:
    """Mixes the novels' tasks, as those of authors who write at once are."""
    with database.write() as transaction:
        for task in transaction.queue.recent(limit=10**6):
            transaction.connection.execute(
                update(pending_analysis)
                .where(pending_analysis.c.id == task.id)
                .values(claim_rank=task.id * 7919 % 10007)
            )


def _procrastinate(server: PostgresServer, workers: int, tasks: int) -> Work:
    dsn = server.dsn(server.empty_database())
    asyncio.run(_fill(dsn, tasks))
    work, _ = _worked([_PEER, dsn], workers, tasks, server)
    left = asyncio.run(_left(dsn))
    if left:
        raise RuntimeError(f"{left} of {tasks} are left")
    return work


async def _fill(dsn: str, tasks: int) -> None:
    app, nothing = procrastinate_app(dsn)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await nothing.batch_defer_async(*[{} for _ in range(tasks)])


async def _left(dsn: str) -> int:
    app, _nothing = procrastinate_app(dsn)
    async with app.open_async():
        return len(list(await app.job_manager.list_jobs_async(status="todo")))


def _worked(
    arguments: Sequence[str], workers: int, tasks: int, server: Server | None
) -> tuple[Work, int]:
    """The work from the start of all workers to the end of the last, and how many tasks they say
    that they have worked."""
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
    server_before = 0.0 if server is None else server.processor_seconds()
    begun = time.perf_counter()
    for worker in started:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    said = [worker.communicate()[0].split() for worker in started]
    elapsed = time.perf_counter() - begun
    in_server = 0.0 if server is None else server.processor_seconds() - server_before
    if any(worker.returncode for worker in started):
        raise RuntimeError("a worker failed")
    in_workers = sum(float(seconds) for _done, seconds in said)
    work = Work(tasks / elapsed, in_workers / tasks * 1000, in_server / tasks * 1000)
    return work, sum(int(done) for done, _seconds in said)
