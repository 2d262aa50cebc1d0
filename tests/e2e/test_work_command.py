"""``arboris-desktop work`` as a process of its own, with a service manager's real socket."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import QueueCounts, TaskStatus
from arboris_desktop.services import build_services
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.support.prose import prose
from tests.support.scripted_provider import (
    Behaviour,
    ChapterFacts,
    Exchange,
    ScriptedProvider,
    perfect_rule,
    stall,
    status,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="service managers of this kind are on POSIX"),
]

STORY = prose(360)
WAIT_SECONDS = 90.0


@pytest.fixture
def environment(paths: DataPaths, scripted_provider: ScriptedProvider) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    server = {"ARBORIS_DATABASE_URL": paths.server} if paths.server else {}
    return {
        **kept,
        **server,
        "ARBORIS_HOME": str(paths.home),
        "ARBORIS_BASE_URL": scripted_provider.base_url,
        "ARBORIS_MODEL": "scripted",
    }


@contextmanager
def started(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "arboris_desktop", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    with started(environment, *arguments) as process:
        output, errors = process.communicate(timeout=WAIT_SECONDS)
    assert "Traceback" not in errors
    return process.returncode, output + errors


def queued(environment: dict[str, str], database: object, novel: NovelContents) -> list[int]:
    """The novel's chapters, written and queued; ``database`` is that of the environment's home."""
    services = build_services(environment)
    try:
        return [
            store_chapter(services.database, chapter.id, STORY, provider="p")[1]
            for chapter in novel.chapters
        ]
    finally:
        services.close()


def await_all(condition: Callable[[QueueCounts], bool], environment: dict[str, str]) -> None:
    """Waits until the condition holds for the counts of the queue."""
    services = build_services(environment)
    try:
        end_by = time.monotonic() + WAIT_SECONDS
        while not condition(services.queue.counts()):
            assert time.monotonic() < end_by, services.queue.counts()
            time.sleep(0.1)
    finally:
        services.close()


def set_paused(environment: dict[str, str], *, paused: bool) -> None:
    """Pauses the queue for all, or lets it go on, as a window does."""
    services = build_services(environment)
    try:
        settings = services.preferences.get(QueueSettings)
        services.preferences.set(replace(settings, paused=paused))
    finally:
        services.close()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying '{words}'")


def end(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=WAIT_SECONDS)


@pytest.mark.every_database
def test_it_works_what_waits_and_ends_cleanly(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    tasks = queued(environment, database, novel)

    with started(environment, "work", "--max-concurrent", "2") as process:
        for _task in tasks:
            line_with(process, "completed")
        assert "processor works the queue" in run(environment, "doctor")[1]
        assert end(process) == 0

    services = build_services(environment)
    try:
        # Whatever is forgotten later, the completed ones stay counted.
        assert sum(bucket.number for bucket in services.queue.durations()) == len(tasks)
    finally:
        services.close()
    assert run(environment, "cleanup", "--older-than", "1d")[0] == 0
    counts = json.loads(run(environment, "status", "--json")[1])
    assert (counts["completed"], counts["total"]) == (len(tasks), len(tasks))


@pytest.mark.every_database
def test_a_pause_stops_two_workers_until_it_is_over(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    go_on = threading.Event()
    perfect = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))

    def held(request: dict[str, Any]) -> Behaviour:
        answer = perfect(request)

        def behave(exchange: Exchange) -> None:
            assert go_on.wait(WAIT_SECONDS)
            answer(exchange)

        return behave

    scripted_provider.rule = held
    queued(environment, database, novel)
    parallel = {**environment, "ARBORIS_MAX_PARALLEL": "4"}
    one_each = ("work", "--max-concurrent", "1", "--poll-seconds", "5")
    try:
        with started(parallel, *one_each) as one, started(parallel, *one_each) as other:
            await_all(lambda counts: (counts.processing, counts.pending) == (2, 1), environment)
            set_paused(environment, paused=True)
            go_on.set()
            # Each ends what it has begun, and looks for the next at once.
            for process in (one, other):
                line_with(process, "completed")
            await_all(lambda counts: (counts.completed, counts.pending) == (2, 1), environment)
            assert "the queue is paused" in run(environment, "doctor")[1]
            assert end(one) == 0
            await_all(lambda counts: (counts.completed, counts.pending) == (2, 1), environment)

            set_paused(environment, paused=False)
            line_with(other, "completed")
            assert end(other) == 0
    finally:
        go_on.set()


@pytest.mark.every_database
def test_two_workers_keep_to_one_limit_of_calls(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    under_way: list[int] = [0]
    most: list[int] = [0]
    lock = threading.Lock()
    perfect = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))

    def counted(request: dict[str, Any]) -> Behaviour:
        answer = perfect(request)

        def behave(exchange: Exchange) -> None:
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            time.sleep(0.05)  # so that a second call would be seen beside it
            with lock:
                under_way[0] -= 1
            answer(exchange)

        return behave

    scripted_provider.rule = counted
    tasks = queued(environment, database, novel)
    limited = {**environment, "ARBORIS_MAX_PARALLEL": "1"}
    at_once = ("work", "--max-concurrent", "3")
    with started(limited, *at_once) as one, started(limited, *at_once) as other:
        for process in (one, other):
            line_with(process, "works")
        await_all(lambda counts: counts.completed == len(tasks), environment)
        assert (end(one), end(other)) == (0, 0)
    assert most == [1]


def test_sigterm_puts_running_tasks_back(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = lambda _request: stall()
    [task, *_others] = queued(environment, database, novel)

    with started(environment, "work", "--max-concurrent", "1") as process:
        scripted_provider.wait_for_requests(1)
        assert end(process) == 0

    services = build_services(environment)
    try:
        left = services.queue.task(task)
        assert (left.status, left.lease_owner, left.retry_count) == (TaskStatus.PENDING, None, 0)
    finally:
        services.close()
    told = run(environment, "doctor")[1]
    assert "no processor is running, 3 tasks wait" in told


def test_a_service_manager_is_told_when_it_is_ready_alive_and_ending(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(WAIT_SECONDS)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
        with started({**environment, **told}, "work") as process:
            assert manager.recv(256).startswith(b"READY=1")
            assert [manager.recv(256) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            process.send_signal(signal.SIGTERM)
            while (news := manager.recv(256)) == b"WATCHDOG=1":
                pass
            assert news.startswith(b"STOPPING=1")
            assert process.wait(timeout=WAIT_SECONDS) == 0


@pytest.mark.parametrize(
    ("arguments", "variables", "reason"),
    [
        (["--poll-seconds", "4"], {}, "poll_seconds must be from 5 to 30, not 4"),
        (["--max-concurrent", "11"], {}, "max_concurrent must be from 1 to 10, not 11"),
        ([], {"ARBORIS_TASK_TIMEOUT": "901"}, "task_timeout_seconds must be from 300 to 900"),
        ([], {"ARBORIS_MAX_CONCURRENT": "many"}, "invalid int value: 'many'"),
    ],
)
def test_what_is_out_of_range_is_refused(
    environment: dict[str, str], arguments: list[str], variables: dict[str, str], reason: str
) -> None:
    code, told = run({**environment, **variables}, "work", *arguments)
    assert code == 2
    assert reason in told


def test_a_flag_outweighs_its_variable(environment: dict[str, str]) -> None:
    variables = {"ARBORIS_MAX_CONCURRENT": "7", "ARBORIS_POLL_SECONDS": "30"}
    with started({**environment, **variables}, "work", "--max-concurrent", "2") as process:
        assert "at most 2 at once, a look every 30 s" in line_with(process, "works")
        assert end(process) == 0


def test_a_paused_queue_is_waited_for(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    queued(environment, database, novel)
    services = build_services(environment)
    try:
        settings = services.preferences.get(QueueSettings)
        services.preferences.set(replace(settings, paused=True))
        with started(environment, "work") as process:
            line_with(process, "works")
            assert services.queue.counts().processing == 0
            services.preferences.set(replace(settings, paused=False))
            line_with(process, "completed")
            assert end(process) == 0
    finally:
        services.close()


def test_doctor_tells_why_tasks_failed(
    environment: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = lambda _request: status(401)
    queued(environment, database, novel)
    with started(environment, "work") as process:
        line_with(process, "failed")
        assert end(process) == 0

    assert "failed: unauthorized" in run(environment, "doctor")[1]
