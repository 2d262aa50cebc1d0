"""Work that queues at a server with one place waits its turn, and its waiting costs no attempt."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.cli import main
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import ModelCalls
from tests.support.prose import prose
from tests.support.scripted_provider import EMPTY_ANSWERS, schema_name
from tests.wire.authoring import STORY, Author
from tests.wire.wires import DONE, Every, Request, Wire, data, head, piece, said, serving

CHAPTERS = 5
READING = 0.1
"""Seconds for each prompt: calls that may run at once do."""

LONG_READING, LIMIT = 0.4, 5.0
"""Seconds for each prompt. All of them together, which each task waits for, are twice the limit."""


def answer_to(request: Request) -> str:
    name = schema_name(request.body)
    return prose(60) if name is None else json.dumps(EMPTY_ANSWERS[name])


def nobody(_task_id: int, _step: AnalysisStep) -> None:
    """Is not told of steps."""


def slow(seconds: float) -> Callable[[Request], Wire]:
    """Reads each prompt for some seconds and says so, as llama.cpp does; then answers."""
    reading = Every(seconds / 4, b": PROCESSING\n\n", times=4)

    def answer(request: Request) -> Wire:
        return (head(), reading, data(piece(answer_to(request))), data(piece(finish="stop")), DONE)

    return answer


@pytest.fixture
def chapters(author: Author) -> Author:
    with serving(said(STORY)) as server:
        for number in range(1, CHAPTERS + 1):
            assert author.write_at(server, chapter=number).code == 0
    return author


def analyse(url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("ARBORIS_BASE_URL", url)
    return main(["analyse", "--until-empty", "--max-concurrent", "4"])


def attempts(author: Author) -> list[tuple[TaskStatus, int]]:
    with author.services() as services:
        return [(task.status, task.retry_count) for task in services.queue.recent()]


def test_a_queue_of_chapters_is_analysed_one_call_at_a_time(
    chapters: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(slow(READING)) as server:
        assert analyse(server.url, monkeypatch) == 0

        assert server.most_at_once == 1
        assert attempts(chapters) == [(TaskStatus.COMPLETED, 0)] * CHAPTERS


def test_as_many_calls_as_the_author_allows_run_at_once(
    chapters: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARBORIS_MAX_PARALLEL", "2")
    with serving(slow(READING)) as server:
        assert analyse(server.url, monkeypatch) == 0

        assert server.most_at_once == 2
        assert attempts(chapters) == [(TaskStatus.COMPLETED, 0)] * CHAPTERS


def test_to_wait_for_a_place_and_for_first_words_uses_up_nothing_of_a_tasks_time(
    chapters: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(slow(LONG_READING)) as server, ThreadPoolExecutor(4) as pool:
        monkeypatch.setenv("ARBORIS_BASE_URL", server.url)
        with chapters.services() as services:
            calls = ModelCalls(services.database, services.source, PromptLibrary())
            worker = AnalysisWorker(services.database, calls, begin_analysis, time_limit=LIMIT)
            tasks = services.queue.claim(CHAPTERS)
            outcomes = pool.map(lambda task: worker.run(task, threading.Event(), nobody), tasks)
            assert [outcome.kind for outcome in outcomes] == [OutcomeKind.COMPLETED] * CHAPTERS
        assert server.most_at_once == 1
