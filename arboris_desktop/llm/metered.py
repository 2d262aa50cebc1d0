"""A provider whose calls are written down: what they were for, what they took, how they ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import cast

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall
from arboris_desktop.domain.settings import PriceSettings
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import (
    BUILT_IN_NAME,
    ChatRequest,
    Provider,
    StreamEnd,
    TextDelta,
)

RecordCall = Callable[[ModelCall], None]
"""Stores a call that has ended; called on a thread of its own."""


class MeteredProvider:
    """Passes everything on to another provider and records each call that was made.

    Without a ``purpose`` nothing is recorded: such calls only try the connection out.
    """

    def __init__(
        self,
        provider: Provider,
        prices: PriceSettings,
        purpose: CallPurpose | None,
        record: RecordCall | None,
        profile: str = "",
    ) -> None:
        self._provider = provider
        self._prices = prices
        self._purpose = purpose
        self._record = record
        self._profile = profile
        self.name = provider.name
        self.model = provider.model

    @property
    def inner(self) -> Provider:
        """Who is asked."""
        return self._provider

    @property
    def context_tokens(self) -> int:
        """See ``Provider``."""
        return self._provider.context_tokens

    @context_tokens.setter
    def context_tokens(self, tokens: int) -> None:
        self._provider.context_tokens = tokens

    @property
    def currency(self) -> str:
        """The currency of ``cost_of``."""
        return self._prices.currency

    @property
    def label(self) -> str:
        """The provider and its model, as versions and drafts name who wrote them."""
        return f"{self.name}/{self.model}"

    def cost_of(self, usage: TokenUsage) -> float | None:
        """What the tokens cost; ``None`` when no price is known."""
        return 0.0 if self.name == BUILT_IN_NAME else self._prices.cost_of(usage)

    def count_tokens(self, text: str) -> int:
        """See ``Provider``."""
        return self._provider.count_tokens(text)

    async def list_models(self) -> list[str]:
        """See ``Provider``."""
        return await self._provider.list_models()

    async def aclose(self) -> None:
        """See ``Provider``."""
        await self._provider.aclose()

    async def stream_chat(
        self, request: ChatRequest
    ) -> AsyncGenerator[TextDelta | StreamEnd, None]:
        """See ``Provider``. The call is on record before ``StreamEnd`` comes."""
        call = _RunningCall(request)
        # Providers' streams are generators; the protocol only promises that they can be iterated.
        stream = cast(
            AsyncGenerator[TextDelta | StreamEnd, None], self._provider.stream_chat(request)
        )
        try:
            async with aclosing(stream):
                async for event in stream:
                    if isinstance(event, TextDelta):
                        call.pieces.append(event.text)
                    else:
                        await self._write_down(call, CallOutcome.COMPLETED, event.usage)
                    yield event
        except (asyncio.CancelledError, GeneratorExit):
            await self._write_down(call, CallOutcome.CANCELLED)
            raise
        except ProviderError:
            await self._write_down(call, CallOutcome.FAILED)
            raise

    async def _write_down(
        self, call: _RunningCall, outcome: CallOutcome, usage: TokenUsage | None = None
    ) -> None:
        if self._purpose is None or self._record is None or call.is_recorded:
            return
        call.is_recorded = True
        usage = usage or call.estimate(self.count_tokens)
        done = ModelCall(
            purpose=self._purpose,
            outcome=outcome,
            profile=self._profile,
            provider=self.name,
            model=self.model,
            usage=usage,
            cost=self.cost_of(usage),
            currency=self.currency,
            started_at=call.started_at,
            duration_seconds=time.monotonic() - call.began,
        )
        # A second cancellation must not cost the record.
        await asyncio.shield(asyncio.to_thread(self._record, done))


class _RunningCall:
    def __init__(self, request: ChatRequest) -> None:
        self._request = request
        self.pieces: list[str] = []
        self.started_at: datetime = utc_now()
        self.began = time.monotonic()
        self.is_recorded = False

    def estimate(self, count_tokens: Callable[[str], int]) -> TokenUsage:
        """What a call that broke off took; one that brought nothing is not charged."""
        if not self.pieces:
            return TokenUsage(estimated=True)
        asked = sum(count_tokens(message.content) for message in self._request.messages)
        return TokenUsage(asked, count_tokens("".join(self.pieces)), estimated=True)
