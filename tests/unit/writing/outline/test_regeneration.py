"""Plans that are made again: what they meet, and that they wait for the author."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.codex import EntryKind, Origin
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume, VersionOrigin
from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import OutlineRunStatus, RunKind
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.regeneration import Regeneration, taken_over
from tests.support.outline_provider import asked_numbers, cut_off, planned, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    prompt_of,
)
from tests.unit.writing.outline.outline_runs import collect


@pytest.fixture
def half_written(database: Database) -> str:
    """Ten planned chapters, of which 4 and 9 are written."""
    chapters = tuple(
        OutlineChapter(f"Old {n}", f"Old plan {n}" + (" with Anselm." if n in (5, 8) else "."))
        for n in range(1, 11)
    )
    project_id = Novels(database).create(
        NewNovel(title="The Long Ebb", volumes=(OutlineVolume("", chapters),))
    )
    with database.write() as transaction:
        for number in (4, 9):
            chapter = transaction.chapters.by_number(project_id, number)
            transaction.chapters.add_version(
                chapter.id, content="Text.", word_count=1, origin=VersionOrigin.AUTHOR
            )
        transaction.codex.add_entry(project_id, EntryKind.CHARACTER, "Anselm", origin=Origin.AUTHOR)
        seed = transaction.codex.add_entry(
            project_id, EntryKind.FORESHADOWING, "The key", origin=Origin.AUTHOR
        )
        transaction.codex.change_entry(seed, due_chapter=6)
    return project_id


def test_regenerating_says_what_it_meets(database: Database, half_written: str) -> None:
    met = Regeneration(database).impact(half_written, ChapterRange(3, 6))
    assert [c.number for c in met.kept] == [4]
    assert [c.number for c in met.replaced] == [3, 5, 6]
    assert met.planned == (3, 5, 6)
    assert [c.number for c in met.later_written] == [9]
    assert [(seed.name, seed.chapters) for seed in met.seeds] == [("The key", (6,))]
    assert met.alerts == ()


def test_regenerated_plans_wait_for_the_author(
    outlining: Outlining,
    editing: OutlineEditing,
    database: Database,
    half_written: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    before = editing.open(half_written)
    run = outlining.begin(half_written, RunKind.REGENERATE, ChapterRange(3, 6), "Darker.")
    asyncio.run(collect(outlining, run.id))

    assert editing.open(half_written) == before, "nothing is changed before the author accepts"
    assert asked_numbers(scripted_provider.requests[0]) == [3, 5, 6]
    prompt = prompt_of(scripted_provider.requests[0])
    assert "Old plan 5" not in prompt
    assert "4. Old 4 (written)" in prompt
    waiting = outlining.unfinished(half_written)
    assert waiting is not None
    assert waiting.status is OutlineRunStatus.COMPLETED
    result = Regeneration(database).result(run.id)
    assert [(c.old.plan if c.old else "", c.new.number) for c in result.comparisons] == [
        ("Old plan 3.", 3),
        ("Old plan 5 with Anselm.", 5),
        ("Old plan 6.", 6),
    ]
    assert [(lost.name, lost.old, lost.later) for lost in result.lost] == [("Anselm", (5,), (8,))]

    editing.change_chapter(before.by_number[6].id, "Old 6", "The author's own since.")
    made = editing.change(half_written, taken_over(result, {3, 6}))

    plans = {c.number: c.plan for c in made.after.chapters}
    assert plans[3] == planned(3)["plan"]
    assert plans[5] == "Old plan 5 with Anselm."
    assert plans[6] == "The author's own since."
    assert editing.undo(made).by_number[3].plan == "Old plan 3."
    outlining.settle(run.id)
    assert outlining.unfinished(half_written) is None


def test_a_regeneration_that_failed_goes_on(
    outlining: Outlining,
    database: Database,
    half_written: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule(lambda chapters, turn: chapters[: 1 if not turn else 9])
    run = outlining.begin(half_written, RunKind.REGENERATE, ChapterRange(1, 3))
    scripted_provider.behaviours.append(
        cut_off([planned(n) for n in (1, 2, 3)], 150),
    )
    asyncio.run(collect(outlining, run.id))
    assert [asked_numbers(r) for r in scripted_provider.requests] == [[1, 2, 3], [2, 3], [3]]
    result = Regeneration(database).result(run.id)
    assert [c.new.plan for c in result.comparisons] == [planned(n)["plan"] for n in (1, 2, 3)]
