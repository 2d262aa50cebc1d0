"""The protocol of all model providers.

It imports only the standard library, so that importing it is cheap. All answers are streamed, even
those that are wanted as a whole: proxies close a silent connection, but not one on which words keep
arriving.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, cast

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.usage import TokenUsage

if TYPE_CHECKING:
    from arboris_desktop.llm.cleaning.json_repetition import JsonRepetition


class Role(StrEnum):
    """The speaker of a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@record
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@record
class JsonSchema:
    """The required form of an answer, as a JSON schema. ``name`` is a short identifier."""

    name: str
    schema: dict[str, object]


@record
class ChatRequest:
    """A question to a model. ``None`` leaves a value to the provider.

    ``max_tokens`` limits the answer; ``temperature`` ranges from 0 (steady) to 2 (wild).
    """

    messages: tuple[Message, ...]
    max_tokens: int | None = None
    temperature: float | None = None
    json_schema: JsonSchema | None = None


class Phase(StrEnum):
    """The phase of a call before its first words."""

    QUEUED = "queued"
    """Waiting for a place: other calls are asking the same server."""
    READING = "reading"
    """The server has the request and is reading the prompt."""
    THINKING = "thinking"
    """The model is thinking; none of that is text."""


@record
class CallPhase:
    """Reports that a call has reached a phase, or progressed in it.

    ``progress`` is the share of the prompt that has been read, from 0 to 1, if the server reports
    it.
    """

    phase: Phase
    progress: float | None = None


@record
class TextDelta:
    """A piece of the answer, as it arrives."""

    text: str


@record
class TextWithdrawn:
    """Reports that the text of this answer so far was not text, but thoughts."""


_FAILURES: Mapping[AnswerEnd, tuple[ErrorKind, str]] = {
    AnswerEnd.CUT: (ErrorKind.ANSWER_CUT, "the answer was cut at a limit"),
    AnswerEnd.WITHHELD: (ErrorKind.MODERATED, "the provider withheld the answer"),
    AnswerEnd.FAILED: (ErrorKind.SERVER_ERROR, "the answer broke off at the provider"),
    AnswerEnd.UNKNOWN: (ErrorKind.UNKNOWN_END, "the answer ended in a way that is not known"),
}


@record
class StreamEnd:
    """The last event of a stream: how the answer ended, and its cost.

    ``word`` is the provider's own for the end. ``raw`` is the answer as sent, if anything was
    removed from it. ``only_read`` is the number of prompt tokens that the server has read, if it
    did not read all of them.
    """

    end: AnswerEnd
    usage: TokenUsage
    word: str = ""
    raw: str = ""
    only_read: int = 0

    @property
    def failure(self) -> ProviderError | None:
        """The reason why the answer is incomplete; ``None`` if it is complete."""
        if self.end is AnswerEnd.WHOLE:
            return None
        kind, message = _FAILURES[self.end]
        failure = ProviderError(kind, f"{message} ({self.word})" if self.word else message)
        failure.answer = self.raw
        return failure

    def refuse_broken(self) -> None:
        """Raises ``ProviderError`` if the answer was withheld or broke off.

        One that was cut off, or whose end is unknown, may still be of use.
        """
        if self.end in (AnswerEnd.WITHHELD, AnswerEnd.FAILED) and self.failure is not None:
            raise self.failure


StreamEvent = CallPhase | TextDelta | TextWithdrawn | StreamEnd


@record
class Completion:
    """A complete answer; see ``StreamEnd`` for ``end`` and ``word``.

    ``in_circles`` means that it repeated itself and was stopped. ``raw`` is what the model sent,
    including thoughts.
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
    """A model that answers. An instance belongs to one asyncio loop; call ``aclose`` after use.

    ``context_tokens`` is the limit of question and answer together.
    """

    context_tokens: int

    @property
    def name(self) -> str:
        """``builtin``, or the name of the host."""
        ...

    @property
    def model(self) -> str:
        """The model in use."""
        ...

    async def prepare(self) -> None:
        """Learns the model's context from the server, unless it is known; raises nothing.

        Await it before a question is built within ``context_tokens``.
        """
        ...

    def stream_chat(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        """Streams the answer, ``StreamEnd`` last. Raises ``ProviderError``, also midway."""
        ...

    async def list_models(self) -> list[str]:
        """Returns the models that can be chosen. Raises ``ProviderError``."""
        ...

    def count_tokens(self, text: str) -> int:
        """Counts the tokens of the text; never far too few, since budgets rely on it."""
        ...

    def without_secrets(self, text: str) -> str:
        """Removes the key from what the model said, since a server may have echoed it."""
        ...

    async def aclose(self) -> None:
        """Closes connections. The provider cannot be used afterwards."""
        ...


async def complete(
    provider: Provider,
    request: ChatRequest,
    on_text: Callable[[str], None] | None = None,
    repetition: JsonRepetition | None = None,
) -> Completion:
    """Returns the complete answer of a stream. Raises ``ProviderError``, also if a part was
    withheld.

    ``on_text`` gets each piece as it arrives, to show progress, and an empty one if what came
    before was no text. ``repetition`` ends an answer that repeats itself, as one that was cut off:
    the connection is closed, and the server may rest. An error has the text so far as its
    ``answer``.
    """
    pieces: list[str] = []
    end = StreamEnd(AnswerEnd.UNKNOWN, TokenUsage())
    # The streams of providers are generators; the protocol only promises an iterator.
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
                    if repetition is not None and repetition.feed(text):
                        return _in_circles(provider, request, "".join(pieces))
        end.refuse_broken()
    except ProviderError as error:
        error.answer = error.answer or end.raw or "".join(pieces)
        raise
    text = "".join(pieces)
    return Completion(text, end.end, end.usage, end.word, raw=end.raw or text)


def _take(event: TextDelta | TextWithdrawn, pieces: list[str]) -> str:
    """Appends the text of an event to what came before; empty if that was no text."""
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
    """Attaches what the model sent to an error about its answer."""
    try:
        yield
    except ProviderError as error:
        error.answer = error.answer or answer.raw or answer.text
        raise
