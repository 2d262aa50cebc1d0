"""The protocol of all model providers. Only the standard library, so that importing it costs
nothing.

All answers are streamed, also those that are wanted whole: a connection on which words keep
arriving is not closed by proxies that give up on silence.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, cast

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage

if TYPE_CHECKING:
    from arboris_desktop.llm.cleaning.json_circles import JsonCircles


class Role(StrEnum):
    """The speaker of a message."""

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
    """A question to a model. ``None`` leaves a value to the provider.

    ``max_tokens`` limits the answer; ``temperature`` is from 0 (steady) to 2 (wild).
    """

    messages: tuple[Message, ...]
    max_tokens: int | None = None
    temperature: float | None = None
    json_schema: JsonSchema | None = None


class Phase(StrEnum):
    """The phase of a call before its words come."""

    QUEUED = "queued"
    """It waits for its turn: others are asking the same server."""
    READING = "reading"
    """The server has it, and reads the prompt."""
    THINKING = "thinking"
    """The model thinks; none of that is text."""


@dataclass(frozen=True, slots=True)
class CallPhase:
    """A call has come to a phase, or further within it.

    ``progress`` is how much of the prompt is read, from 0 to 1, where the server tells.
    """

    phase: Phase
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer, as it arrives."""

    text: str


@dataclass(frozen=True, slots=True)
class TextWithdrawn:
    """Says that the text given so far of this answer was not text, but thoughts."""


_FAILURES: Mapping[AnswerEnd, tuple[ErrorKind, str]] = {
    AnswerEnd.CUT: (ErrorKind.ANSWER_CUT, "the answer was cut at a limit"),
    AnswerEnd.WITHHELD: (ErrorKind.MODERATED, "the provider withheld the answer"),
    AnswerEnd.FAILED: (ErrorKind.SERVER_ERROR, "the answer broke off at the provider"),
    AnswerEnd.UNKNOWN: (ErrorKind.UNKNOWN_END, "the answer ended in a way that is not known"),
}


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """The last event of a stream: how the answer ended, and what it took.

    ``word`` is the provider's own for the end. ``raw`` is the answer as it was sent, where
    something was taken off that was no text. ``only_read`` is how many tokens of the prompt the
    server has read, where that is less than all of it.
    """

    end: AnswerEnd
    usage: TokenUsage
    word: str = ""
    raw: str = ""
    only_read: int = 0

    @property
    def failure(self) -> ProviderError | None:
        """The reason why the answer is not whole; ``None`` when it is."""
        if self.end is AnswerEnd.WHOLE:
            return None
        kind, message = _FAILURES[self.end]
        failure = ProviderError(kind, f"{message} ({self.word})" if self.word else message)
        failure.answer = self.raw
        return failure

    def refuse_broken(self) -> None:
        """Raises ``ProviderError`` when the answer was withheld or broke off.

        One that was cut, or whose end is not known, may still be of use.
        """
        if self.end in (AnswerEnd.WITHHELD, AnswerEnd.FAILED) and self.failure is not None:
            raise self.failure


StreamEvent = CallPhase | TextDelta | TextWithdrawn | StreamEnd


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer; see ``StreamEnd`` for ``end`` and ``word``.

    ``in_circles``: it said the same again and again, and was not heard any further. ``raw`` is what
    the model sent, thoughts among it.
    """

    text: str
    end: AnswerEnd
    usage: TokenUsage
    word: str = ""
    in_circles: bool = False
    raw: str = ""

    @property
    def is_cut(self) -> bool:
        """True if a limit was reached, so that its end may be missing."""
        return self.end is AnswerEnd.CUT


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

    async def prepare(self) -> None:
        """Learns what the server tells of the model's room, if that is not known; raises nothing.

        To be awaited before a question is built within ``context_tokens``.
        """
        ...

    def stream_chat(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        """Streams the answer, ``StreamEnd`` last. Raises ``ProviderError``, also half-way."""
        ...

    async def list_models(self) -> list[str]:
        """The models that can be asked for. Raises ``ProviderError``."""
        ...

    def count_tokens(self, text: str) -> int:
        """Counts the tokens of the text; never too few by much, since budgets rely on it."""
        ...

    def without_secrets(self, text: str) -> str:
        """Takes the key out of what the model said, as a server may have echoed it."""
        ...

    async def aclose(self) -> None:
        """Closes connections. The provider cannot be used afterwards."""
        ...


async def complete(
    provider: Provider,
    request: ChatRequest,
    on_text: Callable[[str], None] | None = None,
    circles: JsonCircles | None = None,
) -> Completion:
    """The whole answer of a stream. Raises ``ProviderError``, also when a part was withheld.

    ``on_text`` gets each piece as it arrives, so that somebody who waits can be shown progress,
    and an empty one when what came before was no text. ``circles`` ends the answer, as one that
    was cut, where it goes round in them: the connection is closed, and the server may rest. An
    error has what came by then as its ``answer``.
    """
    pieces: list[str] = []
    end = StreamEnd(AnswerEnd.UNKNOWN, TokenUsage())
    # Providers' streams are generators; the protocol only says that they can be iterated.
    stream = cast(AsyncGenerator[StreamEvent, None], provider.stream_chat(request))
    try:
        async with aclosing(stream) as events:
            async for event in events:
                if isinstance(event, StreamEnd):
                    end = event
                elif isinstance(event, TextDelta | TextWithdrawn):
                    text = _take(event, pieces)
                    if on_text is not None:
                        on_text(text)
                    if circles is not None and circles.feed(text):
                        return _in_circles(provider, request, "".join(pieces))
        end.refuse_broken()
    except ProviderError as error:
        error.answer = error.answer or end.raw or "".join(pieces)
        raise
    text = "".join(pieces)
    return Completion(text, end.end, end.usage, end.word, raw=end.raw or text)


def _take(event: TextDelta | TextWithdrawn, pieces: list[str]) -> str:
    """Adds the text of an event to what came; empty when that was no text."""
    text = event.text if isinstance(event, TextDelta) else ""
    if not text:
        pieces.clear()
    pieces.append(text)
    return text


def _in_circles(provider: Provider, request: ChatRequest, text: str) -> Completion:
    asked = sum(provider.count_tokens(message.content) for message in request.messages)
    usage = TokenUsage(asked, provider.count_tokens(text), estimated=True)
    return Completion(text, AnswerEnd.CUT, usage, in_circles=True, raw=text)


@contextmanager
def telling(answer: Completion) -> Iterator[None]:
    """An error about an answer has what the model sent as its ``answer``."""
    try:
        yield
    except ProviderError as error:
        error.answer = error.answer or answer.raw or answer.text
        raise
