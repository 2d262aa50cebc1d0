"""What every model provider can do. Only the standard library, so that importing it costs nothing.

All answers are streamed, also those that are wanted whole: a connection on which words keep
arriving is not closed by proxies that give up on silence.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage


class Role(StrEnum):
    """Who says a message."""

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
    """The form that an answer must have, as a JSON schema. ``name`` is a short identifier."""

    name: str
    schema: dict[str, object]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is asked. ``None`` leaves a value to the provider.

    ``max_tokens`` limits the answer; ``temperature`` is from 0 (steady) to 2 (wild).
    """

    messages: tuple[Message, ...]
    max_tokens: int | None = None
    temperature: float | None = None
    json_schema: JsonSchema | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer, as it arrives."""

    text: str


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """The last event of a stream.

    ``finish_reason`` is the provider's word: ``stop`` for an answer that is complete, ``length``
    for one that was cut at ``max_tokens``, ``content_filter`` for one that was withheld.
    """

    finish_reason: str
    usage: TokenUsage

    def refuse_withheld(self) -> None:
        """Raises ``ProviderError`` (REQUEST_REFUSED) when a filter of the provider ended it."""
        if self.finish_reason == "content_filter":
            raise ProviderError(
                ErrorKind.REQUEST_REFUSED, "the provider withheld the answer (content_filter)"
            )


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer; see ``StreamEnd`` for ``finish_reason``."""

    text: str
    finish_reason: str
    usage: TokenUsage


BUILT_IN_NAME = "builtin"
"""The name of the provider that costs nothing."""


class Provider(Protocol):
    """A model that answers. An instance belongs to one asyncio loop; ``aclose`` it after use.

    ``context_tokens`` is what question and answer may take together.
    """

    context_tokens: int

    @property
    def name(self) -> str:
        """``builtin``, or the host's name."""
        ...

    @property
    def model(self) -> str:
        """The model that is asked."""
        ...

    def stream_chat(self, request: ChatRequest) -> AsyncIterator[TextDelta | StreamEnd]:
        """Streams the answer, ``StreamEnd`` last. Raises ``ProviderError``, also half-way."""
        ...

    async def list_models(self) -> list[str]:
        """The models that can be asked for. Raises ``ProviderError``."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes; never too few by much, since budgets rely on it."""
        ...

    async def aclose(self) -> None:
        """Closes connections. The provider cannot be used afterwards."""
        ...


async def complete(
    provider: Provider, request: ChatRequest, on_text: Callable[[str], None] | None = None
) -> Completion:
    """The whole answer of a stream. Raises ``ProviderError``, also when a part was withheld.

    ``on_text`` gets each piece as it arrives, so that somebody who waits can be shown progress.
    """
    pieces: list[str] = []
    end = StreamEnd("stop", TokenUsage())
    async for event in provider.stream_chat(request):
        if isinstance(event, TextDelta):
            pieces.append(event.text)
            if on_text is not None:
                on_text(event.text)
        else:
            end = event
    end.refuse_withheld()
    return Completion("".join(pieces), end.finish_reason, end.usage)
