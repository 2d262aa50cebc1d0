"""The news of a call to a model, and its results: what came, and what it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.llm.provider import CallPhase, Message

Value = TypeVar("Value")
Other = TypeVar("Other")


@record
class CallStarted:
    """The request is under way; ``prompt_tokens`` is an estimate."""

    provider: str
    prompt_tokens: int


@record
class CallText:
    """Some more of the answer; an empty text when what came before was none of it, or a form is
    asked for again."""

    text: str

    def after(self, before: str) -> str:
        """The answer so far, with this piece."""
        return before + self.text if self.text else ""


@record
class CallWaits:
    """Tells which phase a call is in before its words come."""

    phase: CallPhase


@record
class CallEnded:
    """The whole answer, and what it took.

    ``end`` is whole, cut or unknown: with another one the call fails. ``doubtful`` are words at
    the end that may be the model's own, and not of the text.
    """

    text: str
    provider: str
    spent: Spent
    end: AnswerEnd = AnswerEnd.WHOLE
    doubtful: str = ""

    @property
    def is_whole(self) -> bool:
        """True if nothing is missing of it."""
        return self.end is AnswerEnd.WHOLE


CallEvent = CallStarted | CallWaits | CallText | CallEnded
TellEvent = Callable[[CallEvent], None]


@record
class CallAnswer(Generic[Value]):
    """The result of one or more requests, and what all of them took together."""

    value: Value
    provider: str
    spent: Spent

    def giving(self, value: Other) -> CallAnswer[Other]:
        """The same cost, with a result made of the answer."""
        return CallAnswer(value, self.provider, self.spent)


class Bill:
    """Adds up what several calls took that serve one purpose."""

    def __init__(self) -> None:
        self.spent = Spent()
        self.provider = ""

    def add(self, call: CallEnded | CallAnswer[Any]) -> None:
        """Adds a call that has ended."""
        self.spent += call.spent
        self.provider = call.provider

    def add_lost(self, error: ProviderError) -> None:
        """Adds a call whose answer could not be used; it is paid for all the same."""
        self.spent += error.spent

    def answer(self, value: Value) -> CallAnswer[Value]:
        """The cost of all calls, with the result made of them."""
        return CallAnswer(value, self.provider, self.spent)


@record
class PromptPreview:
    """Exactly what would be sent, to whom, and how much of the model's context it takes."""

    messages: tuple[Message, ...]
    tokens: int
    answer_tokens: int | None
    context_tokens: int
    provider: str
