"""Asking a scripted server that speaks the OpenAI API."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    Message,
    Role,
    complete,
)
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    ScriptedProvider,
)

KEY = "sk-0123456789abcdef"
QUESTION = (Message(Role.SYSTEM, "You are a poet."), Message(Role.USER, "Sing, 缪斯."))
SHORT = Timeouts(connect=30.0, first_token=0.2, stall=0.2)
"""For servers that say nothing: words that come have to be awaited for longer."""

UNHURRIED = Timeouts(connect=30.0, first_token=20.0, stall=20.0)


def open_provider(
    server: ScriptedProvider, *, timeouts: Timeouts = UNHURRIED, model: str = MODEL
) -> OpenAICompatibleProvider:
    return OpenAICompatibleProvider(server.base_url, KEY, model, timeouts=timeouts)


async def ask_async(
    provider: OpenAICompatibleProvider, request: ChatRequest | None = None
) -> Completion:
    try:
        return await complete(provider, request or ChatRequest(QUESTION))
    finally:
        await provider.aclose()


def ask(*script: Behaviour, request: ChatRequest | None = None) -> Completion:
    with ScriptedProvider.answering(*script) as server:
        return asyncio.run(ask_async(open_provider(server), request))


def failure(*script: Behaviour, timeouts: Timeouts = UNHURRIED) -> ProviderError:
    with ScriptedProvider.answering(*script) as server, pytest.raises(ProviderError) as caught:
        asyncio.run(ask_async(open_provider(server, timeouts=timeouts)))
    return caught.value
