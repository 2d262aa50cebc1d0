"""Two ``arboris-desktop work`` at one queue: a pause and a limit hold for both."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import pytest

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
)
from tests.support.scripted_provider import (
    Behaviour,
    ChapterFacts,
    Exchange,
    ScriptedProvider,
    perfect_rule,
)

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="ends workers as POSIX does"),
]


@pytest.mark.every_database
def test_a_pause_stops_two_workers_until_it_is_over(
    at_work: dict[str, str],
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
    queued(at_work, database, novel)
    parallel = {**at_work, "ARBORIS_MAX_PARALLEL": "4"}
    one_each = ("work", "--max-concurrent", "1", "--poll-seconds", "5")
    try:
        with started(parallel, *one_each) as one, started(parallel, *one_each) as other:
            await_all(lambda counts: (counts.processing, counts.pending) == (2, 1), at_work)
            set_paused(at_work, paused=True)
            go_on.set()
            # Each ends what it has begun, and looks for the next at once.
            for process in (one, other):
                line_with(process, "completed")
            await_all(lambda counts: (counts.completed, counts.pending) == (2, 1), at_work)
            assert "the queue is paused" in run(at_work, "doctor")[1]
            assert end(one) == 0
            await_all(lambda counts: (counts.completed, counts.pending) == (2, 1), at_work)

            set_paused(at_work, paused=False)
            line_with(other, "completed")
            assert end(other) == 0
    finally:
        go_on.set()


@pytest.mark.every_database
def test_two_workers_keep_to_one_limit_of_calls(
    at_work: dict[str, str],
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
    tasks = queued(at_work, database, novel)
    limited = {**at_work, "ARBORIS_MAX_PARALLEL": "1"}
    at_once = ("work", "--max-concurrent", "3")
    with started(limited, *at_once) as one, started(limited, *at_once) as other:
        for process in (one, other):
            line_with(process, "works")
        await_all(lambda counts: counts.completed == len(tasks), at_work)
        assert (end(one), end(other)) == (0, 0)
    assert most == [1]
