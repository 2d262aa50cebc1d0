"""Servers that say nothing: one reads only part, or its model thinks before it writes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.llm.context_budget import tokens_of
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import ChatRequest, Message, Role
from arboris_desktop.llm.wire.negotiation import Dialect
from tests.support.prose import prose
from tests.wire.asking import KEY, UNHURRIED, Heard, hear
from tests.wire.authoring import STORY, Author
from tests.wire.wires import Request, Wire, WireServer, piece, said, serving, stream

LONG = prose(4000)
CHINESE = "灯塔上的灯在风里摇晃，她数着潮水，一夜没有睡。" * 240


def answered(text: str, prompt: int, completion: int = 20, **also: Any) -> Wire:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, **also}
    return stream(piece(text), piece(finish="stop"), {"choices": [], "usage": usage})


class Asked:
    """A provider that is asked several questions, and what it has learnt."""

    def __init__(self, server: WireServer, dialect: Dialect | None = None, context: int = 0):
        self.learnt = dialect or Dialect()
        self.provider = OpenAICompatibleProvider(
            server.url,
            KEY,
            "scripted",
            timeouts=UNHURRIED,
            context_tokens=context,
            dialect=self.learnt,
            on_learnt=self._learn,
        )

    def _learn(self, dialect: Dialect) -> None:
        self.learnt = dialect

    def ask(self, *questions: str, max_tokens: int | None = None) -> list[Heard]:
        async def run() -> list[Heard]:
            try:
                return [
                    await hear(
                        self.provider,
                        ChatRequest((Message(Role.USER, question),), max_tokens=max_tokens),
                    )
                    for question in questions
                ]
            finally:
                await self.provider.aclose()

        return asyncio.run(run())


@pytest.mark.parametrize("question", [LONG, CHINESE])
def test_a_server_that_reads_only_part_is_noticed_and_that_is_its_room(question: str) -> None:
    with serving(answered(STORY, 2048)) as server:
        asked = Asked(server)
        (heard,) = asked.ask(question)
    assert (heard.text, heard.only_read) == (STORY, 2048)
    assert asked.learnt.context_tokens == asked.provider.context_tokens == 2048
    assert asked.learnt.room_is_asked


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # A tokenizer that knows the language well.
        (LONG, {"prompt_tokens": len(LONG) // 5}),
        (CHINESE, {"prompt_tokens": len(CHINESE) // 2}),
        # What it still had is not counted, or by itself.
        (LONG, {"prompt_tokens": 12}),
        (LONG, {"prompt_tokens": 0}),
        (LONG, {"prompt_tokens": 900, "prompt_tokens_details": {"cached_tokens": 850}}),
        ("Sing.", {"prompt_tokens": 600}),
    ],
)
def test_a_server_that_reads_all_is_left_alone(question: str, told: dict[str, Any]) -> None:
    with serving(answered(STORY, told.pop("prompt_tokens"), **told)) as server:
        asked = Asked(server)
        (heard,) = asked.ask(question)
    assert heard.only_read == 0
    assert asked.learnt.context_tokens == 0


def test_one_that_has_read_more_before_only_leaves_out_what_it_still_had() -> None:
    with serving(answered("a", 6000), answered("b", 1500)) as server:
        asked = Asked(server)
        assert [heard.only_read for heard in asked.ask(LONG, LONG)] == [0, 0]


def test_the_author_is_told(author: Author) -> None:
    # The chapter before makes the question of the next one long.
    assert "only part" not in author.write(answered(STORY, 2500)).err
    written = author.write(answered(STORY, 420), chapter=2)
    assert (written.code, written.stored) == (0, STORY)
    assert "only part" in written.err


THOUGHT = prose(1200)


def thinking(limit: int) -> Any:
    """A model that thinks for ``limit`` tokens before it writes, all of them counted."""

    def answer(request: Request) -> Wire:
        allowed = request.body.get("max_tokens", 100_000)
        pieces = [piece(reasoning_content=part) for part in (THOUGHT[:1000], THOUGHT[1000:])]
        is_cut = allowed < limit
        texts = [] if is_cut else [piece(STORY)]
        details = {"reasoning_tokens": min(allowed, limit)}
        usage = {
            "prompt_tokens": 10,
            "completion_tokens": min(allowed, limit) + 5,
            "completion_tokens_details": details,
        }
        end = piece(finish="length" if is_cut else "stop")
        return stream(*pieces, *texts, end, {"choices": [], "usage": usage})

    return answer


def test_a_model_that_thinks_is_asked_again_with_more_room_and_it_is_remembered() -> None:
    with serving(thinking(3000)) as server:
        asked = Asked(server)
        first, second = asked.ask("Sing.", "Sing again.", max_tokens=1200)
        limits = [body["max_tokens"] for body in server.bodies]
    assert (first.text, first.end) == (second.text, second.end) == (STORY, AnswerEnd.WHOLE)
    assert limits[0] == 1200
    assert limits[1] >= 3000
    assert len(limits) == 3, "the second question is put with that room at once"
    assert limits[2] >= 3000 + 1200
    assert first.prompt_tokens == 20, "both attempts are paid"

    with serving(thinking(3000)) as server:
        again = Asked(server, asked.learnt)
        assert again.ask("Sing.", max_tokens=1200)[0].text == STORY
        assert len(server.bodies) == 1, "also after a restart"


def test_the_room_for_thought_stays_within_the_context() -> None:
    with serving(thinking(100_000)) as server:
        asked = Asked(server, context=4096)
        (heard,) = asked.ask("Sing.", max_tokens=1200)
        question = tokens_of(asked.provider, (Message(Role.USER, "Sing."),))
        limits = [body["max_tokens"] for body in server.bodies]
    assert (heard.text, heard.end) == ("", AnswerEnd.CUT)
    assert all(limit + question <= 4096 for limit in limits)
    assert len(limits) <= 3


def test_a_short_thought_is_measured_too() -> None:
    with serving(said(f"<think>{THOUGHT}</think>{STORY}")) as server:
        asked = Asked(server)
        asked.ask("Sing.", max_tokens=4000)
    assert 500 < asked.learnt.thought_tokens < 2500


def test_one_that_does_not_think_gets_no_more() -> None:
    with serving(said("The rain", finish="length"), said("The rain.")) as server:
        asked = Asked(server)
        asked.ask("Sing.", "Sing.", max_tokens=500)
        assert [body["max_tokens"] for body in server.bodies] == [500, 500]
    assert asked.learnt.thought_tokens == 0


def test_a_chapter_after_long_thought_is_a_chapter(author: Author) -> None:
    with serving(thinking(6000)) as server:
        written = author.write_at(server)
    assert (written.code, written.stored) == (0, STORY)
