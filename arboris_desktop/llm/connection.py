"""Testing a model: the list of its server, and a few words of its own."""

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
# Some servers require another kind of key for the list than for questions.
_NO_LISTING = NO_LISTING | {ErrorKind.UNAUTHORIZED}
_SHORTEST = 0.05
"""Seconds; an answer that arrived faster was computed before and not streamed."""


async def test_connection(provider: Provider) -> ConnectionReport:
    """Asks the provider for its models and, if one is chosen, for a few words.

    The words matter, because some servers list their models whatever the key is. Raises
    ``ProviderError`` with the reason for a failure (``ModelFailedError`` if there is a list).
    """
    models = await _listed(provider)
    if not provider.model:
        return ConnectionReport(models)
    return await _asked(provider, models)


# Named like a use case; pytest must not collect it where it is imported.
test_connection.__test__ = False  # type: ignore[attr-defined]


async def find_model(provider: Provider) -> ConnectionReport:
    """Looks the model up in the server's list and asks it for a few words only if it is not there.

    Raises the same errors as ``test_connection``.
    """
    models = await _listed(provider)
    found = ConnectionReport(models, provider.model)
    return found if found.is_listed or not provider.model else await _asked(provider, models)


async def _listed(provider: Provider) -> tuple[str, ...]:
    """Returns the models that the server lists; none if the server can be asked without a list."""
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
    # Imported here, because it imports httpx, which would delay the start of the window.
    from arboris_desktop.llm.openai_compatible import ASSUMED_CONTEXT_TOKENS

    stated = provider.context_tokens
    return 0 if stated == ASSUMED_CONTEXT_TOKENS else stated


async def _speed(provider: Provider) -> float:
    """Returns the tokens per second of a short answer; 0 if it was too short to tell."""
    try:
        return await _speed_of_answer(provider)
    except ProviderError as error:
        # The model did answer.
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
