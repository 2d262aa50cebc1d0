"""Asking a model whose server takes less than it was said to take.

Every question is built for the available context, so that it can be rebuilt for a smaller one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar, cast

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.llm.context_budget import LEAST_CONTEXT_TOKENS, shrink_context
from arboris_desktop.llm.provider import CallPhase, ChatRequest, Provider, StreamEvent

T = TypeVar("T")


async def stream_fitting(
    provider: Provider, build: Callable[[], ChatRequest]
) -> AsyncGenerator[ChatRequest | StreamEvent, None]:
    """Streams the answer after the request it belongs to; another request means a smaller context.

    ``build`` makes the request within the provider's ``context_tokens`` and runs on another thread.
    Raises ``ProviderError`` and whatever ``build`` raises.
    """
    while True:
        request = await asyncio.to_thread(build)
        yield request
        has_begun = False
        # The streams of providers are generators; the protocol only promises an iterator.
        stream = cast(AsyncGenerator[StreamEvent, None], provider.stream_chat(request))
        try:
            async with aclosing(stream):
                async for event in stream:
                    has_begun = has_begun or not isinstance(event, CallPhase)
                    yield event
            return
        except ProviderError as refusal:
            if has_begun:
                raise
            shrink_context(provider, refusal, least=LEAST_CONTEXT_TOKENS)


async def ask_fitting(
    provider: Provider,
    build: Callable[[], ChatRequest],
    ask: Callable[[ChatRequest], Awaitable[T]],
) -> T:
    """Returns the result of ``ask`` for a request that is rebuilt for a smaller context if needed.

    See ``stream_fitting``.
    """
    while True:
        request = await asyncio.to_thread(build)
        try:
            return await ask(request)
        except ProviderError as refusal:
            shrink_context(provider, refusal, least=LEAST_CONTEXT_TOKENS)
