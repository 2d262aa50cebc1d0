"""Asking a wire as the app does, down to the provider: what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    CallPhase,
    ChatRequest,
    JsonSchema,
    Message,
    Phase,
    Role,
    StreamEnd,
    TextDelta,
    TextWithdrawn,
)
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.wire.wires import Rule, Wire, WireServer, serving

KEY = "sk-0123456789abcdef"
QUESTION = (Message(Role.SYSTEM, "You are a poet."), Message(Role.USER, "Sing."))
SCHEMA = JsonSchema("song", {"type": "object"})
UNHURRIED = Timeouts(connect=30.0, first_token=30.0, stall=30.0)
QUICK = Timeouts(connect=30.0, first_token=2.0, stall=2.0)
"""A busy machine may be silent for a second by itself."""


@dataclass
class Heard:
    """The result of one question."""

    text: str = ""
    end: AnswerEnd | None = None
    word: str = ""
    raw: str = ""
    prompt_tokens: int = 0
    only_read: int = 0
    withdrawn: int = 0
    phases: list[Phase] = field(default_factory=list)
    progress: list[float | None] = field(default_factory=list)


def provider_of(
    server: WireServer, *, timeouts: Timeouts = UNHURRIED, model: str = "scripted"
) -> OpenAICompatibleProvider:
    """The server as a provider."""
    return OpenAICompatibleProvider(server.url, KEY, model, timeouts=timeouts)


async def hear(
    provider: OpenAICompatibleProvider, request: ChatRequest, heard: Heard | None = None
) -> Heard:
    """Reads an answer to its end."""
    heard = heard or Heard()
    async for event in provider.stream_chat(request):
        if isinstance(event, TextDelta):
            heard.text += event.text
        elif isinstance(event, TextWithdrawn):
            heard.text, heard.withdrawn = "", heard.withdrawn + 1
        elif isinstance(event, CallPhase):
            heard.phases.append(event.phase)
            heard.progress.append(event.progress)
        elif isinstance(event, StreamEnd):
            heard.end, heard.word, heard.raw = event.end, event.word, event.raw
            heard.prompt_tokens = event.usage.prompt_tokens
            heard.only_read = event.only_read
    return heard


def ask(
    *wires: Wire | Rule, request: ChatRequest | None = None, timeouts: Timeouts = UNHURRIED
) -> Heard:
    """Asks one question of a server that answers by these wires."""

    async def run(server: WireServer) -> Heard:
        provider = provider_of(server, timeouts=timeouts)
        try:
            return await hear(provider, request or ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    with serving(*wires) as server:
        return asyncio.run(run(server))


def failure(
    *wires: Wire | Rule, request: ChatRequest | None = None, timeouts: Timeouts = UNHURRIED
) -> ProviderError:
    """The error that a question ends with."""
    with pytest.raises(ProviderError) as caught:
        ask(*wires, request=request, timeouts=timeouts)
    return caught.value
