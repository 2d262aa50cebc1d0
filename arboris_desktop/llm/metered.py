"""The provider for a purpose: the first of a line-up that can answer, with a record of each
call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import cast

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ArborisError, ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.profiles import ProviderProfile
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.fallback import FALLS_BACK, Lineup, OpenProfile, ProfileFailure
from arboris_desktop.llm.provider import (
    CallPhase,
    ChatRequest,
    Phase,
    Provider,
    StreamEnd,
    StreamEvent,
    TextDelta,
)

RecordCall = Callable[[ModelCall], None]
"""Stores a call that has ended. Called on a thread of its own."""

CheckSpending = Callable[[CallPurpose, str | None], None]
"""Raises ``ProviderError`` (SPEND_LIMIT) if no more may be spent on that purpose, and in that
currency if the call costs money. Called on a thread of its own before each call."""


class MeteredProvider:
    """Asks the profiles of a line-up within their limits, and records each call.

    If one fails before the first word of its answer, the next one is asked; never after it, so that
    no text is written twice. ``label``, ``context_tokens`` and the like describe the profile that
    answered last. Without a ``purpose`` nothing is recorded or limited: such calls only test the
    connection. ``on_waiting`` is called on the loop's thread when a call begins to wait for its
    first words, and when it stops waiting.
    """

    def __init__(
        self,
        lineup: Lineup,
        purpose: CallPurpose | None,
        record: RecordCall | None,
        check_spending: CheckSpending | None = None,
        *,
        background: bool = False,
        on_waiting: Callable[[bool], None] = lambda _waits: None,
    ) -> None:
        self._lineup = lineup
        self._purpose = purpose
        self._record = record
        self._check_spending = check_spending
        self._background = background
        self.spent = Spent()
        """The cost of all calls made here, including failed and stopped ones."""
        self._on_waiting = on_waiting
        self._heard: list[str] = []

    @property
    def heard(self) -> str:
        """The text of the last call as far as it arrived, without secrets."""
        return self.without_secrets("".join(self._heard))

    @property
    def inner(self) -> Provider:
        """The provider in use."""
        return self._lineup.current.provider

    @property
    def name(self) -> str:
        """See ``Provider``."""
        return self.inner.name

    @property
    def model(self) -> str:
        """See ``Provider``."""
        return self.inner.model

    @property
    def context_tokens(self) -> int:
        """See ``Provider``."""
        return self.inner.context_tokens

    @context_tokens.setter
    def context_tokens(self, tokens: int) -> None:
        self.inner.context_tokens = tokens

    @property
    def profile(self) -> ProviderProfile:
        """The profile that answered last, or that will be asked first."""
        return self._lineup.current.profile

    @property
    def route(self) -> str:
        """A name for the line-up, whichever profile answered."""
        return self._lineup.route

    @property
    def label(self) -> str:
        """The provider and its model, as versions and drafts record who wrote them."""
        return f"{self.name}/{self.model}"

    def count_tokens(self, text: str) -> int:
        """See ``Provider``."""
        return self.inner.count_tokens(text)

    def without_secrets(self, text: str) -> str:
        """See ``Provider``."""
        return self.inner.without_secrets(text)

    async def prepare(self) -> None:
        """See ``Provider``."""
        await self.inner.prepare()

    async def list_models(self) -> list[str]:
        """See ``Provider``."""
        return await self.inner.list_models()

    async def aclose(self) -> None:
        """See ``Provider``."""
        await self._lineup.aclose()

    async def stream_chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """See ``Provider``. The call is recorded and counted in ``spent`` before ``StreamEnd``
        comes.

        Also raises ``ProviderError`` (SPEND_LIMIT) before anything is sent, and if the provider
        broke off the answer.
        """
        failures: list[ProfileFailure] = []
        opened = self._lineup.current
        while True:
            answering = False
            try:
                async with aclosing(self._watched(opened, request)) as stream:
                    async for event in stream:
                        answering = answering or not isinstance(event, CallPhase)
                        yield event
                opened.state.worked()
                return
            except ArborisError as error:
                if answering or error.kind not in FALLS_BACK:
                    raise
                opened.state.failed(error)
                failures.append(ProfileFailure(opened.profile, error))
            opened = await self._lineup.after(opened, request, failures)

    async def _watched(
        self, opened: OpenProfile, request: ChatRequest
    ) -> AsyncGenerator[StreamEvent, None]:
        """Makes one call, and reports whether it is waiting for its first words."""
        self._on_waiting(True)
        try:
            async with aclosing(self._ask(opened, request)) as stream:
                async for event in stream:
                    waits = isinstance(event, CallPhase) and event.phase is not Phase.THINKING
                    self._on_waiting(waits)
                    yield event
        finally:
            self._on_waiting(False)

    async def _ask(
        self, opened: OpenProfile, request: ChatRequest
    ) -> AsyncGenerator[StreamEvent, None]:
        """Makes one call to one profile, once it has a place and may be paid for."""
        yield CallPhase(Phase.QUEUED)
        async with opened.state.place(background=self._background):
            await self._refuse_overspending(opened)
            call = _RunningCall(request, opened)
            self._heard = call.pieces
            # The streams of providers are generators; the protocol only promises an iterator.
            stream = cast(AsyncGenerator[StreamEvent, None], opened.provider.stream_chat(request))
            try:
                async with aclosing(stream):
                    async for event in stream:
                        if isinstance(event, TextDelta):
                            call.pieces.append(event.text)
                        elif isinstance(event, StreamEnd):
                            await self._write_end(call, event)
                        yield event
            except (asyncio.CancelledError, GeneratorExit):
                await self._write_down(call, CallOutcome.CANCELLED)
                raise
            except ProviderError:
                await self._write_down(call, CallOutcome.FAILED)
                raise

    async def _write_end(self, call: _RunningCall, end: StreamEnd) -> None:
        broke_off = end.end is AnswerEnd.FAILED
        outcome = CallOutcome.FAILED if broke_off else CallOutcome.COMPLETED
        await self._write_down(call, outcome, end.usage)
        if broke_off:
            end.refuse_broken()

    async def _refuse_overspending(self, opened: OpenProfile) -> None:
        if self._purpose is not None and self._check_spending is not None:
            currency = opened.profile.currency
            await asyncio.to_thread(self._check_spending, self._purpose, currency)

    async def _write_down(
        self, call: _RunningCall, outcome: CallOutcome, usage: TokenUsage | None = None
    ) -> None:
        if call.is_recorded:
            return
        call.is_recorded = True
        done = call.ended(self._purpose or _TRIAL, outcome, usage)
        self.spent += done.spent
        if self._purpose is None or self._record is None:
            return
        try:
            # A second cancellation must not cost the record.
            await asyncio.shield(asyncio.to_thread(self._record, done))
        except RuntimeError:
            # The process is ending and its executor takes no more work; the record is worth
            # blocking for.
            self._record(done)


_TRIAL = CallPurpose(ModelTask.DRAFTING)
"""Returns the purpose of a call that only tests the connection and is not recorded."""


class _RunningCall:
    def __init__(self, request: ChatRequest, opened: OpenProfile) -> None:
        self._request = request
        self._opened = opened
        self.pieces: list[str] = []
        self._started_at: datetime = utc_now()
        self._began = time.monotonic()
        self.is_recorded = False

    def ended(
        self, purpose: CallPurpose, outcome: CallOutcome, usage: TokenUsage | None
    ) -> ModelCall:
        """The call as it is recorded; tokens that the provider did not count are estimated."""
        profile, provider = self._opened.profile, self._opened.provider
        usage = usage or self._estimate(provider.count_tokens)
        return ModelCall(
            purpose=purpose,
            outcome=outcome,
            profile=profile.title,
            provider=provider.name,
            model=provider.model,
            usage=usage,
            cost=profile.cost_of(usage),
            currency=profile.prices.currency,
            started_at=self._started_at,
            duration_seconds=time.monotonic() - self._began,
        )

    def _estimate(self, count_tokens: Callable[[str], int]) -> TokenUsage:
        """Estimates the cost of a call that broke off; one without any text is not charged."""
        if not self.pieces:
            return TokenUsage(estimated=True)
        asked = sum(count_tokens(message.content) for message in self._request.messages)
        return TokenUsage(asked, count_tokens("".join(self.pieces)), estimated=True)
