"""The stream of one chapter: asked for, saved each second, continued until it is long enough."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import StreamEnd, TextDelta
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.length import MAX_CONTINUATIONS, is_worth_going_on, needs_more
from arboris_desktop.writing.chapters.chapter_request import ChapterJob, build_request
from arboris_desktop.writing.chapters.checkpoint import Checkpoint

log = logging.getLogger(__name__)

_REPEAT_CHARACTERS = 60
"""A continuation that begins with so many characters of the text itself starts it again."""


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """The request is under way; ``text`` is the draft that is being continued, if any."""

    text: str
    provider: str
    prompt_tokens: int


@dataclass(frozen=True, slots=True)
class DraftText:
    """Some more of the chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class DraftContinued:
    """The chapter came out short and is continued, for the ``number``-th time."""

    number: int
    word_count: int
    target_words: int


@dataclass(frozen=True, slots=True)
class ChapterWritten:
    """The whole text, not yet stored as a version, and what all the calls for it took."""

    text: str
    provider: str
    finish_reason: str
    spent: Spent


StreamEvent = DraftStarted | DraftText | DraftContinued | ChapterWritten


class ChapterStream:
    """Asks for a chapter once; read its ``events`` to their end, or close them to stop."""

    def __init__(
        self, database: Database, source: ProviderSource, job: ChapterJob, checkpoint: Checkpoint
    ) -> None:
        self._database = database
        self._source = source
        self._job = job
        self._checkpoint = checkpoint
        self._spent = Spent()
        self._end = StreamEnd("", TokenUsage())

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        """The stream, ``ChapterWritten`` last. Raises ``ProviderError``, what came being saved, and
        ``UnsavedTextError`` with what came."""
        try:
            async with aclosing(self._answer(self._job)) as answer:
                async for event in answer:
                    if isinstance(event, DraftText):
                        await self._checkpoint.add(event.text)
                    yield event
            self._refuse_incomplete()
            # No more is asked for, and paid, while what is there cannot be stored.
            if self._job.settings.continue_until_target and not self._checkpoint.is_refused:
                async with aclosing(self._continue()) as more:
                    async for progress in more:
                        yield progress
        finally:
            # Runs on success, on failure and on stop alike; shielded, since a second
            # cancellation must not cost the text.
            await asyncio.shield(self._checkpoint.finish())
        yield ChapterWritten(
            self._checkpoint.text,
            self._checkpoint.provider,
            self._end.finish_reason,
            self._spent,
        )

    async def _answer(self, job: ChapterJob) -> AsyncGenerator[DraftStarted | DraftText, None]:
        """Streams one answer; what it took is added to what was spent."""
        provider = await asyncio.to_thread(self._source.open, job.purpose)
        try:
            request = await asyncio.to_thread(build_request, self._database, job, provider)
            self._checkpoint.provider = provider.label
            tokens = sum(provider.count_tokens(message.content) for message in request.messages)
            yield DraftStarted(job.draft, provider.label, tokens)
            async with aclosing(provider.stream_chat(request)) as stream:
                async for event in stream:
                    if isinstance(event, TextDelta):
                        yield DraftText(event.text)
                    else:
                        event.refuse_withheld()
                        self._end, self._checkpoint.provider = event, provider.label
        finally:
            self._spent += provider.spent
            await provider.aclose()

    def _refuse_incomplete(self) -> None:
        if not self._checkpoint.text[len(self._job.draft) :].strip():
            raise ProviderError(ErrorKind.EMPTY_ANSWER, f"finish_reason {self._end.finish_reason}")

    async def _continue(self) -> AsyncGenerator[DraftText | DraftContinued, None]:
        """Continues a chapter that is short, until it is not, or the model has no more to say."""
        language, target = self._job.project.language, self._job.settings.target_words
        for number in range(1, MAX_CONTINUATIONS + 1):
            before = self._checkpoint.text
            if not needs_more(before, language, target, self._end.finish_reason):
                return
            yield DraftContinued(number, count_words(before, language), target)
            async with aclosing(self._one_more(before)) as more:
                async for text in more:
                    yield text
            if not is_worth_going_on(before, self._checkpoint.text, language, target):
                return

    async def _one_more(self, before: str) -> AsyncGenerator[DraftText, None]:
        was_complete = self._end.finish_reason != "length"
        seam = _Seam(before, starts_paragraph=was_complete)
        try:
            async with aclosing(self._answer(replace(self._job, draft=before))) as answer:
                async for event in answer:
                    text = seam.take(event.text) if isinstance(event, DraftText) else ""
                    if seam.is_repeat:
                        return
                    if text:
                        await self._checkpoint.add(text)
                        yield DraftText(text)
            if rest := seam.rest():
                await self._checkpoint.add(rest)
                yield DraftText(rest)
        except ProviderError as error:
            # The chapter was complete by the model's own word: being longer was only a wish.
            if not was_complete or self._checkpoint.text != before:
                raise
            log.warning("the chapter stays short: %s", error)


class _Seam:
    """Where a continuation meets the text. Its beginning is held back until it is known to be new:
    a weak model begins the chapter again instead of going on with it."""

    def __init__(self, before: str, *, starts_paragraph: bool) -> None:
        self._before = before
        self._starts_paragraph = starts_paragraph
        self._held: str | None = ""
        self.is_repeat = False

    def take(self, piece: str) -> str:
        """What may be shown of the continuation by now."""
        if self._held is None:
            return piece
        self._held += piece
        return self._release() if len(self._held.strip()) >= _REPEAT_CHARACTERS else ""

    def rest(self) -> str:
        """What is still held back at the end."""
        return self._release() if self._held else ""

    def _release(self) -> str:
        held, self._held = self._held or "", None
        beginning = held.strip()
        self.is_repeat = beginning[:_REPEAT_CHARACTERS] in self._before
        if self.is_repeat:
            return ""
        if not self._starts_paragraph:
            return held
        # The text ended with a sentence, so that what follows is a paragraph of its own.
        between = "\n" if "\n" in self._before and "\n\n" not in self._before else "\n\n"
        end = len(self._before) - len(self._before.rstrip("\n"))
        return between[min(end, len(between)) :] + held.lstrip()
