"""The interface on PostgreSQL beside a million tasks: figures, and notifications to 200 who follow
them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from tests.benchmarks.books import add_novel, queue_all
from tests.benchmarks.figures import Budget, Figure, skipped
from tests.benchmarks.processes import ROOT
from tests.support.postgres_server import PostgresServer, find_programs

FOLLOWERS = 200

_CALLS = {"/metrics": "/metrics", "/api/async-analysis/status": "status"}

_MULTIPLIED = (
    "INSERT INTO pending_analysis (project_id, chapter_id, chapter_version_id, version_revision,"
    " status, priority, max_retries, generation_config, claim_rank, created_at, updated_at,"
    " completed_at, duration_seconds)"
    " SELECT project_id, chapter_id, chapter_version_id, version_revision, 'completed', priority,"
    " max_retries, generation_config, claim_rank, created_at, updated_at - number * interval '1 s',"
    " updated_at, 1"
    " FROM pending_analysis CROSS JOIN generate_series(1, {tasks}) AS number WHERE id = 1"
)


def measure(runs: int, *, tasks: int = 1_000_000) -> Iterator[Figure]:
    """The time of a scrape, and from a commit to the last who follows."""
    programs = find_programs()
    if programs is None:
        yield skipped("/metrics", "PostgreSQL is not installed")
        return
    server = PostgresServer(programs)
    try:
        yield from _on(server, runs, tasks)
    finally:
        server.close()


def _on(server: PostgresServer, runs: int, tasks: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as folder:
        paths = DataPaths(Path(folder), server.new_library())
        paths.create()
        with closing(Database(paths)) as database:
            queue_all(database, add_novel(database, 1, "她回家了。"))
            assert paths.server is not None
            with server.connection(paths.server) as connection:
                connection.execute(_MULTIPLIED.format(tasks=tasks).encode())
            server.run("VACUUM ANALYZE", paths.server.partition("?")[0].rpartition("/")[2])
            with _served(paths) as address:
                for path, name in _CALLS.items():
                    times = _calls(address + path, max(10, runs))
                    yield Figure(f"{name}, {tasks:,} tasks", "ms", times, Budget(100))
                first, last = asyncio.run(_follow(address, database, runs))
        name = f"commit → WebSocket, {FOLLOWERS} connections"
        yield Figure(f"{name}: the first", "ms", tuple(first), Budget(100))
        yield Figure(f"{name}: the last", "ms", tuple(last), Budget(100))


@contextmanager
def _served(paths: DataPaths) -> Iterator[str]:
    environment = {**os.environ, "ARBORIS_HOME": str(paths.home)}
    environment["ARBORIS_DATABASE_URL"] = paths.server or ""
    command = [sys.executable, "-m", "arboris_desktop", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            yield process.stderr.readline().split()[1]
        finally:
            process.kill()


def _calls(address: str, number: int) -> tuple[float, ...]:
    """The milliseconds of each call, over one connection as Prometheus keeps it."""
    with httpx.Client(timeout=60) as client:
        return tuple(_call(client, address) for _ in range(number))


def _call(client: httpx.Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    elapsed = time.perf_counter() - begun
    answer.raise_for_status()
    return elapsed * 1000


async def _follow(address: str, database: Database, runs: int) -> tuple[list[float], list[float]]:
    """For each commit, the milliseconds until the first and the last of all have it."""
    from websockets.asyncio.client import connect

    place = address.replace("http://", "ws://") + "/ws/notifications"
    sockets = [await connect(place, proxy=None, open_timeout=60) for _ in range(FOLLOWERS)]
    first, last = [], []
    try:
        for _ in range(max(10, runs)):
            begun = await asyncio.to_thread(_notify, database)
            arrived = await asyncio.gather(*(_arrival(socket) for socket in sockets))
            first.append((min(arrived) - begun) * 1000)
            last.append((max(arrived) - begun) * 1000)
    finally:
        await asyncio.gather(*(socket.close() for socket in sockets))
    return first, last


async def _arrival(socket: object) -> float:
    await socket.recv()  # type: ignore[attr-defined]
    return time.perf_counter()


def _notify(database: Database) -> float:
    """Commits a notification, and returns when that was done."""
    with database.write() as transaction:
        task = transaction.queue.get(1)
        transaction.notifications.add(task, NotificationType.PROGRESS, title="T", message="M")
    return time.perf_counter()
