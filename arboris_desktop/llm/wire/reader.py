"""Reading the events of a chat completion: its text, its thoughts, its end, its token counts."""

from __future__ import annotations

from collections.abc import Mapping

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.cleaning.template_tokens import TemplateTokenFilter
from arboris_desktop.llm.cleaning.thoughts import Sifted, ThoughtFilter
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.llm.wire.control_events import is_keep_alive, is_last
from arboris_desktop.llm.wire.events import WireEvent
from arboris_desktop.llm.wire.finish_reasons import end_of, graver
from arboris_desktop.llm.wire.messages import (
    arguments_of,
    choice_of,
    content_of,
    end_words,
    error_in,
    refusals_of,
    thoughts_of,
    unwrapped,
)
from arboris_desktop.llm.wire.refusals import error_for_object, without_secret
from arboris_desktop.llm.wire.runaway import RunawayWatch
from arboris_desktop.llm.wire.usage import is_count, thoughts_in, usage_in
from arboris_desktop.text.patterns import lazy_pattern

_SURROGATE = lazy_pattern("[\ud800-\udfff]")
_MAX_REPLACEMENTS = 20
"""Invalid bytes beyond which the answer is in another encoding than UTF-8."""

_LEAST_COPY = 64
"""Characters; a piece of at least this length that begins with all the text so far repeats it."""


class AnswerReader:
    """Takes the events of one answer and returns its text; knows how the answer ended.

    ``alive`` says whether the last event brought text or thoughts, as opposed to a sign of life;
    ``started`` whether any event did. ``progress`` is the share of the prompt that has been read,
    if the server reports it. ``is_known`` says whether any event was part of a chat's answer.
    """

    def __init__(self, secret: str | None, max_tokens: int | None = None, *, prose: bool = True):
        self._secret = secret
        self._thoughts = ThoughtFilter()
        self._tokens = TemplateTokenFilter()
        self._is_prose = prose
        self._has_called = False
        self._runaway = RunawayWatch(max_tokens, prose=prose)
        self._half = ""
        self._replacements = 0
        self._raw: list[str] = []
        self._length = 0
        self._has_text = False
        self._reasoning = 0
        self._given = 0
        self._counted_thoughts = 0
        self._had_deltas = False
        self._had_message = False
        self._usage: TokenUsage | None = None
        self._end: AnswerEnd | None = None
        self._word = ""
        self._index: int | None = None
        self._text_since_end = False
        self.declined = ""
        self.alive = False
        self.started = False
        self.done = False
        self.is_known = False
        self.progress: float | None = None

    @property
    def finished(self) -> bool:
        """True if the answer is complete, so that losing the connection does not matter any
        more."""
        has_end = self._end is not None and not self._text_since_end
        return self.done or has_end or self._tokens.has_ended

    @property
    def is_thinking(self) -> bool:
        """True if thoughts have arrived but no text."""
        return self.started and not self._has_text

    @property
    def end(self) -> AnswerEnd:
        """The end of the answer, once nothing more comes."""
        return self._end or AnswerEnd.WHOLE

    @property
    def thought_tokens(self) -> int:
        """The tokens spent on thoughts: as counted by the server, otherwise estimated."""
        within = 0
        if self._thoughts.found and not self._reasoning:
            # They were part of the text itself.
            within = estimate_tokens("".join(self._raw)) - self._given
        return max(self._counted_thoughts, self._reasoning, within, 0)

    @property
    def ran_out_in_thought(self) -> bool:
        """True if a limit was reached before any text arrived."""
        return self.end is AnswerEnd.CUT and not self._has_text and self.thought_tokens > 0

    @property
    def word(self) -> str:
        """The provider's word for the end; empty if it had none."""
        return self._word

    @property
    def raw(self) -> str:
        """The answer as it was sent, if something was removed from it; otherwise empty."""
        found = self._thoughts.found or self._tokens.found
        return without_secret("".join(self._raw), self._secret) if found else ""

    def feed(self, event: WireEvent) -> Sifted:
        """Takes one event and returns its text. Raises ``ProviderError``."""
        self.alive = False
        value = unwrapped(event.value)
        if is_last(event, value):
            self.done = True
            self.is_known = self.is_known or event.data == "[DONE]"
            return Sifted()
        error = error_in(value, event)
        if error is not None and not self._is_whole:
            raise error_for_object(error, self._secret)
        if not isinstance(value, Mapping):
            return self._no_object(event)
        return self._take(value)

    def end_whole(self) -> None:
        """Records the end of the body: an answer that was not streamed is complete with it."""
        if self._had_message and not self._had_deltas:
            self.done = True

    def finish(self) -> Sifted:
        """Returns the text that was held back, once nothing more comes."""
        sifted = self._thoughts.finish()
        if sifted.withdrawn:
            self._tokens.restart()
        return Sifted(self._tokens.feed(sifted.text) + self._tokens.finish(), sifted.withdrawn)

    @property
    def _is_whole(self) -> bool:
        return self.finished and self.end is AnswerEnd.WHOLE and self.started

    def _no_object(self, event: WireEvent) -> Sifted:
        if is_keep_alive(event) or self._is_whole:
            return Sifted()
        shown = " ".join(event.data.split())[:80]
        raise ProviderError(
            ErrorKind.INVALID_ANSWER, f"the server sent an event that is not JSON: {shown}"
        )

    def _take(self, value: Mapping[str, object]) -> Sifted:
        choice = choice_of(value)
        self._note_figures(value, choice)
        if choice is None or self._is_another(choice):
            return Sifted()
        self.is_known = True
        content, thinking = self._said(choice)
        self._think(thinking)
        text = self._sift(content)
        self._note_end(choice, value)
        return text

    def _is_another(self, choice: Mapping[str, object]) -> bool:
        """True if it belongs to another answer than the one that has begun."""
        index = choice.get("index")
        if type(index) is not int:
            return False
        if self._index is None:
            self._index = index
        # Some number the pieces: only one answer was requested, and that would have number 0.
        return index != self._index and self._index == 0

    def _said(self, choice: Mapping[str, object]) -> tuple[str, str]:
        """Returns the text and the thoughts of a piece, each only once."""
        delta, message = choice.get("delta"), choice.get("message")
        if isinstance(delta, Mapping) and (content_of(delta) or thoughts_of(delta)):
            self._had_deltas = True
            self._note_refusal(delta)
            return self._new(content_of(delta), choice), thoughts_of(delta)
        for part in (delta, message):
            if isinstance(part, Mapping):
                self._note_refusal(part)
        if isinstance(message, Mapping) and not self._had_deltas:
            # A stream without deltas carries its text here, piece by piece or all of it at the end.
            is_new = choice.get("is_piece") is True
            self._had_message = not is_new
            content = content_of(message) or self._called(message)
            return content if is_new else self._rest_of(content), thoughts_of(message)
        text = choice.get("text")
        if isinstance(text, str) and not self._had_deltas:
            return self._new(text, choice), ""
        return self._called(delta), ""

    def _called(self, part: object) -> str:
        """Returns the JSON that was asked for if it comes as a tool call."""
        if self._is_prose or not isinstance(part, Mapping):
            return ""
        arguments = arguments_of(part)
        self._has_called = self._has_called or bool(arguments)
        return arguments

    def _new(self, content: str, choice: Mapping[str, object]) -> str:
        """Returns the piece without the text so far, which some servers repeat at the end or in
        each piece."""
        is_last = end_of(choice.get("finish_reason")) is not None
        may_be_copy = len(content) > self._length or is_last
        return self._rest_of(content) if len(content) >= _LEAST_COPY and may_be_copy else content

    def _rest_of(self, content: str) -> str:
        if self._length and len(content) >= self._length:
            return content.removeprefix("".join(self._raw))
        return content

    def _note_refusal(self, part: Mapping[str, object]) -> None:
        self.declined += refusals_of(part)

    def _think(self, thinking: str) -> None:
        if not thinking:
            return
        self.alive = self.started = True
        self._thoughts.found = True
        self._reasoning += estimate_tokens(thinking)
        self._runaway.feed_thought(thinking)

    def _sift(self, content: str) -> Sifted:
        if not content:
            return Sifted()
        self.alive = self.started = True
        self._text_since_end = True
        self._raw.append(content)
        self._length += len(content)
        self._replacements += content.count("\ufffd")
        if self._replacements > _MAX_REPLACEMENTS:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer is not UTF-8")
        self._runaway.feed_text(content)
        sifted = self._thoughts.feed(self._joined(content))
        if sifted.withdrawn:
            self._tokens.restart()
        text = self._tokens.feed(sifted.text)
        self._given = estimate_tokens(text) + (0 if sifted.withdrawn else self._given)
        self._has_text = (self._has_text and not sifted.withdrawn) or bool(text)
        return Sifted(text, sifted.withdrawn)

    def _joined(self, content: str) -> str:
        """Returns the piece as text that can be stored.

        In JSON, an emoji may be two escapes, which some servers send in two pieces; a single
        surrogate or a NUL cannot be stored as UTF-8 or in a database. A byte order mark does not
        belong to the text.
        """
        content = self._half + content.replace("\0", "").replace("\ufeff", "")
        self._half = ""
        if _SURROGATE.search(content) is None:
            return content
        if "\ud800" <= content[-1] <= "\udbff":
            content, self._half = content[:-1], content[-1]
        return content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _note_end(self, choice: Mapping[str, object], value: Mapping[str, object]) -> None:
        """Records the end: the graver of several words counts, and text in between discards
        them."""
        known = None if self._text_since_end else self._end
        for word in end_words(choice, value):
            end = end_of(word)
            if end is AnswerEnd.UNKNOWN and self._has_called:
                end = AnswerEnd.WHOLE
            if end is not None:
                if known is None or graver(known, end) is not known:
                    self._word = word if isinstance(word, str) else str(end)
                known = self._end = graver(known, end)
                self._text_since_end = False

    def _note_figures(
        self, value: Mapping[str, object], choice: Mapping[str, object] | None
    ) -> None:
        usage = usage_in(value, self._usage) or (usage_in(choice) if choice else None)
        self._usage = usage or self._usage
        self._counted_thoughts = max(self._counted_thoughts, thoughts_in(value))
        self.is_known = self.is_known or usage is not None or "choices" in value
        progress = value.get("prompt_progress")
        if isinstance(progress, Mapping):
            self.is_known = True
            done, total = progress.get("processed"), progress.get("total")
            if is_count(done) and is_count(total) and total:
                self.progress = min(1.0, done / total)

    def usage(self, prompt_tokens: int) -> TokenUsage:
        """Returns the server's token counts, otherwise estimates; ``prompt_tokens`` is used if it
        did not count."""
        if self._usage is not None:
            return self._usage
        written = self._runaway.text_tokens + self._reasoning
        return TokenUsage(prompt_tokens, written, estimated=True)
