"""Several versions of a chapter at once, of which the author, or an evaluation, chooses one.

Each candidate is a stream with its own checkpoints: one that fails or is stopped does not affect
the others, and a crash costs at most the last second of each. A finished one is a version of the
chapter, but the chapter keeps its text until one is chosen. Without a window, ``run_round`` writes
a round, ``finish_round`` resumes one after a stop or a crash, ``evaluation.Evaluation.evaluate``
recommends, and ``CandidateRounds.choose`` decides.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from arboris_desktop.domain.candidates import (
    STOPPED_WITH_RUN,
    Candidate,
    CandidateRound,
    CandidateStatus,
    temperature_for,
)
from arboris_desktop.domain.errors import (
    ArborisError,
    ErrorKind,
    NotFoundError,
    ProviderError,
    StorageError,
)
from arboris_desktop.domain.record import record
from arboris_desktop.domain.rescue import UnsavedTextError
from arboris_desktop.storage.backups.rescue import RescueFiles
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently, to_its_end
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.chapters.author_requests import angle_wish
from arboris_desktop.writing.chapters.candidate_rounds import (
    CandidateRounds,
    add_candidate_version,
    kind_of_candidates,
)
from arboris_desktop.writing.chapters.chapter_request import ChapterJob, build_request, read_job
from arboris_desktop.writing.chapters.chapter_stream import ChapterStream
from arboris_desktop.writing.chapters.checkpoint import Checkpoint
from arboris_desktop.writing.chapters.draft_events import ChapterWritten, WritingEvent
from arboris_desktop.writing.chapters.drafting import metadata_of
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.rescue_copy import RescueCopy

log = logging.getLogger(__name__)


@record
class CandidateStored:
    """The candidate is finished: a version that can be chosen."""

    candidate: Candidate


CandidateEvent = WritingEvent | CandidateStored

TellCandidate = Callable[[int, CandidateEvent], None]
"""Called with the events of a candidate, by its id, on the loop's thread."""


class Candidates:
    """Writes candidates, one by one or whole rounds."""

    def __init__(
        self,
        database: Database,
        calls: ModelCalls,
        rounds: CandidateRounds,
        register: ChapterRegister,
    ) -> None:
        self._database = database
        self._calls = calls
        self._rounds = rounds
        self._register = register

    async def write(
        self, candidate_id: int, *, resume: bool = False, auto_run_id: int | None = None
    ) -> AsyncGenerator[CandidateEvent, None]:
        """Streams one candidate; any number may run at once within the provider's limits.

        With ``resume`` it continues the text so far, otherwise it restarts. Close the generator, or
        cancel its task, to stop. The text is kept in any case, and the candidate's row says how it
        ended. Raises ``ProviderError``, ``UnsavedTextError`` (the text is kept elsewhere),
        ``StorageError``, ``RuleError`` if it is being written or is finished, ``ChapterBusyError``
        and ``NotFoundError``.
        """
        self._rounds.reserve(candidate_id)
        try:
            found = await asyncio.to_thread(self._rounds.candidate, candidate_id)
            kind = kind_of_candidates(auto_run_id)
            async with (
                self._register.reserve(found.chapter_id, kind, auto_run_id),
                aclosing(self._write(candidate_id, resume, auto_run_id)) as events,
            ):
                async for event in events:
                    yield event
        finally:
            self._rounds.release(candidate_id)

    async def _write(
        self, candidate_id: int, resume: bool, auto_run_id: int | None
    ) -> AsyncGenerator[CandidateEvent, None]:
        begin = partial(self._rounds.begin, candidate_id, keep_text=resume)
        candidate = await asyncio.to_thread(begin)
        try:
            job = await asyncio.to_thread(self._job, candidate, resume, auto_run_id)
            async with aclosing(self._stream(candidate, job)) as events:
                async for event in events:
                    yield event
        except BaseException as error:
            await self._end_early(candidate_id, error, of_run=auto_run_id is not None)
            raise

    def _job(self, candidate: Candidate, resume: bool, auto_run_id: int | None) -> ChapterJob:
        job = read_job(self._database, candidate.chapter_id)
        return replace(
            job,
            wishes=(angle_wish(candidate.angle, job.project.language), candidate.instruction),
            settings=replace(
                job.settings,
                temperature=temperature_for(candidate.angle, job.settings.temperature),
            ),
            draft=candidate.content if resume else "",
            auto_run_id=auto_run_id,
        )

    async def _stream(
        self, candidate: Candidate, job: ChapterJob
    ) -> AsyncGenerator[CandidateEvent, None]:
        def save(text: str, provider: str) -> None:
            with self._database.write() as transaction:
                transaction.candidates.save_text(candidate.id, text, provider)

        rescue_copy = RescueCopy(RescueFiles(self._database.paths), job, candidate.id)
        checkpoint = Checkpoint(job.draft, save, rescue_copy)
        stream = ChapterStream(self._database, self._calls, job, checkpoint)
        try:
            async with aclosing(stream.events()) as events:
                async for event in events:
                    if isinstance(event, ChapterWritten):
                        store = partial(self._store, candidate, event)
                        yield CandidateStored(await checkpoint.conclude(store))
                        return
                    yield event
        except ProviderError as error:
            error.answer = stream.raw
            raise

    async def _end_early(self, candidate_id: int, error: BaseException, *, of_run: bool) -> None:
        status, kind, message = _how_it_ended(error)
        with_run = STOPPED_WITH_RUN if of_run and status is CandidateStatus.STOPPED else ""
        answer = error.answer if isinstance(error, ProviderError) else ""

        def note() -> None:
            with self._database.write() as transaction:
                # A stop may come just as the candidate was stored.
                if not transaction.candidates.get(candidate_id).is_stored:
                    transaction.candidates.end_early(
                        candidate_id, status, kind, message, answer, with_run
                    )

        # Storing it was attempted for long enough.
        noting = asyncio.to_thread if isinstance(error, UnsavedTextError) else patiently
        try:
            await to_its_end(noting(note))
        except (NotFoundError, StorageError) as fault:
            # The novel was removed meanwhile; or the row says "writing" until the next start.
            log.warning("how candidate %d ended is not noted: %s", candidate_id, fault)

    def _store(self, candidate: Candidate, written: ChapterWritten) -> Candidate:
        with self._database.write() as transaction:
            version = add_candidate_version(
                transaction, candidate, written.text, written.provider, metadata_of(written)
            )
            transaction.candidates.mark_stored(
                candidate.id,
                version.id,
                provider=written.provider,
                finish_reason=written.word,
                spent=written.spent,
            )
            return transaction.candidates.get(candidate.id)

    # --- whole rounds, without a window ---

    async def run_round(
        self,
        chapter_id: int,
        count: int,
        *,
        instruction: str = "",
        auto_run_id: int | None = None,
        on_event: TellCandidate | None = None,
    ) -> CandidateRound:
        """Writes a new round, all candidates at once, and returns it.

        A failed candidate has an ``error_kind``; the others continue. ``stored`` holds those that
        can be chosen, possibly none. Cancelling stops all and keeps their texts. Raises
        ``UnsavedTextError`` with all texts that could not be stored.
        """
        begin = partial(self._rounds.begin_round, auto_run_id=auto_run_id)
        begun = await asyncio.to_thread(begin, chapter_id, count, instruction)
        return await self.finish_round(
            chapter_id, begun.number, auto_run_id=auto_run_id, on_event=on_event
        )

    async def finish_round(
        self,
        chapter_id: int,
        number: int,
        *,
        auto_run_id: int | None = None,
        on_event: TellCandidate | None = None,
    ) -> CandidateRound:
        """Writes what a round still lacks: those not begun, and after a stop, a failure or a crash
        the rest of those that were begun; in a run, none that the author stopped. See
        ``run_round``."""
        found = await asyncio.to_thread(self._rounds.round, chapter_id, number)
        waiting = [each for each in found.candidates if not each.is_stored]
        if auto_run_id is not None:
            waiting = [each for each in waiting if not each.was_stopped_by_author]
        ends = await asyncio.gather(
            *(self._write_quietly(each, auto_run_id, on_event) for each in waiting),
            return_exceptions=True,
        )
        for end in ends:
            if isinstance(end, BaseException) and not isinstance(end, ArborisError):
                raise end
        if unsaved := [end for end in ends if isinstance(end, UnsavedTextError)]:
            texts = (text for error in unsaved for text in error.texts)
            raise UnsavedTextError(unsaved[0], *texts)
        return await asyncio.to_thread(self._rounds.round, chapter_id, number)

    async def _write_quietly(
        self, candidate: Candidate, auto_run_id: int | None, on_event: TellCandidate | None
    ) -> None:
        resume = bool(candidate.content.strip())
        stream = self.write(candidate.id, resume=resume, auto_run_id=auto_run_id)
        async with aclosing(stream) as events:
            async for event in events:
                if on_event is not None:
                    on_event(candidate.id, event)

    # --- looking ---

    async def preview(self, chapter_id: int, instruction: str = "") -> PromptPreview:
        """Returns exactly what the first candidate of a round would be asked, without sending
        it."""
        job = await asyncio.to_thread(read_job, self._database, chapter_id)
        job = replace(job, wishes=(instruction,))
        return await self._calls.preview(job.purpose, partial(build_request, self._database, job))


def _how_it_ended(error: BaseException) -> tuple[CandidateStatus, ErrorKind | None, str]:
    if isinstance(error, asyncio.CancelledError | GeneratorExit):
        return CandidateStatus.STOPPED, None, ""
    if isinstance(error, ArborisError):
        return CandidateStatus.FAILED, error.kind, error.message
    return CandidateStatus.FAILED, ErrorKind.INTERNAL, str(error)
