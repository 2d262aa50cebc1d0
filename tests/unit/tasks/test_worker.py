"""A task from its claim to its end, against a real server and a real database."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain import profiles
from arboris_desktop.domain.codex import CodexFact, EntryKind, FactStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.tasks import (
    AnalysisStep,
    GenerationConfig,
    NotificationType,
    TaskStatus,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.tasks import supervision
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_exchange import Exchange
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    html,
    json_answer,
    perfect_rule,
    reset_after,
    schema_name,
    stall,
    text,
)
from tests.unit.conftest import FACTS, TEXT, Desk

ALL_STEPS = [None, "character_tracking", "new_characters", "world_expansion", "foreshadowing"]


def facts_by_name(database: Database, project_id: str) -> dict[str, tuple[CodexFact, ...]]:
    with database.read() as transaction:
        return {entry.name: entry.facts for entry in transaction.codex.entries(project_id)}


def test_all_facts_reach_the_codex_with_their_evidence(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    assert desk.work().kind is OutcomeKind.COMPLETED

    facts = facts_by_name(desk.database, novel.project.id)
    (hint,) = facts["The harbour master hides something."]
    (tobias,) = facts["Tobias Reed"]
    assert TEXT[slice(hint.start, hint.end)] == "would not meet her eyes"
    # The model wrote other quotation marks than the chapter has.
    assert TEXT[slice(tobias.start, tobias.end)] == "“You are late,” said Tobias Reed"
    assert tobias.status is FactStatus.ACCEPTED
    assert [fact.status for fact in facts["Saltwick"]] == [FactStatus.LOW_CONFIDENCE]
    with desk.database.read() as transaction:
        assert transaction.chapters.overview(hint.chapter_id).summary == FACTS.summary


def test_a_claim_without_a_quotation_in_the_text_is_set_apart(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    desk.work()

    facts = facts_by_name(desk.database, novel.project.id)["Mara"]
    statuses = {fact.statement: (fact.status, fact.start) for fact in facts}
    assert statuses["She is happy."] == (FactStatus.UNSUPPORTED, None)
    assert statuses["She has lost her trust in the sea."][0] is FactStatus.ACCEPTED


def test_a_name_proves_nothing_that_later_chapters_are_told(
    desk: Desk, novel: NovelContents, task_id: int, scripted_provider: ScriptedProvider
) -> None:
    tracked: Any = FACTS.answers["character_tracking"]
    change = tracked["changes"][0]
    death = {"change": "Mara died.", "attribute": "life", "value": "dead", "other_character": ""}
    weak = [
        {**change, **death, "quotation": quotation}
        for quotation in ("Mara", "said Tobias Reed", "Tobias Reed", "the")
    ]
    answers = {**FACTS.answers, "character_tracking": {"changes": weak}}
    scripted_provider.rule = perfect_rule(replace(FACTS, answers=answers))

    desk.work()

    project_id = novel.project.id
    with desk.database.read() as transaction:
        entries = transaction.codex.entries(project_id)
        told = [glance.name for glance in transaction.story.glances(project_id, before=99)]
    facts = {fact.quotation: fact for entry in entries for fact in entry.facts}
    assert facts["Mara"].status is FactStatus.TO_CHECK
    assert not any(fact.counts for fact in facts.values() if fact.statement == "Mara died.")
    assert "Mara" not in told
    assert Codex(desk.database).overview(project_id).counts.to_check == 1, "the strongest is kept"


def test_a_completed_task_notifies_once_with_the_counts(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    desk.work()

    with desk.database.read() as transaction:
        (notification,) = transaction.notifications.list()
        task = transaction.queue.get(task_id)
    assert notification.type is NotificationType.COMPLETED
    assert notification.chapter_title == "The Harbour"
    assert notification.data == {
        "characters": 2,
        "changes": 0,
        "world": 0,
        "seeds": 1,
        "low_confidence": 1,
        "unsupported": 1,
        "proposed": 0,
        "developments": 0,
        "kept": 0,
    }
    assert task.status is TaskStatus.COMPLETED
    assert task.spent.tokens == 18 * len(ALL_STEPS)
    assert (task.current_step, task.lease_owner, task.error_type) == (None, None, None)


def test_steps_are_reported_and_asked_for_in_order(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    reported: list[AnalysisStep] = []

    desk.worker.run(desk.claim(), threading.Event(), lambda _id, step: reported.append(step))

    assert reported == list(AnalysisStep)
    assert scripted_provider.schema_names() == ALL_STEPS


def test_a_retry_does_not_repeat_finished_steps(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    def fails_at_the_world(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "world_expansion":
            return error(503, "overloaded")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = fails_at_the_world
    outcome = desk.work()
    first = scripted_provider.schema_names()
    scripted_provider.rule = perfect_rule(FACTS)
    again = desk.work_again()

    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.SERVER_ERROR)
    assert first == ALL_STEPS[:4]
    assert again.kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names()[4:] == ["world_expansion", "foreshadowing"]
    (failure,) = desk.queue.failures(task_id)
    assert (failure.step, failure.attempt) == (AnalysisStep.WORLD_EXPANSION, 1)


def test_a_summary_is_there_although_a_later_step_failed_for_good(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    def refuses_the_world(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "world_expansion":
            return error(401, "bad key")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = refuses_the_world

    assert desk.work().kind is OutcomeKind.FAILED

    with desk.database.read() as transaction:
        chapter_id = transaction.queue.get(task_id).chapter_id
        assert transaction.chapters.overview(chapter_id).summary == FACTS.summary


def test_a_provider_that_asks_to_wait_is_left_alone_that_long(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(error(429, "slow down", Retry_After="120"))
    before = datetime.now(UTC)

    outcome = desk.work()

    task = desk.queue.task(task_id)
    assert outcome.kind is OutcomeKind.POSTPONED
    assert task.status is TaskStatus.PENDING
    assert task.not_before is not None
    assert task.not_before >= before + timedelta(seconds=120)
    assert task.error_type == ErrorKind.RATE_LIMITED


def test_a_task_fails_for_good_after_its_retries(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.rule = lambda _request: error(500, "broken")

    outcomes = [desk.work_again().kind for _ in range(4)]

    assert outcomes == [OutcomeKind.POSTPONED] * 3 + [OutcomeKind.FAILED]
    assert desk.queue.task(task_id).status is TaskStatus.FAILED
    assert len(desk.queue.failures(task_id)) == 4
    with desk.database.read() as transaction:
        (notification,) = transaction.notifications.list()
    assert notification.type is NotificationType.FAILED
    assert notification.data == {"error_type": "server_error"}


@pytest.mark.parametrize(
    ("code", "kind"), [(401, ErrorKind.UNAUTHORIZED), (402, ErrorKind.QUOTA_EXHAUSTED)]
)
def test_a_final_error_is_not_tried_again(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int, code: int, kind: ErrorKind
) -> None:
    scripted_provider.behaviours.append(error(code, "no"))

    outcome = desk.work()

    assert (outcome.kind, outcome.error) == (OutcomeKind.FAILED, kind)
    assert len(scripted_provider.requests) == 1
    assert desk.queue.claim_next() is None


def test_the_author_can_retry_a_failed_task(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.extend([text(FACTS.summary), error(401, "no such key")])
    assert desk.work().kind is OutcomeKind.FAILED

    desk.queue.retry(task_id)

    assert desk.work().kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names().count(None) == 1


def test_a_web_page_instead_of_an_api_is_said_to_be_one(
    desk: Desk, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    scripted_provider.behaviours.append(html())

    assert desk.work().error is ErrorKind.NOT_AN_API


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


def test_a_short_chapter_is_only_summarised(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    Preferences(desk.database).set(GenerationConfig())
    desk.queue.add_chapter(novel.chapters[0].id)

    assert desk.work().kind is OutcomeKind.COMPLETED
    assert scripted_provider.schema_names() == [None]


def test_steps_that_are_switched_off_do_not_run(
    desk: Desk, scripted_provider: ScriptedProvider, novel: NovelContents, task_id: int
) -> None:
    Preferences(desk.database).set(
        GenerationConfig(
            new_characters=False, world_expansion=False, foreshadowing=False, min_chapter_length=50
        )
    )
    desk.queue.add_chapter(novel.chapters[0].id)

    desk.work()

    assert scripted_provider.schema_names() == [None, "character_tracking"]


def test_analysing_a_chapter_twice_replaces_its_facts(
    desk: Desk, novel: NovelContents, task_id: int
) -> None:
    desk.work()
    before = facts_by_name(desk.database, novel.project.id)
    desk.queue.add_chapter(novel.chapters[0].id)
    desk.work()

    after = facts_by_name(desk.database, novel.project.id)
    assert {name: len(facts) for name, facts in after.items()} == {
        name: len(facts) for name, facts in before.items()
    }


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


def test_a_known_character_is_recognised_by_an_alias(
    desk: Desk, novel: NovelContents, scripted_provider: ScriptedProvider, task_id: int
) -> None:
    desk.work()
    chapter = novel.chapters[1]
    with desk.database.write() as transaction:
        transaction.chapters.add_version(
            chapter.id,
            content="The harbour master wept over the letter. " * 3,
            word_count=21,
            origin=VersionOrigin.AUTHOR,
        )
    change = {
        "quotation": "The harbour master wept over the letter.",
        "character": "The Harbour Master",
        "change": "He grieves.",
        "reason": "The letter.",
        "confidence": 0.9,
    }
    facts = replace(FACTS, answers={"character_tracking": {"changes": [change]}})
    scripted_provider.rule = perfect_rule(facts)
    desk.queue.add_chapter(chapter.id)

    assert desk.work().kind is OutcomeKind.COMPLETED

    with desk.database.read() as transaction:
        people = transaction.codex.entries(novel.project.id, [EntryKind.CHARACTER])
    statements = {entry.name: [fact.statement for fact in entry.facts] for entry in people}
    assert statements["Tobias Reed"] == ["The harbour master.", "He grieves."]
    assert sorted(statements) == ["Mara", "Tobias Reed"]


def test_a_slow_model_nearby_has_more_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, task_id: int
) -> None:
    at_once = Exchange.delta

    def slowly(exchange: Exchange, piece: str) -> None:
        at_once(exchange, piece)
        exchange.pause(0.05)

    monkeypatch.setattr(Exchange, "delta", slowly)
    hurried = replace(desk, worker=desk.worker.limited_to(0.05))
    monkeypatch.setattr(profiles, "SLOWNESS_NEAR", 1)
    outcome = hurried.work()
    assert (outcome.kind, outcome.error) == (OutcomeKind.POSTPONED, ErrorKind.TOTAL_TIMEOUT)
    monkeypatch.setattr(profiles, "SLOWNESS_NEAR", 100_000)
    assert hurried.work_again().kind is OutcomeKind.COMPLETED
