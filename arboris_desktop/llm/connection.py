"""Trying out a model: what its server lists, and a few words of its own."""

from __future__ import annotations

import time

from arboris_desktop.domain.connection import ConnectionReport, ModelFailedError
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.provider import (
    CallPhase,
    ChatRequest,
    Message,
    Phase,
    Provider,
    Role,
    StreamEnd,
    TextDelta,
)
from arboris_desktop.llm.wire.listing import NO_LISTING

_QUESTION = ChatRequest((Message(Role.USER, "Describe the rain in two sentences."),), max_tokens=48)
# Some servers want another kind of key for the list than for what they are asked.
_NO_LISTING = NO_LISTING | {ErrorKind.UNAUTHORIZED}
_SHORTEST = 0.05
"""Seconds: an answer that came at once was not streamed, and was computed before."""


async def test_connection(provider: Provider) -> ConnectionReport:
    """Asks the provider for its models and, if one is chosen, for a few words.

    The words matter: some servers list their models to anybody, whatever the key. Raises
    ``ProviderError`` with the reason why it does not work (``ModelFailedError`` after a list).
    """
    models = await _listed(provider)
    if not provider.model:
        return ConnectionReport(models)
    return await _asked(provider, models)


# Its name is that of a use case; pytest must not collect it where it is imported.
test_connection.__test__ = False  # type: ignore[attr-defined]


async def find_model(provider: Provider) -> ConnectionReport:
    """Looks the model up in the server's list, and asks it for a few words only if not listed.

    Raises as ``test_connection``.
    """
    models = await _listed(provider)
    found = ConnectionReport(models, provider.model)
    return found if found.is_listed or not provider.model else await _asked(provider, models)


async def _listed(provider: Provider) -> tuple[str, ...]:
    """The models that the server lists; none where it can be asked all the same."""
    try:
        return tuple(await provider.list_models())
    except ProviderError as error:
        if error.kind not in _NO_LISTING or not provider.model:
            raise
        return ()


async def _asked(provider: Provider, models: tuple[str, ...]) -> ConnectionReport:
    try:
        speed = await _speed(provider)
    except ProviderError as error:
        raise ModelFailedError(error, models) if models else error from None
    return ConnectionReport(models, provider.model, _known_context(provider), speed)


def _known_context(provider: Provider) -> int:
    # Imported here: it brings httpx along, for which the window must not wait at its start.
    from arboris_desktop.llm.openai_compatible import ASSUMED_CONTEXT_TOKENS

    stated = provider.context_tokens
    return 0 if stated == ASSUMED_CONTEXT_TOKENS else stated


async def _speed(provider: Provider) -> float:
    """The tokens a second of a short answer; 0 when so short a one is too short for the model."""
    try:
        return await _speed_of_answer(provider)
    except ProviderError as error:
        # It has answered, all the same.
        if error.kind is not ErrorKind.ANSWER_CUT:
            raise
        return 0.0


async def _speed_of_answer(provider: Provider) -> float:
    asked = time.monotonic()
    begun = None
    text = ""
    async for event in provider.stream_chat(_QUESTION):
        now = time.monotonic()
        if isinstance(event, TextDelta):
            text += event.text
        if isinstance(event, TextDelta) or (
            isinstance(event, CallPhase) and event.phase is Phase.THINKING
        ):
            begun = begun or now
        if isinstance(event, StreamEnd):
            event.refuse_broken()
            tokens = event.usage.completion_tokens or provider.count_tokens(text)
            seconds = now - (begun or asked)
            return tokens / max(seconds if seconds > _SHORTEST else now - asked, 0.001)
    return 0.0
