"""What every model provider can do."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from arboris_desktop.domain.usage import TokenUsage


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """The form an answer must have."""

    name: str
    schema: dict[str, object]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A question to a model. ``max_tokens`` bounds the answer."""

    messages: tuple[Message, ...]
    max_tokens: int | None = None
    temperature: float | None = None
    json_schema: JsonSchema | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """The answer is complete. ``finish_reason`` is ``length`` when ``max_tokens`` cut it."""

    finish_reason: str
    usage: TokenUsage


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer."""

    text: str
    finish_reason: str = ""
    usage: TokenUsage = field(default_factory=TokenUsage)


class Provider(Protocol):
    """A model that answers. Belongs to one asyncio loop; close it with ``aclose``."""

    name: str
    model: str
    context_tokens: int

    def stream_chat(self, request: ChatRequest) -> AsyncGenerator[TextDelta | StreamEnd, None]:
        """Streams the answer, ``StreamEnd`` last; raises ``ProviderError``."""
        ...

    async def list_models(self) -> list[str]:
        """The names of the models on offer; raises ``ProviderError``."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes; an estimate that errs on the high side."""
        ...

    async def aclose(self) -> None:
        """Closes the connections."""
        ...


async def complete(provider: Provider, request: ChatRequest) -> Completion:
    """Collects a streamed answer: everything is streamed, so that no proxy times out."""
    pieces: list[str] = []
    end = StreamEnd("", TokenUsage())
    async with aclosing(provider.stream_chat(request)) as stream:
        async for event in stream:
            if isinstance(event, TextDelta):
                pieces.append(event.text)
            else:
                end = event
    return Completion("".join(pieces), end.finish_reason, end.usage)
