"""Asking a model on the author's behalf: streamed, recorded, and with nothing hidden.

A question is a function that builds the request from the model that will answer and the prompts of
the novel. The same function makes the preview, so the author is shown exactly what is sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.cleaning.prose import OpeningFilter, closing_of, is_refusal
from arboris_desktop.llm.context_budget import reserving, schema_tokens, tokens_of
from arboris_desktop.llm.context_fitting import ask_fitting, stream_fitting
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import (
    CallPhase,
    ChatRequest,
    StreamEnd,
    StreamEvent,
    TextDelta,
    TextWithdrawn,
)
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.call_events import (
    CallAnswer,
    CallEnded,
    CallEvent,
    CallStarted,
    CallText,
    CallWaits,
    PromptPreview,
    TellEvent,
)

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel

log = logging.getLogger(__name__)

T = TypeVar("T", bound="BaseModel")

BuildRequest = Callable[[MeteredProvider, PromptLibrary], ChatRequest]
"""Builds the request within the model's ``context_tokens``; called off the GUI thread.

May raise ``ProviderError`` (CONTEXT_TOO_LONG) and whatever reading the novel raises.
"""


_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)


class ModelCalls:
    """Opens the model for a purpose, asks it, and records each call."""

    def __init__(self, database: Database, source: ProviderSource, prompts: PromptLibrary) -> None:
        self._database = database
        self._source = source
        self._prompts = prompts

    async def stream(
        self, purpose: CallPurpose, build: BuildRequest, *, prose: bool = False
    ) -> AsyncGenerator[CallEvent, None]:
        """Streams an answer in prose: ``CallStarted``, ``CallText``…, ``CallEnded``.

        ``prose`` means that the answer becomes part of the novel, so that the model's remarks
        around it are removed. Close the generator, or cancel its task, to stop. Raises
        ``ProviderError``, also if the answer is empty, was withheld, or is a refusal.
        """
        async with self.opened(purpose) as (provider, prompts):
            answer = _Answer(prose=prose)
            asked = stream_fitting(provider, partial(build, provider, prompts))
            async with aclosing(asked) as stream:
                async for event in stream:
                    if isinstance(event, ChatRequest):
                        yield CallStarted(provider.label, tokens_of(provider, event.messages))
                        continue
                    for told in answer.take(event):
                        yield told
            for told in answer.finish():
                yield told
            end = answer.end
            yield CallEnded(
                answer.text,
                provider.label,
                provider.spent,
                end.end,
                answer.doubtful,
            )

    async def answer(
        self,
        purpose: CallPurpose,
        build: BuildRequest,
        form: type[T],
        *,
        on_event: TellEvent | None = None,
        salvage: Callable[[str], T | None] | None = None,
    ) -> CallAnswer[T]:
        """Returns an answer in a declared form; the model is asked to repair what cannot be read.

        ``on_event`` gets the beginning and the raw pieces, to show progress. ``salvage`` gets the
        last answer if no attempt had the form, and makes of it what it can: the words of a small
        model are worth keeping. Raises ``ProviderError``.
        """
        from arboris_desktop.llm.structured import ask, strict_schema

        tell = on_event or (lambda _event: None)
        said = _LastAnswer(tell)
        async with self.opened(purpose) as (provider, prompts):
            schema = strict_schema(form, purpose.prompt)

            def build_beside() -> ChatRequest:
                with reserving(provider, schema_tokens(provider, schema)):
                    return replace(build(provider, prompts), json_schema=schema)

            def asked(request: ChatRequest) -> Awaitable[tuple[T, TokenUsage]]:
                tell(CallStarted(provider.label, tokens_of(provider, request.messages)))
                return ask(
                    provider,
                    request.messages,
                    form,
                    schema=schema,
                    max_tokens=request.max_tokens or provider.context_tokens // 2,
                    temperature=0.2 if request.temperature is None else request.temperature,
                    on_text=said.add,
                    prompts=prompts,
                )

            try:
                value, _ = await ask_fitting(provider, build_beside, asked)
            except ProviderError as error:
                saved = salvage(said.text) if salvage and error.kind in _UNREADABLE else None
                if saved is None:
                    raise
                value = saved
            return CallAnswer(value, provider.label, provider.spent)

    async def preview(self, purpose: CallPurpose, build: BuildRequest) -> PromptPreview:
        """Returns the request that ``stream`` or ``answer`` would send, without sending it."""
        async with self.opened(purpose, asks=False) as (provider, prompts):
            request = await asyncio.to_thread(build, provider, prompts)
            return PromptPreview(
                request.messages,
                tokens_of(provider, request.messages),
                request.max_tokens,
                provider.context_tokens,
                provider.label,
            )

    @asynccontextmanager
    async def opened(
        self,
        purpose: CallPurpose,
        *,
        background: bool = False,
        on_waiting: Callable[[bool], None] = lambda _waits: None,
        asks: bool = True,
    ) -> AsyncIterator[tuple[MeteredProvider, PromptLibrary]]:
        """Opens the model for a purpose and the prompts of the novel, for several related calls.

        ``asks`` allows asking the server for its context. ``background`` lets the author's own
        calls go first; see ``ProviderSource.open``.
        """
        provider = await asyncio.to_thread(
            self._source.open, purpose, background=background, on_waiting=on_waiting
        )
        try:
            if asks:
                await provider.prepare()
            yield provider, await asyncio.to_thread(self._prompts_of, purpose.project_id)
        except ProviderError as error:
            error.spent += provider.spent
            raise
        finally:
            await provider.aclose()

    def forget_faults(self) -> None:
        """Asks every provider again, even one that requested a pause."""
        self._source.forget_faults()

    def _prompts_of(self, project_id: str | None) -> PromptLibrary:
        with self._database.read() as transaction:
            return self._prompts.with_overrides(transaction.prompt_overrides.of_project(project_id))


class _Answer:
    """An answer in prose, as it arrives."""

    def __init__(self, *, prose: bool) -> None:
        self._prose = prose
        self._opening = OpeningFilter() if prose else None
        self.text = ""
        self.doubtful = ""
        self.end = StreamEnd(AnswerEnd.UNKNOWN, TokenUsage())

    def take(self, event: StreamEvent) -> Iterator[CallEvent]:
        """Converts an event of the call; raises ``ProviderError`` for an end without a usable
        answer."""
        if isinstance(event, CallPhase):
            yield CallWaits(event)
        elif isinstance(event, TextWithdrawn):
            self._opening = OpeningFilter() if self._prose else None
            self.text = ""
            yield CallText("")
        elif isinstance(event, TextDelta):
            yield from self._add(self._opening.feed(event.text) if self._opening else event.text)
        else:
            event.refuse_broken()
            self.end = event

    def finish(self) -> Iterator[CallEvent]:
        """Returns the last event; raises ``ProviderError`` if there is no usable answer."""
        if self._opening is not None:
            yield from self._add(self._opening.finish())
            self._refuse_refusal()
            closing = closing_of(self.text, fenced=self._opening.fenced)
            self.doubtful = closing.doubtful
            if closing.length:
                self.text = self.text[: len(self.text) - closing.length]
                yield CallText("")
                yield CallText(self.text)
        if not self.text.strip():
            raise ProviderError(ErrorKind.EMPTY_ANSWER, f"the end was: {self.end.word or 'none'}")

    def _add(self, text: str) -> Iterator[CallEvent]:
        if text:
            self.text += text
            yield CallText(text)

    def _refuse_refusal(self) -> None:
        if is_refusal(self.text):
            raise ProviderError(ErrorKind.MODEL_DECLINED, self.text.strip())


class _LastAnswer:
    """The text of the last attempt."""

    def __init__(self, tell: TellEvent) -> None:
        self._tell = tell
        self._pieces: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, text: str) -> None:
        if not text:
            self._pieces.clear()
        self._pieces.append(text)
        self._tell(CallText(text))
