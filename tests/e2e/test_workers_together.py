"""Two ``arboris-desktop work`` at one queue: a pause and a limit hold for both."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import pytest

from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.novels import NovelContents
from tests.e2e.worker_processes import (
    STORY,
    WAIT_SECONDS,
    await_all,
    end,
    line_with,
    queued,
    run,
    set_paused,
    started,
    worker_environment,
)
from tests.support.scripted_provider import (
    Behaviour,
    ChapterFacts,
    Exchange,
    ScriptedProvider,
    perfect_rule,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="ends workers as POSIX does"),
]


@pytest.fixture
def environment(paths: DataPaths, scripted_provider: ScriptedProvider) -> dict[str, str]:
    return worker_environment(paths, scripted_provider)


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
