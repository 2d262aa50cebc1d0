"""A chapter that streams at 200 tokens a second while three others are analysed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from arboris_desktop.domain.settings import QueueSettings, WritingSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure, percentile
from tests.benchmarks.processes import play
from tests.support.prose import chinese_prose
from tests.support.scripted_exchange import Behaviour, Exchange
from tests.support.scripted_provider import Rule, ScriptedProvider, text

ANALYSES = 3
PAUSE = 0.0045
"""Seconds between two tokens: with what sending one takes, a little over 200 come in a second."""

TOKENS_FOR_ONE = 10
"""Tokens of the chapter for each one of an analysis."""

SENTENCES = 600
"""More than a chapter has: one that repeats itself would be stopped."""


def measure(runs: int, *, tokens: int = 2000) -> Iterator[Figure]:
    """The latest token to be painted, and the gaps between ticks of the event loop."""
    found = [_play(tokens) for _ in range(runs)]
    latest = [max(one["latency"]) for one in found]
    gaps = [one["gaps"] for one in found]
    typical = [percentile(one["latency"], 50) for one in found]
    yield Figure("tokens received", "1/s", tuple(one["rate"][0] for one in found))
    yield Figure("token received → painted, median token", "ms", tuple(typical))
    yield Figure("token received → painted, latest token", "ms", tuple(latest), Budget(50))
    yield Figure("gap between ticks, p99", "ms", tuple(percentile(g, 99) for g in gaps), Budget(33))
    yield Figure("gap between ticks, longest", "ms", tuple(map(max, gaps)), Budget(100))


def _play(tokens: int) -> dict[str, list[float]]:
    with empty_home() as paths, ScriptedProvider(_rule(tokens)) as provider:
        database = Database(paths)
        project_id = add_novel(database, ANALYSES, "她沿着石阶走下去，海风很冷。" * 200)
        Novels(database).add_chapter(project_id)
        preferences = Preferences(database)
        preferences.set(QueueSettings(max_concurrent=ANALYSES))
        preferences.set(GenerationConfig(min_chapter_length=100))
        preferences.set(WritingSettings(candidates=1, continue_until_target=False))
        database.close()
        environment = {
            "ARBORIS_HOME": str(paths.home),
            "ARBORIS_BASE_URL": provider.base_url,
            "ARBORIS_MAX_PARALLEL": "16",
            "ARBORIS_MODEL": "scripted",
        }
        found = play("stream", environment)
    # The end of a line is not painted before the words that follow it.
    words = sum(bool(piece.strip()) for piece in _pieces(tokens))
    if len(found["latency"]) < words * 0.9:
        raise RuntimeError(f"only {len(found['latency'])} of {tokens} tokens were painted")
    if found["analyses running at the end"] != [ANALYSES]:
        raise RuntimeError("an analysis ended before the chapter")
    return found


def _pieces(count: int) -> list[str]:
    """So many tokens of two characters, with a line for each sentence."""
    chapter = chinese_prose(SENTENCES).replace("。", "。\n")
    tokens = [chapter[place : place + 2] for place in range(0, len(chapter), 2)]
    return list(islice(cycle(tokens), count))


class _Pace:
    """The pace of the chapter, which the analyses keep: each has a token for some of its own.

    However long the chapter takes, they are at work until its end, and no answer is so long that
    it would be stopped as one that has none.
    """

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self._sent = 0

    def chapter(self) -> Iterator[str]:
        """Yields the tokens of the chapter, and notes that each is sent."""
        for piece in _pieces(self._tokens):
            yield piece
            self._sent += 1

    def analyse(self, exchange: Exchange) -> None:
        """Answers an analysis, and does not end."""
        exchange.head()
        for number, piece in enumerate(_pieces(self._tokens // TOKENS_FOR_ONE)):
            while self._sent < number * TOKENS_FOR_ONE:
                if exchange.pause(PAUSE * TOKENS_FOR_ONE):
                    return
            exchange.delta(piece)
        exchange.stall()


def _rule(tokens: int) -> Rule:
    """Streams the chapter at its pace, and answers to the analyses meanwhile."""
    pace = _Pace(tokens)

    def choose(request: dict[str, Any]) -> Behaviour:
        # The text that an analysis is about stands between marks, whatever the language.
        if "<<<" in request["messages"][-1]["content"]:
            return pace.analyse
        return text("", pieces=pace.chapter(), delay=PAUSE)

    return choose
