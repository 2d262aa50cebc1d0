"""An answer of a model on its way into a draft, without what does not belong to the chapter."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.cleaning.prose import OpeningFilter, closing_of, is_refusal
from arboris_desktop.llm.provider import CallPhase, StreamEvent, TextDelta, TextWithdrawn
from arboris_desktop.writing.chapters.checkpoint import Checkpoint
from arboris_desktop.writing.chapters.draft_events import (
    DraftReplaced,
    DraftText,
    DraftWaits,
    WritingEvent,
)

_REPEAT_CHARACTERS = 60
"""Characters; a continuation that repeats this much of the beginning restarts the text."""


class StreamedText:
    """Takes the events of one answer and adds its text to the draft.

    ``seam`` joins it to the text that it continues. ``raw`` is what the model said, and
    ``is_cleaned`` whether that is more than the text; ``doubtful`` are its last words if they may
    not belong to the chapter.
    """

    def __init__(self, checkpoint: Checkpoint, seam: Seam | None) -> None:
        self._checkpoint = checkpoint
        self._before = checkpoint.text
        self._seam = seam
        self._opening = OpeningFilter()
        self._said: list[str] = []
        self.is_cleaned = False
        self.doubtful = ""

    @property
    def raw(self) -> str:
        """The model's own words."""
        return "".join(self._said)

    @property
    def is_repeat(self) -> bool:
        """True if it restarts the text instead of continuing it."""
        return self._seam is not None and self._seam.is_repeat

    async def take(self, event: StreamEvent) -> AsyncGenerator[WritingEvent, None]:
        """Converts an event of the call."""
        if isinstance(event, CallPhase):
            yield DraftWaits(event)
        elif isinstance(event, TextWithdrawn):
            self._opening = OpeningFilter()
            if self._seam is not None:
                self._seam = self._seam.restarted()
            yield self._replace(self._before)
        elif isinstance(event, TextDelta):
            self._said.append(event.text)
            async for told in self._add(self._opening.feed(event.text)):
                yield told

    async def finish(self, *, is_cut: bool) -> AsyncGenerator[WritingEvent, None]:
        """Removes what does not belong to the end, which a cut answer does not have.

        Raises ``ProviderError`` (MODEL_DECLINED).
        """
        async for told in self._add(self._opening.finish(), ended=True):
            yield told
        self.is_cleaned = self.is_cleaned or bool(self._opening.taken_off)
        text = self._checkpoint.text[len(self._before) :]
        if is_refusal(text, amid_text=bool(self._before.strip())):
            yield self._replace(self._before)
            raise ProviderError(ErrorKind.MODEL_DECLINED, text.strip()[:300])
        if is_cut:
            return
        closing = closing_of(text, fenced=self._opening.fenced)
        if closing.length:
            yield self._replace(self._before + text[: len(text) - closing.length])
        if closing.declined:
            raise ProviderError(ErrorKind.MODEL_DECLINED, closing.declined[:300])
        self.doubtful = closing.doubtful

    def settle(self) -> None:
        """Adds what was held back to the draft: no more is coming."""
        held = self._opening.finish()
        if self._seam is not None:
            held = self._seam.take(held) + self._seam.rest()
        self._checkpoint.append(held)

    def _replace(self, text: str) -> DraftReplaced:
        self.is_cleaned = True
        self._checkpoint.replace(text)
        return DraftReplaced(text)

    async def _add(self, text: str, *, ended: bool = False) -> AsyncGenerator[WritingEvent, None]:
        if self._seam is not None:
            text = self._seam.take(text) + (self._seam.rest() if ended else "")
        if text:
            await self._checkpoint.add(text)
            yield DraftText(text)


class Seam:
    """The join between a text and its continuation.

    The beginning of a continuation is held back until it is known to be new: a weak model restarts
    the chapter instead of continuing it.
    """

    def __init__(self, before: str, *, starts_paragraph: bool) -> None:
        self._before = before
        self._starts_paragraph = starts_paragraph
        self._held: str | None = ""
        self.is_repeat = False

    def take(self, piece: str) -> str:
        """Returns the part of the continuation that may be shown by now."""
        if self._held is None:
            return piece
        self._held += piece
        return self._release() if len(self._held.strip()) >= _REPEAT_CHARACTERS else ""

    def restarted(self) -> Seam:
        """Returns a seam at the same place, for another answer."""
        return Seam(self._before, starts_paragraph=self._starts_paragraph)

    def rest(self) -> str:
        """Returns what is still held back, once the answer has ended."""
        return self._release() if self._held else ""

    def _release(self) -> str:
        held, self._held = self._held or "", None
        beginning = held.strip()
        self.is_repeat = beginning[:_REPEAT_CHARACTERS] in self._before
        if self.is_repeat:
            return ""
        if not self._starts_paragraph:
            return held
        # The text ended with a sentence, so that a new paragraph follows.
        between = "\n" if "\n" in self._before and "\n\n" not in self._before else "\n\n"
        end = len(self._before) - len(self._before.rstrip("\n"))
        return between[min(end, len(between)) :] + held.lstrip()
