"""Answers to a step that are cut, malformed or too long, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from arboris_desktop.domain import profiles
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    json_answer,
    perfect_rule,
    reset_after,
    schema_name,
    stall,
    text,
)
from tests.unit.conftest import FACTS, TEXT, Desk
from tests.unit.tasks.worker_samples import ALL_STEPS, facts_by_name


def test_an_answer_of_the_wrong_form_is_repaired(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.extend(
        [text(FACTS.summary), json_answer({"wrong": []}), text("not JSON at all")]
    )

    assert desk.work().kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names().count("character_tracking") == 3


def test_what_the_model_sent_is_kept_where_it_could_not_be_read(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    perfect = scripted_provider.rule
    assert perfect is not None
    thought, answer = "Hm. ", "I would rather not say. So there."

    def vague(request: dict[str, Any]) -> Behaviour:
        wanted = schema_name(request) == "character_tracking"
        return text(f"<think>{thought}</think>{answer}") if wanted else perfect(request)

    scripted_provider.rule = vague
    assert desk.work().error is ErrorKind.INVALID_ANSWER

    (failure,) = desk.queue.failures(task_id)
    assert failure.raw_answer == f"<think>{thought}</think>{answer}"
    scripted_provider.rule = lambda _request: error(500, "broken")
    desk.work_again()
    assert desk.queue.failures(task_id)[-1].raw_answer == ""


def test_so_is_what_had_come_of_an_answer_that_broke_off(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.rule = lambda _request: reset_after("Mara comes")
    assert desk.work().error is ErrorKind.CONNECTION
    assert desk.queue.failures(task_id)[0].raw_answer == "Mara comes"


def test_so_it_is_of_one_that_took_longer_than_a_task_may(
    desk: Desk,
    scripted_provider: ScriptedProvider,
    task_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(profiles, "SLOWNESS_NEAR", 1)
    scripted_provider.rule = lambda _request: stall(after="Mara comes home")
    hurried = replace(desk, worker=desk.worker.limited_to(0.3))
    assert hurried.work().error is ErrorKind.TOTAL_TIMEOUT
    assert desk.queue.failures(task_id)[0].raw_answer == "Mara comes home"


def test_a_server_with_less_context_than_assumed_is_asked_in_smaller_parts(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    refused: list[str | None] = []

    def small(request: dict[str, Any]) -> Behaviour:
        if len(request["messages"][-1]["content"]) > 10_000:
            refused.append(schema_name(request))
            return error(400, "too many tokens", kind="context_length_exceeded")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = small
    long = "\n\n".join(f"Day {day}. The boats did not come back." for day in range(400))
    store_chapter(desk.database, novel.chapters[0].id, f"{long}\n\n{TEXT}", provider="scripted")

    assert desk.work().kind is OutcomeKind.COMPLETED

    # Later steps know better from the start.
    assert refused == [None]
    shown = "".join(request["messages"][-1]["content"] for request in scripted_provider.requests)
    assert all(f"Day {day}." in shown for day in range(400))
    facts = facts_by_name(desk.database, novel.project.id)
    assert len(facts["The harbour master hides something."]) == 1


def test_a_summary_whose_room_was_used_up_by_thinking_gets_more_of_it(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(text("<think>Who is Mara", finish_reason="length"))

    assert desk.work().kind is OutcomeKind.COMPLETED

    first, second = (r["max_tokens"] for r in scripted_provider.requests if not schema_name(r))
    assert second > first
    assert desk.queue.task(task_id).spent.tokens == 18 * (len(ALL_STEPS) + 1)


def test_a_summary_that_was_cut_ends_with_a_whole_sentence(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    scripted_provider.behaviours.append(text("Mara is home. She t", finish_reason="length"))

    assert desk.work().kind is OutcomeKind.COMPLETED

    with desk.database.read() as transaction:
        overview = transaction.chapters.overview(novel.chapters[0].id)
    assert overview.summary == "Mara is home."


def test_a_summary_bears_no_marks_of_the_question(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    copied = "<<<CHAPTER-a4c3\nMara is home.\nCHAPTER-a4c3>>>"
    scripted_provider.behaviours.append(text(copied))

    assert desk.work().kind is OutcomeKind.COMPLETED

    with desk.database.read() as transaction:
        overview = transaction.chapters.overview(novel.chapters[0].id)
    assert overview.summary == "Mara is home."
