"""Runs of the planner, from their beginning to their end."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_runs import RunKind
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.planning_run import OutlineEvent
from tests.support.outline_provider import planned


async def collect(outlining: Outlining, run_id: int) -> list[OutlineEvent]:
    async with aclosing(outlining.run(run_id)) as events:
        return [event async for event in events]


def fill(
    outlining: Outlining, project_id: str, last: int, first: int = 1, instruction: str = ""
) -> list[OutlineEvent]:
    within = ChapterRange(first, last)
    run = outlining.begin(project_id, RunKind.FILL, within, instruction)
    return asyncio.run(collect(outlining, run.id))


def is_perfect(outline: Outline, last: int) -> bool:
    assert not outline.problems
    return [c.number for c in outline.chapters] == list(range(1, last + 1)) and all(
        c.plan == planned(c.number)["plan"] for c in outline.chapters
    )


def tokens_of(database: Database, project_id: str) -> int:
    with database.read() as transaction:
        return transaction.calls.spent(project_id=project_id).tokens
