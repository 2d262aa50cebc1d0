"""A task that is stopped, cancelled, lost or overtaken while it runs stores nothing twice."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.tasks import (
    TaskStatus,
)
from arboris_desktop.tasks import supervision
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    perfect_rule,
    schema_name,
    stall,
)
from tests.unit.conftest import FACTS, TEXT, Desk
from tests.unit.tasks.worker_samples import facts_by_name


def test_the_text_of_now_is_analysed_not_that_of_the_task(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    editing = Editing(desk.database)
    chapter_id = novel.chapters[0].id
    edited = editing.save(chapter_id, "A new beginning. " + TEXT, editing.open(chapter_id).version)

    desk.work()

    assert edited.origin is VersionOrigin.AUTHOR
    (hint,) = facts_by_name(desk.database, novel.project.id)["The harbour master hides something."]
    assert hint.version_id == edited.id
    assert edited.content[slice(hint.start, hint.end)] == "would not meet her eyes"


def test_facts_stand_where_an_edit_during_the_analysis_has_put_them(
    desk: Desk, novel: NovelContents, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    editing, chapter_id = Editing(desk.database), novel.chapters[0].id
    edited = "It rained. " + TEXT.replace("in the rain", "late")
    answer = perfect_rule(FACTS)

    def edit_and_answer(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "foreshadowing":
            editing.save(chapter_id, edited, editing.open(chapter_id).version)
        return answer(request)

    scripted_provider.rule = edit_and_answer
    assert desk.work().kind is OutcomeKind.COMPLETED

    facts = facts_by_name(desk.database, novel.project.id)
    (hint,) = facts["The harbour master hides something."]
    assert edited[slice(hint.start, hint.end)] == "would not meet her eyes"
    assert [fact.is_stale for fact in facts["Saltwick"]] == [True]


def test_stopping_puts_the_task_back_and_closes_the_call(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(stall(after="It was"))
    stop = threading.Event()
    task = desk.claim()
    outcomes = []
    worker = threading.Thread(
        target=lambda: outcomes.append(desk.worker.run(task, stop, lambda _id, _step: None))
    )
    worker.start()
    scripted_provider.wait_for_requests(1)

    stop.set()
    worker.join(timeout=60)

    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.RELEASED]
    assert scripted_provider.client_left.wait(60)
    released = desk.queue.task(task_id)
    assert (released.status, released.retry_count) == (TaskStatus.PENDING, 0)
    assert desk.queue.failures(task_id) == []


def test_a_cancelled_task_stores_nothing(
    desk: Desk, novel: NovelContents, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    task = desk.claim()
    desk.queue.cancel(task_id)

    outcome = desk.work(task)

    assert outcome.kind is OutcomeKind.LOST
    assert scripted_provider.requests == []
    assert facts_by_name(desk.database, novel.project.id) == {}
    with desk.database.read() as transaction:
        assert transaction.notifications.list() == []
    assert desk.queue.task(task_id).status is TaskStatus.CANCELLED


def test_a_worker_that_lost_its_lease_amid_a_step_stores_nothing(
    desk: Desk,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    task_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervision, "HEARTBEAT_SECONDS", 0.1)
    scripted_provider.behaviours.append(stall(after="Mara"))
    slow = desk.claim()
    outcomes = []
    worker = threading.Thread(target=lambda: outcomes.append(desk.work(slow)))
    worker.start()
    scripted_provider.wait_for_requests(1)
    with desk.database.write() as transaction:
        transaction.attempts.release(slow)
    assert desk.work().kind is OutcomeKind.COMPLETED
    worker.join(timeout=60)

    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.LOST]
    with desk.database.read() as transaction:
        assert len(transaction.notifications.list()) == 1
    assert desk.queue.task(task_id).attempt == slow.attempt + 1


def test_a_deleted_novel_ends_the_task_without_harm(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    task = desk.claim()
    with desk.database.write() as transaction:
        transaction.projects.remove(novel.project.id)

    assert desk.work(task).kind is OutcomeKind.LOST
