"""The events and results of calls to a model."""

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
    """The request has been sent; ``prompt_tokens`` is an estimate."""

    provider: str
    prompt_tokens: int


@record
class CallText:
    """More of the answer; an empty text if what came before did not belong to it, or a form is
    requested again."""

    text: str

    def after(self, before: str) -> str:
        """Returns the answer so far, with this piece."""
        return before + self.text if self.text else ""


@record
class CallWaits:
    """The phase of a call before its words arrive."""

    phase: CallPhase


@record
class CallEnded:
    """The complete answer and its cost.

    ``end`` is whole, cut or unknown: with any other, the call fails. ``doubtful`` are words at the
    end that may be the model's own and not belong to the text.
    """

    text: str
    provider: str
    spent: Spent
    end: AnswerEnd = AnswerEnd.WHOLE
    doubtful: str = ""

    @property
    def is_whole(self) -> bool:
        """True if the answer is complete."""
        return self.end is AnswerEnd.WHOLE


CallEvent = CallStarted | CallWaits | CallText | CallEnded
TellEvent = Callable[[CallEvent], None]


@record
class CallAnswer(Generic[Value]):
    """The result of one or more requests, and their total cost."""

    value: Value
    provider: str
    spent: Spent

    def giving(self, value: Other) -> CallAnswer[Other]:
        """Returns the same cost with another result."""
        return CallAnswer(value, self.provider, self.spent)


class Bill:
    """The total of several calls for one purpose."""

    def __init__(self) -> None:
        self.spent = Spent()
        self.provider = ""

    def add(self, call: CallEnded | CallAnswer[Any]) -> None:
        """Adds a call that has ended."""
        self.spent += call.spent
        self.provider = call.provider

    def add_lost(self, error: ProviderError) -> None:
        """Adds a call whose answer could not be used, but has to be paid for."""
        self.spent += error.spent

    def answer(self, value: Value) -> CallAnswer[Value]:
        """Returns a result with the total cost."""
        return CallAnswer(value, self.provider, self.spent)


@record
class PromptPreview:
    """Exactly what would be sent, to whom, and how much of the model's context it takes."""

    messages: tuple[Message, ...]
    tokens: int
    answer_tokens: int | None
    context_tokens: int
    provider: str
