"""Stopping a model that its server does not stop: its answer is too long, or repeats itself."""

from __future__ import annotations

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.cleaning.repetition import RepetitionWatch
from arboris_desktop.llm.tokens import estimate_tokens

_MAX_CHARACTERS = 4_000_000
"""Characters; a longer answer is taken to have no end."""

_LIMIT_FACTOR, _LIMIT_MARGIN = 3, 256
"""An answer is stopped when it exceeds its limit by this factor and margin."""

_MEASURED_CHARACTERS = 2000


class RunawayWatch:
    """Watches the text and the thoughts of one answer. Raises ``ProviderError`` (``RUNAWAY``)."""

    def __init__(self, max_tokens: int | None, *, prose: bool) -> None:
        self._limit = None if max_tokens is None else _LIMIT_FACTOR * max_tokens + _LIMIT_MARGIN
        # JSON repeats its keys, and a repeated value is still of use to the caller.
        self._circles = RepetitionWatch() if prose else None
        self._circles_of_thought = RepetitionWatch(sentences=False)
        self._read = 0
        self._measured = 0
        self._unmeasured: list[str] = []

    @property
    def text_tokens(self) -> int:
        """The estimated tokens of the text so far."""
        return self._measured + estimate_tokens("".join(self._unmeasured))

    def feed_text(self, text: str) -> None:
        """Takes the next piece of the answer."""
        self._note_read(text)
        self._measure(text)
        if self._circles is not None:
            self._refuse_circle(self._circles.feed(text))

    def feed_thought(self, thought: str) -> None:
        """Takes the next piece of the thoughts."""
        self._note_read(thought)
        self._refuse_circle(self._circles_of_thought.feed(thought))

    def _note_read(self, text: str) -> None:
        self._read += len(text)
        if self._read > _MAX_CHARACTERS:
            raise ProviderError(ErrorKind.RUNAWAY, "the answer does not end")

    def _measure(self, text: str) -> None:
        self._unmeasured.append(text)
        if sum(map(len, self._unmeasured)) < _MEASURED_CHARACTERS:
            return
        self._measured += estimate_tokens("".join(self._unmeasured))
        self._unmeasured.clear()
        if self._limit is not None and self._measured > self._limit:
            raise ProviderError(
                ErrorKind.RUNAWAY,
                f"more than {self._limit} tokens, {_LIMIT_FACTOR} times the limit",
            )

    def _refuse_circle(self, unit: str | None) -> None:
        if unit is not None:
            shown = unit if len(unit) <= 80 else f"{unit[:79]}…"
            raise ProviderError(ErrorKind.RUNAWAY, f"the same comes again and again: {shown}")
