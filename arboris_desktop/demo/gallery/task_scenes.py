"""Background work for the gallery: a task in each state, stored as the queue stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from arboris_desktop.domain.chapter_writers import Program
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.merge_counts import MergeCounts
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import MAX_PRIORITY, AnalysisStep, AnalysisTask
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.tasks.notifications import after_completion, after_failure
from arboris_desktop.tasks.supervision import LEASE
from arboris_desktop.writing.chapters.drafting import store_chapter

if TYPE_CHECKING:
    from arboris_desktop.storage.database import Transaction

STATES = 4
"""One task of each: running, failed, waiting, done."""

_SHARES = (0.9, 0.8, 0.7)
"""Shares of the sample's text that the second, third and fourth chapter are given."""


def another_process(environment: Mapping[str, str]) -> Services:
    """The library as another process has it: to the window its writes are those of a stranger."""
    return build_services(environment, SessionKeyStore(), program=Program.COMMAND)


def tasks_in_each_state(services: Services, chapters: Sequence[ChapterOverview], text: str) -> int:
    """Has the first chapter under analysis, the second failed, the third waiting, the fourth done.

    The queue must be paused: a processor at work would take them. Returns the failed task's id.
    """
    first, second, third, fourth = chapters[:4]
    paragraphs = text.split("\n\n")
    for chapter, share in zip((second, third, fourth), _SHARES, strict=True):
        part = "\n\n".join(paragraphs[: round(share * len(paragraphs))])
        store_chapter(services.database, chapter.id, part, provider="SmolLM2-135M")
    services.queue.add_chapter(first.id)
    with services.database.write() as transaction:
        paused = transaction.settings.get(QueueSettings)
        # Nothing is claimed while the queue is paused; nobody else sees it go on meanwhile.
        transaction.settings.set(replace(paused, paused=False))
        _complete(transaction, _claimed(services, transaction, fourth))
        failed = _claimed(services, transaction, second)
        _fail(transaction, failed)
        running = _claimed(services, transaction, first)
        transaction.attempts.begin_step(running, AnalysisStep.CHARACTER_TRACKING)
        transaction.settings.set(paused)
    return failed.id


def _claimed(
    services: Services, transaction: Transaction, chapter: ChapterOverview
) -> AnalysisTask:
    """The chapter's task, taken before all others."""
    waiting = transaction.queue.latest_of_chapter(chapter.id)
    assert waiting is not None
    transaction.queue.set_priority(waiting.id, MAX_PRIORITY)
    task = transaction.attempts.claim_next(services.instance.owner, LEASE)
    assert task is not None
    assert task.chapter_id == chapter.id
    return task


def _complete(transaction: Transaction, task: AnalysisTask) -> None:
    counts, spent = MergeCounts(characters=3, changes=4, world=2, seeds=1), Spent()
    transaction.attempts.complete(
        task, result={"counts": counts.to_json()}, spent=spent, duration_seconds=75.0
    )
    after_completion(transaction, task, counts, spent)


def _fail(transaction: Transaction, task: AnalysisTask) -> None:
    kind, message = ErrorKind.UNAUTHORIZED, "HTTP 401"
    transaction.attempts.fail(task, error_type=kind.value, message=message, duration_seconds=2.0)
    after_failure(transaction, task, kind, message)
