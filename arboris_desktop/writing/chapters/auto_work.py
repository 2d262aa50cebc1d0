"""The work of the auto-writer: each chapter in turn is written, chosen and analysed.

The state of a chapter is read from the database each time, so that an interrupted run resumes from
there: it finishes the draft or the round that was begun, and does nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import replace

from arboris_desktop.domain.auto_runs import (
    UNFINISHED,
    AutoRun,
    AutoRunStatus,
    AutoStep,
    ChooseBy,
    StopReason,
)
from arboris_desktop.domain.candidates import CandidateRound, RoundEvaluation
from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.errors import (
    NOT_WHOLE,
    ArborisError,
    ErrorKind,
    ProviderError,
    RuleError,
)
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.record import record
from arboris_desktop.domain.retry import backoff_seconds
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.writing.chapters.auto_events import (
    AutoProgress,
    AutoText,
    QueueChanged,
    TellAuto,
)
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import CandidateEvent, Candidates
from arboris_desktop.writing.chapters.drafting import Drafting
from arboris_desktop.writing.chapters.evaluation import Evaluation
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.stopwatch import Stopwatch
from arboris_desktop.writing.novels import Novels

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""Attempts at one chapter before the run waits for the author."""

_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)
_ENDED = (TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED)


class StopRunError(Exception):
    """The run waits for the author from here on."""

    def __init__(self, reason: StopReason, detail: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@record
class Writers:
    """The use cases that a run needs."""

    novels: Novels
    drafting: Drafting
    candidates: Candidates
    rounds: CandidateRounds
    evaluation: Evaluation
    register: ChapterRegister


class AutoWork:
    """One stretch of a run, from where it waited."""

    def __init__(
        self, database: Database, writers: Writers, queue_changed: QueueChanged, tell: TellAuto
    ) -> None:
        self._database = database
        self._writers = writers
        self._queue_changed = queue_changed
        self._tell = tell
        self.stopwatch = Stopwatch()
        self._seen_alerts: frozenset[int] = frozenset()
        self._forgiven_chapter: int | None = None

    async def to_the_end(self, waited: AutoRun) -> None:
        """Works until the run is complete.

        Raises ``StopRunError`` if the author is needed, and any error that keeps a chapter from
        being written.
        """
        # A cause that the author has already been told does not stop the run again.
        self._seen_alerts = await asyncio.to_thread(self._open_alerts, waited.project_id)
        if waited.stop_reason is StopReason.ANALYSIS:
            self._forgiven_chapter = waited.next_chapter
        while True:
            run = await asyncio.to_thread(self._look, waited.id)
            if run.next_chapter > run.last_chapter:
                await asyncio.to_thread(self._complete, run.id)
                return
            if reason := run.reached_bound:
                raise StopRunError(reason)
            chapter = await asyncio.to_thread(
                self._writers.novels.ensure_chapter, run.project_id, run.next_chapter
            )
            if not chapter.is_written:
                await self._write_alone(run, chapter)
            await self._after(run, chapter.id)
            await asyncio.to_thread(self._advance, run)

    def _tell_step(self, run: AutoRun, chapter: ChapterOverview, step: AutoStep) -> None:
        """Tells what is done now, with the time that the run took until now."""
        now = replace(run, seconds=run.seconds + self.stopwatch.seconds)
        self._tell(AutoProgress(now, chapter, step))

    def _look(self, run_id: int) -> AutoRun:
        """Reads the run, with the elapsed time added to it."""
        with self.stopwatch.counted() as seconds, self._database.write() as transaction:
            transaction.auto_runs.add_seconds(run_id, seconds)
            run = transaction.auto_runs.get(run_id)
        if run.status not in UNFINISHED:
            raise StopRunError(StopReason.AUTHOR)
        return run

    def _complete(self, run_id: int) -> None:
        with self._database.write() as transaction:
            transaction.auto_runs.change_status(run_id, AutoRunStatus.COMPLETED)

    def _advance(self, run: AutoRun) -> None:
        with self._database.write() as transaction:
            transaction.auto_runs.advance(run.id, run.next_chapter + 1)

    # --- one chapter ---

    async def _write_alone(self, run: AutoRun, chapter: ChapterOverview) -> None:
        """Reserves the chapter from its first request until a text is chosen."""
        async with self._writers.register.reserve(chapter.id, WriterKind.AUTO, run.id):
            # A previous writer may have stored it meanwhile.
            present = await asyncio.to_thread(self._overview, chapter.id)
            if not present.is_written:
                await self._write_patiently(run, chapter)

    async def _write_patiently(self, run: AutoRun, chapter: ChapterOverview) -> None:
        """Retries after a transient failure; the tokens of each attempt count towards the bound."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                await self._write(run, chapter)
                return
            except ArborisError as error:
                # The author decides what happens to an incomplete answer.
                is_final = not error.retryable or error.kind in NOT_WHOLE
                if is_final or attempt == MAX_ATTEMPTS:
                    raise
                log.warning("run %d, chapter %d: %s", run.id, chapter.number, error)
                after = error.retry_after if isinstance(error, ProviderError) else None
            run = await asyncio.to_thread(self._look, run.id)
            if reason := run.reached_bound:
                raise StopRunError(reason)
            self._tell_step(run, chapter, AutoStep.WAITING)
            await asyncio.sleep(backoff_seconds(attempt, retry_after=after))

    async def _write(self, run: AutoRun, chapter: ChapterOverview) -> None:
        self._tell_step(run, chapter, AutoStep.WRITING)
        begun = await asyncio.to_thread(self._undecided, run, chapter)
        if begun is None and run.options.candidates == 1:
            await self._draft(run, chapter)
        else:
            candidates = await self._candidates(run, chapter, begun)
            await self._choose(run, chapter, candidates)
        self._tell_step(run, chapter, AutoStep.STORED)

    def _undecided(self, run: AutoRun, chapter: ChapterOverview) -> CandidateRound | None:
        undecided = reversed(self._writers.rounds.undecided(run.project_id))
        of_chapter = (one for one in undecided if one.chapter_id == chapter.id)
        return next((one for one in of_chapter if one.is_for_runs), None)

    async def _draft(self, run: AutoRun, chapter: ChapterOverview) -> None:
        draft = await asyncio.to_thread(self._writers.drafting.draft, chapter.id)
        events = self._writers.drafting.write(
            chapter.id, resume=draft is not None, auto_run_id=run.id
        )
        async with aclosing(events):
            async for event in events:
                self._tell(AutoText(chapter.id, event))

    async def _candidates(
        self, run: AutoRun, chapter: ChapterOverview, begun: CandidateRound | None
    ) -> CandidateRound:
        def tell(candidate_id: int, event: CandidateEvent) -> None:
            self._tell(AutoText(chapter.id, event, candidate_id))

        writer, count = self._writers.candidates, run.options.candidates
        if begun is None:
            made = await writer.run_round(chapter.id, count, auto_run_id=run.id, on_event=tell)
        else:
            made = await writer.finish_round(
                chapter.id, begun.number, auto_run_id=run.id, on_event=tell
            )
        if not made.stored:
            raise _why_nothing_came(made)
        return made

    async def _choose(
        self, run: AutoRun, chapter: ChapterOverview, candidates: CandidateRound
    ) -> None:
        if run.options.choose_by is ChooseBy.AUTHOR:
            raise StopRunError(StopReason.CHOICE)
        chosen = candidates.stored[0].id
        if len(candidates.stored) > 1:
            self._tell_step(run, chapter, AutoStep.EVALUATING)
            found = await self._judgement(run, chapter, candidates)
            if found is not None and found.recommended is not None:
                chosen = found.recommended.candidate_id
        await patiently(lambda: self._writers.rounds.choose(chosen))

    async def _judgement(
        self, run: AutoRun, chapter: ChapterOverview, candidates: CandidateRound
    ) -> RoundEvaluation | None:
        """Asks the model to judge the candidates; ``None`` if its answer is of no use."""
        evaluation = self._writers.evaluation
        found = await asyncio.to_thread(evaluation.of_round, candidates)
        if found is not None:
            return found
        try:
            return (await evaluation.evaluate(candidates, auto_run_id=run.id)).value
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
            log.warning("run %d, chapter %d: not judged: %s", run.id, chapter.number, error)
            self._tell_step(run, chapter, AutoStep.UNJUDGED)
            return None

    # --- after the chapter ---

    async def _after(self, run: AutoRun, chapter_id: int) -> None:
        if run.options.wait_for_analysis:
            await self._wait_for_analysis(run, chapter_id)
        if run.options.stop_at_contradictions:
            alerts = await asyncio.to_thread(self._open_alerts, run.project_id)
            if alerts - self._seen_alerts:
                raise StopRunError(StopReason.CONTRADICTION)

    async def _wait_for_analysis(self, run: AutoRun, chapter_id: int) -> None:
        told = False
        while (status := await asyncio.to_thread(self._analysis_of, chapter_id)) not in _ENDED:
            if status in (None, TaskStatus.RESTING):
                # The author's own chapter, or an imported one: nobody has asked for its analysis.
                return
            if not told:
                told = True
                chapter = await asyncio.to_thread(self._overview, chapter_id)
                self._tell_step(run, chapter, AutoStep.ANALYSING)
            await self._queue_changed()
            run = await asyncio.to_thread(self._look, run.id)
            if reason := run.reached_bound:
                raise StopRunError(reason)
        if status is TaskStatus.FAILED and self._forgiven_chapter != run.next_chapter:
            raise StopRunError(StopReason.ANALYSIS)

    def _analysis_of(self, chapter_id: int) -> TaskStatus | None:
        analysis = self._overview(chapter_id).analysis
        return TaskStatus(analysis) if analysis else None

    def _overview(self, chapter_id: int) -> ChapterOverview:
        with self._database.read() as transaction:
            return transaction.chapters.overview(chapter_id)

    def _open_alerts(self, project_id: str) -> frozenset[int]:
        with self._database.read() as transaction:
            alerts = transaction.alerts.of_project(project_id, open_only=True)
        return frozenset(alert.id for alert in alerts)


def _why_nothing_came(made: CandidateRound) -> Exception:
    for candidate in made.candidates:
        if candidate.error_kind is not None:
            return ProviderError(candidate.error_kind, candidate.error_message)
    return RuleError(
        ErrorKind.VERSION_BUSY,
        "no candidate could be written: another window or command is at them",
    )
