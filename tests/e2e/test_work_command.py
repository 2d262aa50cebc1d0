"""``arboris-desktop work`` as a process of its own, with a service manager's real socket."""

from __future__ import annotations

import json
import os
import signal
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.services import build_services
from arboris_desktop.writing.novels import NovelContents
from tests.e2e.worker_processes import (
    STORY,
    WAIT_SECONDS,
    end,
    line_with,
    queued,
    run,
    started,
)
from tests.support.scripted_provider import (
    ChapterFacts,
    ScriptedProvider,
    perfect_rule,
    stall,
    status,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="service managers of this kind are on POSIX"),
]


@pytest.mark.every_database
def test_it_works_what_waits_and_ends_cleanly(
    at_work: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    tasks = queued(at_work, database, novel)

    with started(at_work, "work", "--max-concurrent", "2") as process:
        for _task in tasks:
            line_with(process, "completed")
        assert "processor works the queue" in run(at_work, "doctor")[1]
        assert end(process) == 0

    services = build_services(at_work)
    try:
        # Whatever is forgotten later, the completed ones stay counted.
        assert sum(bucket.number for bucket in services.queue.durations()) == len(tasks)
    finally:
        services.close()
    assert run(at_work, "cleanup", "--older-than", "1d")[0] == 0
    counts = json.loads(run(at_work, "status", "--json")[1])
    assert (counts["completed"], counts["total"]) == (len(tasks), len(tasks))


def test_sigterm_puts_running_tasks_back(
    at_work: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = lambda _request: stall()
    [task, *_others] = queued(at_work, database, novel)

    with started(at_work, "work", "--max-concurrent", "1") as process:
        scripted_provider.wait_for_requests(1)
        assert end(process) == 0

    services = build_services(at_work)
    try:
        left = services.queue.task(task)
        assert (left.status, left.lease_owner, left.retry_count) == (TaskStatus.PENDING, None, 0)
    finally:
        services.close()
    told = run(at_work, "doctor")[1]
    assert "no processor is running, 3 tasks wait" in told


def test_a_service_manager_is_told_when_it_is_ready_alive_and_ending(
    at_work: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(WAIT_SECONDS)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
        with started({**at_work, **told}, "work") as process:
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
    at_work: dict[str, str], arguments: list[str], variables: dict[str, str], reason: str
) -> None:
    code, told = run({**at_work, **variables}, "work", *arguments)
    assert code == 2
    assert reason in told


def test_a_flag_outweighs_its_variable(at_work: dict[str, str]) -> None:
    variables = {"ARBORIS_MAX_CONCURRENT": "7", "ARBORIS_POLL_SECONDS": "30"}
    with started({**at_work, **variables}, "work", "--max-concurrent", "2") as process:
        assert "at most 2 at once, a look every 30 s" in line_with(process, "works")
        assert end(process) == 0


def test_a_paused_queue_is_waited_for(
    at_work: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    queued(at_work, database, novel)
    services = build_services(at_work)
    try:
        settings = services.preferences.get(QueueSettings)
        services.preferences.set(replace(settings, paused=True))
        with started(at_work, "work") as process:
            line_with(process, "works")
            assert services.queue.counts().processing == 0
            services.preferences.set(replace(settings, paused=False))
            line_with(process, "completed")
            assert end(process) == 0
    finally:
        services.close()


def test_doctor_tells_why_tasks_failed(
    at_work: dict[str, str],
    database: object,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = lambda _request: status(401)
    queued(at_work, database, novel)
    with started(at_work, "work") as process:
        line_with(process, "failed")
        assert end(process) == 0

    assert "failed: unauthorized" in run(at_work, "doctor")[1]
