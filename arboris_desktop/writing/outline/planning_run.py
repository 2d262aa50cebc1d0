"""The course of a run that plans chapters: request, check, store, request what is missing.

It is bounded: each answer brings at least one chapter, or counts as a stall; after two stalls in a
row the chapters are requested one by one in plain words, each at most twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.outline_runs import OutlineRun, PlannedChapter, RunKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import Bill, CallEnded, CallEvent, CallText
from arboris_desktop.writing.outline.answers import (
    read_chapters,
    read_plain_chapter,
    sound_chapters,
)
from arboris_desktop.writing.outline.question import (
    Build,
    ChapterQuestion,
    RangeQuestion,
    outline_of_run,
    planning_purpose,
)

_STALLS = 2
_SINGLE_ATTEMPTS = 2
_UNUSABLE = frozenset({ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER})


@record
class ChaptersPlanned:
    """Some chapters are stored.

    ``done`` of ``total`` chapters of the run have a plan. ``spent`` is the cost since the run was
    begun or resumed.
    """

    numbers: tuple[int, ...]
    done: int
    total: int
    spent: Spent


OutlineEvent = CallEvent | ChaptersPlanned


def missing_of(transaction: Transaction, run: OutlineRun) -> tuple[int, ...]:
    """The chapters that a run has still to plan."""
    return outline_of_run(transaction, run).to_be_planned(run.range)


class PlanningRun:
    """Plans what a run lacks; see ``writing.outline.Outlining.run``."""

    def __init__(self, database: Database, calls: ModelCalls, run: OutlineRun) -> None:
        self._database = database
        self._calls = calls
        self._run = run
        self._bill = Bill()
        self._in_words = False

    def end(self) -> CallEnded:
        """The total cost."""
        return CallEnded("", self._bill.provider, self._bill.spent)

    async def events(self) -> AsyncGenerator[OutlineEvent, None]:
        """Asks until nothing is missing."""
        stalls = 0
        while missing := await asyncio.to_thread(self._missing):
            if self._in_words or stalls >= _STALLS:
                # A model that failed twice will not succeed for the next range either.
                self._in_words = True
                work = self._ask_for_one(missing[0])
            else:
                work = self._ask_for_range(missing)
            stalls += 1
            async with aclosing(work) as events:
                async for event in events:
                    if isinstance(event, ChaptersPlanned):
                        stalls = 0
                    yield event

    async def _ask_for_range(self, missing: Sequence[int]) -> AsyncGenerator[OutlineEvent, None]:
        question = RangeQuestion(self._database, self._run, missing)

        def read(text: str) -> list[PlannedChapter]:
            return sound_chapters(read_chapters(text), question.asked, question.outline)

        async with aclosing(self._ask(question.prompt, question.build, read)) as events:
            async for event in events:
                yield event

    async def _ask_for_one(self, number: int) -> AsyncGenerator[OutlineEvent, None]:
        for _ in range(_SINGLE_ATTEMPTS):
            question = ChapterQuestion(self._database, self._run, number)

            def read(text: str, question: ChapterQuestion = question) -> list[PlannedChapter]:
                titles = [chapter.title for chapter in question.outline.chapters]
                found = read_plain_chapter(text, number, titles)
                return sound_chapters([found] if found else [], [number], question.outline)

            async with aclosing(self._ask(question.prompt, question.build, read)) as events:
                async for event in events:
                    yield event
                    if isinstance(event, ChaptersPlanned):
                        return
        raise ProviderError(
            ErrorKind.INVALID_ANSWER, f"the model brought no usable plan for chapter {number}"
        )

    async def _ask(
        self, prompt: str, build: Build, read: Callable[[str], list[PlannedChapter]]
    ) -> AsyncGenerator[OutlineEvent, None]:
        """Makes one call. What arrived is stored even if the call breaks off or is stopped."""
        purpose = planning_purpose(prompt, self._run.project_id)
        said = ""
        stored: tuple[int, ...] = ()
        try:
            async with aclosing(self._calls.stream(purpose, build)) as stream:
                async for event in stream:
                    if isinstance(event, CallEnded):
                        self._bill.add(event)
                        continue
                    if isinstance(event, CallText):
                        said = event.after(said)
                    yield event
        except ProviderError as error:
            if error.kind not in _UNUSABLE:
                raise
            self._bill.add_lost(error)
        finally:
            stored = await self._keep(read(said))
        if stored:
            yield await asyncio.to_thread(self._progress, stored)

    async def _keep(self, planned: Sequence[PlannedChapter]) -> tuple[int, ...]:
        if not planned:
            return ()
        # A second stop must not lose what arrived, nor must a short lock or a full disk.
        return await asyncio.shield(patiently(lambda: self._store(planned)))

    def _store(self, planned: Sequence[PlannedChapter]) -> tuple[int, ...]:
        run = self._run
        with self._database.write() as transaction:
            if run.kind is RunKind.FILL:
                return transaction.outlines.fill(run.project_id, planned)
            transaction.outline_runs.add_proposals(run.id, planned)
            return tuple(chapter.number for chapter in planned)

    def _missing(self) -> tuple[int, ...]:
        with self._database.read() as transaction:
            self._run = transaction.outline_runs.get(self._run.id)
            return missing_of(transaction, self._run)

    def _progress(self, stored: tuple[int, ...]) -> ChaptersPlanned:
        with self._database.read() as transaction:
            outline = outline_of_run(transaction, self._run)
        missing = len(outline.to_be_planned(self._run.range))
        kept = sum(outline.by_number[n].has_text for n in self._run.range if n in outline.by_number)
        total = len(self._run.range) - kept
        return ChaptersPlanned(stored, total - missing, total, self._bill.spent)
