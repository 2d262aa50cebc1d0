"""The model of the kill rounds: a real HTTP server that writes and analyses the book.

It notes what was asked, by whom and when, and how much of each answer was sent, and can hold an
answer back. This is the only module that knows how the scripted provider is driven.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.faults.kill_book import STEPS, BookChapter
from tests.support.scripted_provider import (
    Behaviour,
    Exchange,
    ScriptedProvider,
    pieces_of,
    schema_name,
)

DRAFT = "draft"
"""Stands for a step's name where a chapter is written, not analysed."""

PROPOSAL = "proposal"
"""Stands for a step's name where a text is continued from the author's cursor."""

_SEAM_CHARACTERS = 300
"""The end of a text that is continued; longer than what its paragraphs have in common."""

PROPOSED = "."
"""The shortest proposal: what an author makes of it is then all of the text."""

WAIT_SECONDS = 240.0
"""Nothing that a round awaits takes longer, also on a busy machine."""


@dataclass(slots=True)
class Asked:
    """One request; chapter 0 is one of another book. Times are of ``time.monotonic``."""

    asker: str
    chapter: int
    step: str
    at: float
    sent: list[tuple[float, int]] = field(default_factory=list)
    """The time at which each piece was sent, and the number of characters that were out with it."""
    finished_at: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of an answer: ``pieces`` pieces, ``seconds`` between them."""

    seconds: float = 0.0
    pieces: int = 4


class Model:
    """Answers every request of the app as a perfect model would, at the pace that is set.

    ``prefix`` is the text with which a draft begins that is to be continued; ``begun`` are the
    beginnings of several that are continued at once, each known by its end in the request.
    """

    def __init__(self, chapters: list[BookChapter]) -> None:
        self.chapters = {chapter.number: chapter for chapter in chapters}
        self.writing = next(iter(self.chapters.values()))
        self.prefix = ""
        self.begun: tuple[str, ...] = ()
        self.proposal = PROPOSED
        self.draft_pace = Pace(pieces=40)
        self.step_pace = Pace()
        self.hold_at = 0
        self.asked: list[Asked] = []
        self._released = threading.Event()
        self._changed = threading.Condition()
        self._server = ScriptedProvider(self._choose)

    @property
    def base_url(self) -> str:
        """The address for ``ARBORIS_BASE_URL``."""
        return self._server.base_url

    @contextmanager
    def running(self) -> Iterator[Model]:
        """Serves during the block."""
        with self._server:
            try:
                yield self
            finally:
                self.release()

    def hold(self, number: int) -> None:
        """Holds the answer to the request of that number (1 is the first) amid its text."""
        self.hold_at = number

    def release(self) -> None:
        """Lets a held answer go on, and holds none any more."""
        self.hold_at = 0
        self._released.set()

    def until(self, condition: Callable[[], bool], alive: Callable[[], bool]) -> bool:
        """Waits until the condition on what was asked or sent holds; false if the asker ended."""
        deadline = time.monotonic() + WAIT_SECONDS
        with self._changed:
            while not condition():
                if not alive():
                    return condition()
                if time.monotonic() > deadline:
                    raise AssertionError("the awaited request never came")
                self._changed.wait(0.02)
        return True

    def count(self) -> int:
        """The number of requests so far."""
        return len(self.asked)

    def unfinished(self) -> list[Asked]:
        """The requests that were not answered to the end."""
        return [asked for asked in self.asked if asked.finished_at is None]

    def _choose(self, request: dict[str, Any]) -> Behaviour:
        """Notes a request and decides what is answered. Called for one request at a time."""
        step = schema_name(request)
        question = str(request["messages"][-1]["content"])
        number = 0
        if "BEFORE>>>" in question:
            step, answer = PROPOSAL, self.proposal
        elif "<<<CHAPTER" not in question:
            number, step = self.writing.number, DRAFT
            answer = self.writing.text[len(self._prefix_in(question)) :]
        elif (about := self._chapter_shown(question)) is None:
            step, answer = step or STEPS[0], "A day like others."
        else:
            number, step = about.number, step or STEPS[0]
            answer = about.summary if step == STEPS[0] else json.dumps(about.answer(step))
        asked = Asked(str(request["model"]), number, step, time.monotonic())
        with self._changed:
            self.asked.append(asked)
            held = len(self.asked) == self.hold_at
            self._changed.notify_all()
        pace = self.draft_pace if step in (DRAFT, PROPOSAL) else self.step_pace
        return lambda exchange: self._answer(exchange, asked, answer, pace, held=held)

    def _prefix_in(self, question: str) -> str:
        shown = [one for one in self.begun if one.rstrip()[-_SEAM_CHARACTERS:] in question]
        return max(shown, key=len, default=self.prefix)

    def _chapter_shown(self, question: str) -> BookChapter | None:
        """The chapter that is to be analysed; ``None`` for one of another book."""
        return next((c for c in self.chapters.values() if c.mark in question), None)

    def _answer(
        self, exchange: Exchange, asked: Asked, answer: str, pace: Pace, *, held: bool
    ) -> None:
        exchange.head()
        pieces = pieces_of(answer, max(1, -(-len(answer) // pace.pieces)))
        out = 0
        for number, piece in enumerate(pieces):
            if held and number == len(pieces) // 2:
                self._await_release(exchange)
            _send(exchange, {"content": piece})
            out += len(piece)
            self._note_piece(asked, out)
            if pace.seconds:
                exchange.pause(pace.seconds)
        _send(exchange, {}, "stop")
        exchange.write(b"data: [DONE]\n\n")
        exchange.end()
        with self._changed:
            asked.finished_at = time.monotonic()
            self._changed.notify_all()

    def _await_release(self, exchange: Exchange) -> None:
        while not self._released.is_set():
            exchange.pause(0.02)

    def _note_piece(self, asked: Asked, out: int) -> None:
        with self._changed:
            asked.sent.append((time.monotonic(), out))
            self._changed.notify_all()


def _send(exchange: Exchange, delta: dict[str, str], finish: str | None = None) -> None:
    exchange.event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
