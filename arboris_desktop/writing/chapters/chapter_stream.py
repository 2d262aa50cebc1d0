"""The stream of one chapter: requested, saved each second, continued until it is long enough."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.context_budget import tokens_of
from arboris_desktop.llm.context_fitting import stream_fitting
from arboris_desktop.llm.provider import ChatRequest, StreamEnd
from arboris_desktop.llm.provider import StreamEvent as ModelEvent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import to_its_end
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.length import (
    MAX_CONTINUATIONS,
    MAX_CUT_CONTINUATIONS,
    is_far_too_long,
    is_short,
    is_worth_going_on,
)
from arboris_desktop.text.prose import ends_a_sentence
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.chapter_request import ChapterJob, build_request
from arboris_desktop.writing.chapters.checkpoint import Checkpoint
from arboris_desktop.writing.chapters.draft_events import (
    ChapterWritten,
    DraftContinued,
    DraftStarted,
    StreamEvent,
    WritingEvent,
)
from arboris_desktop.writing.chapters.streamed_text import Seam, StreamedText

log = logging.getLogger(__name__)


class ChapterStream:
    """Requests a chapter once; read its ``events`` to their end, or close them to stop.

    ``raw`` is what the model has sent so far, if that is not the text alone.
    """

    def __init__(
        self, database: Database, calls: ModelCalls, job: ChapterJob, checkpoint: Checkpoint
    ) -> None:
        self._database = database
        self._calls = calls
        self._job = job
        self._checkpoint = checkpoint
        self._spent = Spent()
        self._end = StreamEnd(AnswerEnd.UNKNOWN, TokenUsage())
        self._raw: list[str] = []
        self._is_cleaned = False
        self._doubtful = ""
        self._only_read = 0

    @property
    def raw(self) -> str:
        """The unchanged answer; empty if nothing was removed."""
        return "\n\n".join(self._raw) if self._is_cleaned else ""

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        """Yields the events, ``ChapterWritten`` last and only for a complete chapter.

        Raises ``ProviderError``, also for a chapter that ended otherwise; its text is saved. Raises
        ``UnsavedTextError`` with the text if it could not be saved.
        """
        try:
            async with aclosing(self._answer(self._job, None)) as answer:
                async for event in answer:
                    yield event
            was_whole = self._has_nothing_to_add()
            if not was_whole:
                self._refuse_unfinished()
            # No more is requested, and paid for, while the text so far cannot be stored.
            if not was_whole and not self._checkpoint.is_refused:
                async with aclosing(self._continue()) as more:
                    async for progress in more:
                        yield progress
            if (failure := self._failure()) is not None:
                raise failure
        finally:
            # Runs on success, failure and stop alike; a second cancellation must lose neither the
            # text nor the message that it could not be stored.
            await to_its_end(self._checkpoint.finish())
        yield ChapterWritten(
            self._checkpoint.text,
            self._checkpoint.provider,
            self._end.word,
            self._spent,
            self.raw,
            self._doubtful,
            self._only_read,
        )

    async def _answer(
        self, job: ChapterJob, seam: Seam | None
    ) -> AsyncGenerator[WritingEvent, None]:
        """Streams one answer into the draft and adds up its cost.

        Raises ``ProviderError``, also if the model refuses.
        """
        answer = StreamedText(self._checkpoint, seam)
        sent = ""
        try:
            async with aclosing(self._events_of(job)) as events:
                async for event in events:
                    if isinstance(event, StreamEnd):
                        sent = event.raw
                        event.refuse_broken()
                        self._end = event
                        self._only_read = event.only_read or self._only_read
                    elif isinstance(event, DraftStarted):
                        yield event
                    else:
                        async for told in answer.take(event):
                            yield told
                    if answer.is_repeat:
                        return
            is_cut = self._end.end is AnswerEnd.CUT
            async for told in answer.finish(is_cut=is_cut):
                yield told
            self._doubtful = answer.doubtful
        except ProviderError as error:
            sent = sent or error.answer
            raise
        finally:
            answer.settle()
            self._raw.append(sent or answer.raw)
            self._is_cleaned = self._is_cleaned or bool(sent) or answer.is_cleaned

    async def _events_of(self, job: ChapterJob) -> AsyncGenerator[DraftStarted | ModelEvent, None]:
        async with self._calls.opened(job.purpose) as (provider, prompts):
            try:
                build = partial(build_request, self._database, job, provider, prompts)
                async with aclosing(stream_fitting(provider, build)) as stream:
                    async for event in stream:
                        if isinstance(event, ChatRequest):
                            self._checkpoint.provider = provider.label
                            tokens = tokens_of(provider, event.messages)
                            yield DraftStarted(job.draft, provider.label, tokens)
                            continue
                        if isinstance(event, StreamEnd):
                            # A stand-in may have answered.
                            self._checkpoint.provider = provider.label
                        yield event
            finally:
                self._spent += provider.spent

    def _has_nothing_to_add(self) -> bool:
        """True if the model added nothing to a draft that is long enough and appears complete.

        Such a draft is left if the program was killed between the last words of a chapter and their
        end marker.
        """
        job = self._job
        if self._added() or self._end.end is not AnswerEnd.WHOLE:
            return False
        lacks_words = is_short(job.draft, job.project.language, job.words_wanted)
        return ends_a_sentence(job.draft) and not lacks_words

    def _added(self) -> str:
        return self._checkpoint.text[len(self._job.draft) :].strip()

    def _refuse_unfinished(self) -> None:
        if not self._added():
            raise ProviderError(ErrorKind.EMPTY_ANSWER, f"the end was: {self._end.word or 'none'}")
        if self._end.failure is not None and self._end.end is not AnswerEnd.CUT:
            raise self._end.failure

    async def _continue(self) -> AsyncGenerator[WritingEvent, None]:
        """Continues a chapter that is cut off or short until it is neither, or no more arrives."""
        language, target = self._job.project.language, self._job.words_wanted
        for number in range(1, MAX_CUT_CONTINUATIONS + 1):
            before = self._checkpoint.text
            if not self._wants_more(number, before):
                return
            yield DraftContinued(number, count_words(before, language), target)
            async with aclosing(self._one_more(before)) as more:
                async for event in more:
                    yield event
            if not is_worth_going_on(before, self._checkpoint.text, language, target):
                return

    def _wants_more(self, number: int, text: str) -> bool:
        if self._end.end is AnswerEnd.CUT:
            return not self._is_without_end()
        job = self._job
        may = job.settings.continue_until_target and number <= MAX_CONTINUATIONS
        return may and is_short(text, job.project.language, job.words_wanted)

    def _failure(self) -> ProviderError | None:
        if not self._is_without_end():
            return self._end.failure
        written = count_words(self._checkpoint.text, self._job.project.language)
        told = f"{written} words are written, {self._job.words_wanted} were wanted"
        return ProviderError(ErrorKind.NO_END, told)

    def _is_without_end(self) -> bool:
        """True if a chapter far exceeds the desired length and is cut off by its limit."""
        job, text = self._job, self._checkpoint.text
        is_long = is_far_too_long(text, job.project.language, job.words_wanted)
        return is_long and self._end.end is AnswerEnd.CUT

    async def _one_more(self, before: str) -> AsyncGenerator[WritingEvent, None]:
        end_before = self._end
        was_complete = end_before.end is AnswerEnd.WHOLE
        seam = Seam(before, starts_paragraph=was_complete)
        try:
            async with aclosing(self._answer(replace(self._job, draft=before), seam)) as answer:
                async for event in answer:
                    if not isinstance(event, DraftStarted):
                        yield event
            if self._end.end is AnswerEnd.UNKNOWN and self._end.failure is not None:
                raise self._end.failure
        except ProviderError as error:
            # The chapter was complete by the model's own word: more length was only desirable.
            if not was_complete or self._checkpoint.text != before:
                raise
            self._end = end_before
            log.warning("the chapter stays short: %s", error)
