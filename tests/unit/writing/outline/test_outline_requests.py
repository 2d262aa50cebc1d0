"""Requests for plans: the model is told what it needs, and a preview is exactly what is sent."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.concept import Brief, Topic
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import RunKind
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.outline.book import plan_whole_book
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining
from tests.support.outline_provider import asked_numbers, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    prompt_of,
    schema_name,
)
from tests.unit.writing.outline.outline_runs import fill


def test_a_request_tells_what_is_near_and_the_plan_of_the_volume(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(plan_whole_book(outlining, editing, empty, 40, volumes=4))
    asked = [prompt_of(r) for r in scripted_provider.requests[1:]]
    assert len(asked) == 4, "a range does not reach into the next volume"
    assert "volume 2 Tide 2 (chapters 11–20)" in asked[1]
    assert "What the tide of year 2 takes." in asked[1]
    assert "Then comes volume 3 Tide 3" in asked[1]
    assert "10. The night of lamp 10: Mara lights lamp 10" in asked[1]
    assert "Planned or written so far: 10 of 40 chapters." in asked[1]
    assert "The tide stays away." in asked[1]


def test_a_request_tells_what_the_dialogue_has_settled(
    outlining: Outlining, database: Database, empty: str, scripted_provider: ScriptedProvider
) -> None:
    with database.write() as transaction:
        brief = Brief().with_text(Topic.ENDING, "The tide comes back, and takes the town.")
        transaction.concepts.set_brief(empty, brief)
    scripted_provider.rule = planning_rule()
    fill(outlining, empty, 3)
    asyncio.run(outlining.plan_volumes(empty, 2, 30))
    for request in scripted_provider.requests:
        assert "- The tide comes back, and takes the town." in prompt_of(request)


def test_the_request_for_chapter_490_is_no_longer_than_that_for_40(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(plan_whole_book(outlining, editing, empty, 500))
    sizes = {
        asked_numbers(r)[0]: len(prompt_of(r))
        for r in scripted_provider.requests
        if schema_name(r) == "plan_chapters" and len(asked_numbers(r)) == 10
    }
    near, far = min(n for n in sizes if n > 30), max(sizes)
    assert far > 470
    assert sizes[far] < sizes[near] * 1.1


def test_the_preview_is_what_is_sent(
    outlining: Outlining, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    shown = asyncio.run(outlining.preview(empty, RunKind.FILL, ChapterRange(1, 12), "Rain."))
    assert scripted_provider.requests == []
    fill(outlining, empty, 12, instruction="Rain.")
    sent = scripted_provider.requests[0]["messages"]
    assert [m["content"] for m in sent] == [m.content for m in shown.messages]
    with pytest.raises(RuleError, match="have a plan"):
        asyncio.run(outlining.preview(empty, RunKind.FILL, ChapterRange(1, 12)))


def test_the_previews_of_volumes_and_of_a_split_are_what_is_sent(
    outlining: Outlining, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    project_id, chapter_id = novel.project.id, novel.chapters[0].id
    volumes = asyncio.run(outlining.preview_volumes(project_id, 2, 30))
    asyncio.run(outlining.plan_volumes(project_id, 2, 30))
    split = asyncio.run(outlining.preview_split(project_id, chapter_id, "At dusk."))
    answer = asyncio.run(outlining.propose_split(project_id, chapter_id, "At dusk."))
    sent = [[m["content"] for m in r["messages"]] for r in scripted_provider.requests]
    assert sent == [[m.content for m in shown.messages] for shown in (volumes, split)]
    assert (answer.value.first.title, answer.value.second.title) == ("Ebb", "Flow")
    with pytest.raises(RuleError):
        asyncio.run(outlining.plan_volumes(project_id, 5, 3))
