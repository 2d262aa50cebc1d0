"""A run that failed, broke off or was stopped keeps what came, and goes on from there."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import aclosing
from dataclasses import replace

import pytest

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_changes import OutlinePlace, insert_chapter
from arboris_desktop.domain.outline_runs import OutlineRunStatus, RunKind
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.call_events import CallText
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.outline.book import plan_whole_book
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining, WaitingSplit, WaitingVolumes
from tests.support.outline_provider import asked_numbers, planned, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    in_two_parts,
    json_answer,
    reset_after,
    schema_name,
    stall,
)
from tests.unit.writing.outline.outline_runs import collect, fill, is_perfect, tokens_of


def test_a_failed_run_goes_on_at_the_first_missing_chapter(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    first = {"chapters": [planned(n) for n in range(1, 11)]}
    scripted_provider.behaviours.extend([json_answer(first), error(503, "overloaded")])
    with pytest.raises(ProviderError):
        fill(outlining, empty, 30)
    left = outlining.unfinished(empty)
    assert left is not None
    assert left.status is OutlineRunStatus.FAILED
    assert len(editing.open(empty).chapters) == 10

    asyncio.run(collect(outlining, left.id))

    assert asked_numbers(scripted_provider.requests[2])[0] == 11
    assert is_perfect(editing.open(empty), 30)


def test_what_came_before_a_broken_connection_is_kept(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 11)]})
    scripted_provider.behaviours.append(reset_after(whole[:450]))
    with pytest.raises(ProviderError):
        fill(outlining, empty, 10)
    kept = [c.number for c in editing.open(empty).chapters]
    assert kept == list(range(1, len(kept) + 1))
    assert 2 <= len(kept) < 10


def test_a_stopped_run_keeps_what_came_and_goes_on(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 11)]})
    scripted_provider.rule = planning_rule()
    scripted_provider.behaviours.append(stall(after=whole[:450]))
    run = outlining.begin(empty, RunKind.FILL, ChapterRange(1, 10))

    async def stop_when_text_came() -> None:
        async with aclosing(outlining.run(run.id)) as events:
            async for event in events:
                if isinstance(event, CallText):
                    return

    asyncio.run(stop_when_text_came())

    left = outlining.unfinished(empty)
    assert left is not None
    assert left.status is OutlineRunStatus.STOPPED
    kept = len(editing.open(empty).chapters)
    assert kept >= 2
    asyncio.run(collect(outlining, run.id))
    assert asked_numbers(scripted_provider.requests[1])[0] == kept + 1
    assert is_perfect(editing.open(empty), 10)


def test_what_the_author_plans_meanwhile_stays(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 6)]})
    scripted_provider.behaviours.append(in_two_parts(whole[:10], whole[10:], gate))
    run = outlining.begin(empty, RunKind.FILL, ChapterRange(1, 5))

    async def plan_one_oneself() -> None:
        async with aclosing(outlining.run(run.id)) as events:
            async for event in events:
                if isinstance(event, CallText) and not gate.is_set():
                    editing.change(empty, first_by_author)
                    gate.set()

    def first_by_author(outline: Outline) -> Outline:
        return insert_chapter(outline, OutlinePlace(0, 0), "Mine", "My own plan.")

    asyncio.run(plan_one_oneself())
    outline = editing.open(empty)
    assert [c.number for c in outline.chapters] == [1, 2, 3, 4, 5]
    assert (outline.chapters[0].title, outline.chapters[0].plan) == ("Mine", "My own plan.")


def test_volumes_and_a_split_wait_for_the_author_also_over_a_crash(
    outlining: Outlining,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    project_id, chapter_id = novel.project.id, novel.chapters[0].id
    planned = asyncio.run(outlining.plan_volumes(project_id, 2, 30, "Two ebbs.")).value
    split = asyncio.run(outlining.propose_split(project_id, chapter_id)).value
    chapter = OutlineEditing(database).open(project_id).by_id[chapter_id]

    # Another program knows nothing but what is stored.
    again = Outlining(database, outlining._calls)
    waiting = again.waiting_volumes(project_id)
    assert waiting == WaitingVolumes(2, 30, "Two ebbs.", planned)
    assert again.waiting_split(project_id, chapter) == WaitingSplit("", split)
    taken = replace(chapter, title=split.first.title, plan=split.first.plan)
    assert again.waiting_split(project_id, taken) is None, "it is applied once"

    with database._store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE kept_answers SET content = json_set(content, '$.answer', json('[7]'))"
        )
    assert again.waiting_volumes(project_id) is None
    assert again.waiting_split(project_id, chapter) is None
    again.forget_volumes(project_id)
    again.forget_split(project_id, chapter_id)
    with database.read() as transaction:
        assert transaction.kept_answers.of_project(project_id) == []


def test_volumes_that_were_paid_for_before_a_crash_are_taken(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(outlining.plan_volumes(empty, 3, 20))

    done = asyncio.run(plan_whole_book(outlining, editing, empty, 20, volumes=3))

    names = [schema_name(request) for request in scripted_provider.requests]
    assert names.count("plan_volumes") == 1
    assert len(done.outline.volumes) == 3
    assert outlining.waiting_volumes(empty) is None


def test_a_book_is_outlined_and_goes_on_where_it_stopped(
    outlining: Outlining,
    editing: OutlineEditing,
    database: Database,
    empty: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(plan_whole_book(outlining, editing, empty, 10))
    assert len(scripted_provider.requests) == 1, "a short book has no volumes"
    before = tokens_of(database, empty)
    done = asyncio.run(plan_whole_book(outlining, editing, empty, 20, volumes=2))
    assert is_perfect(done.outline, 20)
    planning = tokens_of(database, empty) - before
    assert done.spent.tokens == planning, "the plan of the volumes is paid for, too"
    assert [group.volume and group.volume.title for group in done.outline.groups] == [
        "Tide 1",
        "Tide 2",
    ]
    count = len(scripted_provider.requests)
    asyncio.run(plan_whole_book(outlining, editing, empty, 20))
    assert len(scripted_provider.requests) == count, "nothing is left to ask"
