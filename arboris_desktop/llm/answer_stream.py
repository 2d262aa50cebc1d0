"""Reading the events of a streamed chat completion."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import TypeGuard

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.http_errors import error_for_object
from arboris_desktop.llm.thinking import ThinkFilter
from arboris_desktop.llm.tokens import estimate_tokens

MAX_CHARACTERS = 4_000_000
"""A longer answer is that of a model that does not stop any more."""

MAX_EVENT_CHARACTERS = 16_000_000
"""An event that is longer does not end either; the parser would hold all of it."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_MAX_TOKENS = 1_000_000_000

_MAX_REPLACEMENTS = 20
"""More bytes than these that are not UTF-8, and the answer is in another encoding."""


class BoundedText:
    """The text of a response for the event parser, which holds what belongs to an unfinished event.

    Call ``event_ended`` after each event.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.headers = response.headers
        self._response = response
        self._held = 0
        self._begun = False

    def event_ended(self) -> None:
        """Starts counting again."""
        self._held = 0

    async def aiter_text(self) -> AsyncIterator[str]:
        """The pieces as they arrive. Raises ``ProviderError`` when an event does not end."""
        async for piece in self._response.aiter_text():
            # A mark that the standard for event streams allows and the parser does not know.
            text = piece if self._begun else piece.removeprefix("\ufeff")
            self._begun = True
            self._held += len(text)
            if self._held > MAX_EVENT_CHARACTERS:
                raise ProviderError(ErrorKind.INVALID_ANSWER, "an event of the answer does not end")
            yield text


class AnswerReader:
    """Takes the events of one answer and gives its text; knows how the answer ended.

    ``alive`` says whether the last event brought text or thinking, as opposed to a sign that the
    connection still exists; ``started`` whether any event did.
    """

    def __init__(self, secret: str | None) -> None:
        self._secret = secret
        self._filter = ThinkFilter()
        self._half = ""
        self._read = 0
        self._replacements = 0
        self._reasoning: list[str] = []
        self._text: list[str] = []
        self._usage: TokenUsage | None = None
        self._finish_reason: str | None = None
        self.alive = False
        self.started = False
        self.done = False

    @property
    def finished(self) -> bool:
        """Whether the answer is complete, so that a lost connection does not matter any more."""
        return self.done or self._finish_reason is not None

    @property
    def finish_reason(self) -> str:
        """Why the answer ended; ``stop`` when the server did not say."""
        return self._finish_reason or "stop"

    def feed(self, data: str) -> str:
        """Takes the data of one event and returns the text in it. Raises ``ProviderError``."""
        self.alive = False
        if data.strip() == "[DONE]":
            self.done = True
            return self._filter.finish()
        try:
            event = json.loads(data)
        except (ValueError, RecursionError):
            raise ProviderError(
                ErrorKind.INVALID_ANSWER, "the server sent an event that is not JSON"
            ) from None
        return self.feed_object(event)

    def feed_object(self, event: object) -> str:
        """Takes one chunk, or a whole answer that was not streamed; returns its text."""
        if not isinstance(event, Mapping):
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the server sent an unknown event")
        if event.get("error"):
            raise error_for_object(event["error"], self._secret)
        self._usage = _usage(event.get("usage")) or self._usage
        choices = event.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
            return ""
        choice = choices[0]
        text = self._take(choice.get("delta") or choice.get("message"))
        if isinstance(choice.get("finish_reason"), str):
            self._finish_reason = choice["finish_reason"]
            text += self._filter.finish()
        self._text.append(text)
        return text

    def _take(self, message: object) -> str:
        if not isinstance(message, Mapping):
            return ""
        thinking = _as_text(message.get("reasoning_content") or message.get("reasoning"))
        content = _as_text(message.get("content"))
        self.alive = bool(thinking or content)
        self.started = self.started or self.alive
        self._reasoning.append(thinking)
        self._read += len(thinking) + len(content)
        self._replacements += content.count("\ufffd")
        if self._replacements > _MAX_REPLACEMENTS:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer is not UTF-8")
        if self._read > MAX_CHARACTERS:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer does not end")
        return self._filter.feed(self._joined(content))

    def _joined(self, content: str) -> str:
        """The piece as text that can be stored.

        In JSON, an emoji may be two escapes, which some servers send in two pieces; and a half
        that stays alone, or a zero, is something that neither UTF-8 nor a database takes.
        """
        content = self._half + content.replace("\0", "")
        self._half = ""
        if _SURROGATE.search(content) is None:
            return content
        if "\ud800" <= content[-1] <= "\udbff":
            content, self._half = content[:-1], content[-1]
        return content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def usage(self, prompt_tokens: int) -> TokenUsage:
        """The tokens as the server counted them, else estimated; ``prompt_tokens`` if unknown."""
        if self._usage is not None:
            return self._usage
        written = estimate_tokens("".join(self._text)) + estimate_tokens("".join(self._reasoning))
        return TokenUsage(prompt_tokens, written, estimated=True)


def _as_text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _usage(data: object) -> TokenUsage | None:
    if not isinstance(data, Mapping):
        return None
    prompt, completion = data.get("prompt_tokens"), data.get("completion_tokens")
    if not _is_count(prompt) or not _is_count(completion):
        return None
    return TokenUsage(prompt, completion)


def _is_count(value: object) -> TypeGuard[int]:
    """Whether a server's figure can be one: not a boolean, negative or beyond all measure."""
    return type(value) is int and 0 <= value <= _MAX_TOKENS
