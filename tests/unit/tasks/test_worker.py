"""A task from its claim to its end, against a real server and a real database."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import EntryKind, FactStatus
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.tasks import AnalysisStep, GenerationConfig, TaskStatus
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import (
    ScriptedProvider,
    perfect_rule,
)
from tests.unit.conftest import FACTS, TEXT, Desk
from tests.unit.tasks.worker_samples import ALL_STEPS, facts_by_name


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
