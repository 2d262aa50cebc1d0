"""Several models for one task: who stands in for whom, and when nobody does."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, field, replace

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.provider import ChatRequest, Message, Role, TextDelta
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    Exchange,
    ScriptedProvider,
    error,
    html,
    reset_after,
    reset_at_once,
    stall,
    text,
)

PURPOSE = CallPurpose(ModelTask.DRAFTING, "draft_chapter")
REQUEST = ChatRequest((Message(Role.USER, "Write."),), max_tokens=100)


@dataclass
class Pair:
    """Two servers, the second to fall back on."""

    first: ScriptedProvider
    second: ScriptedProvider
    recorded: list[ModelCall] = field(default_factory=list)
    roster: ProviderRoster = field(init=False)
    source: ProviderSource = field(init=False)

    def __post_init__(self) -> None:
        self.first.models = self.second.models = [MODEL]
        profiles = (
            _profile("provider", "First", self.first.base_url, PriceSettings(1, 1, "USD")),
            _profile("provider-2", "Second", self.second.base_url, PriceSettings(2, 2, "CNY")),
        )
        self.roster = ProviderRoster(profiles, {ModelTask.DRAFTING: ("provider", "provider-2")})
        keys = SessionKeyStore()
        keys.set("provider", "sk-first")
        keys.set("provider-2", "sk-second")
        self.source = ProviderSource(
            lambda: self.roster,
            keys,
            {},
            # A busy machine may be silent for longer than half a second.
            timeouts=Timeouts(connect=20.0, first_token=3.0, stall=3.0),
            record=self.recorded.append,
        )

    def change(self, place: int, *, context_tokens: int = 0, max_parallel: int = 0) -> None:
        """Changes a profile's context and limit."""
        profiles = list(self.roster.profiles)
        connection = replace(profiles[place].connection, context_tokens=context_tokens)
        profiles[place] = replace(profiles[place], connection=connection, max_parallel=max_parallel)
        self.roster = replace(self.roster, profiles=tuple(profiles))

    def ask(self, request: ChatRequest = REQUEST) -> tuple[str, MeteredProvider]:
        """The answer, and the provider as it was left."""

        async def run() -> tuple[str, MeteredProvider]:
            provider = self.source.open(PURPOSE)
            try:
                return await answer_of(provider, request), provider
            finally:
                await provider.aclose()

        return asyncio.run(run())


async def answer_of(provider: MeteredProvider, request: ChatRequest = REQUEST) -> str:
    async with aclosing(provider.stream_chat(request)) as stream:
        return "".join([event.text async for event in stream if isinstance(event, TextDelta)])


def _profile(id: str, name: str, base_url: str, prices: PriceSettings) -> ProviderProfile:
    connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, base_url, MODEL)
    return ProviderProfile(id, name, connection, prices)


@pytest.fixture
def pair() -> Iterator[Pair]:
    with ScriptedProvider() as first, ScriptedProvider() as second:
        first.rule = lambda _request: text("from the first")
        second.rule = lambda _request: text("from the second")
        pair = Pair(first, second)
        yield pair
        pair.source.close()


def test_as_long_as_it_works_the_first_one_answers(pair: Pair) -> None:
    answer, provider = pair.ask()
    assert answer == "from the first"
    assert provider.profile.title == "First"
    assert pair.second.requests == []
    assert pair.first.keys == ["Bearer sk-first"]


@pytest.mark.parametrize(
    "behaviour",
    [
        error(401, "no such key"),
        error(402, "no money left"),
        error(404, "no such model"),
        error(429, "slow down"),
        error(500, "oops"),
        error(503, "busy"),
        html(),
        reset_at_once(),
        stall(),
    ],
    ids=["401", "402", "404", "429", "500", "503", "html", "reset", "stall"],
)
def test_the_second_stands_in_before_the_first_word(pair: Pair, behaviour: Behaviour) -> None:
    pair.first.rule = lambda _request: behaviour
    answer, provider = pair.ask()
    assert answer == "from the second"
    assert provider.profile.title == "Second"
    assert (list(provider.spent.money), pair.second.keys) == (["CNY"], ["Bearer sk-second"])
    assert [(call.profile, call.outcome, call.currency) for call in pair.recorded] == [
        ("First", CallOutcome.FAILED, "USD"),
        ("Second", CallOutcome.COMPLETED, "CNY"),
    ]
    assert pair.recorded[0].cost == 0.0


def test_what_two_of_them_took_is_paid_in_two_currencies(pair: Pair) -> None:
    async def ask_twice() -> MeteredProvider:
        provider = pair.source.open(PURPOSE)
        try:
            assert await answer_of(provider) == "from the first"
            pair.first.rule = lambda _request: error(402, "no money left")
            assert await answer_of(provider) == "from the second"
        finally:
            await provider.aclose()
        return provider

    spent = asyncio.run(ask_twice()).spent

    dollars, nothing, yuan = (call.spent for call in pair.recorded)
    assert spent == dollars + nothing + yuan
    assert spent.money == {
        "USD": pytest.approx(dollars.tokens / 1_000_000),
        "CNY": pytest.approx(2 * yuan.tokens / 1_000_000),
    }


def test_a_refused_connection_is_no_obstacle(pair: Pair) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        first = replace(
            pair.roster.first, connection=replace(pair.roster.first.connection, base_url=nobody)
        )
        pair.roster = replace(pair.roster, profiles=(first, pair.roster.profiles[1]))
        assert pair.ask()[0] == "from the second"


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [(reset_after("Once"), ErrorKind.CONNECTION), (stall("Once"), ErrorKind.STALLED)],
)
def test_nobody_stands_in_after_the_first_word(
    pair: Pair, behaviour: Behaviour, kind: ErrorKind
) -> None:
    pair.first.rule = lambda _request: behaviour
    with pytest.raises(ProviderError) as caught:
        pair.ask()
    assert caught.value.kind is kind
    assert pair.second.requests == []


@pytest.mark.parametrize("refusal", [error(400, "bad words"), error(400, "context length")])
def test_a_refused_request_is_not_taken_elsewhere(pair: Pair, refusal: Behaviour) -> None:
    pair.first.rule = lambda _request: refusal
    with pytest.raises(ProviderError):
        pair.ask()
    assert pair.second.requests == []


def test_a_context_that_is_too_small_is_passed_over(pair: Pair) -> None:
    pair.first.rule = lambda _request: error(500, "oops")
    pair.change(1, context_tokens=64)
    with pytest.raises(ProviderError) as caught:
        pair.ask()
    assert caught.value.kind is ErrorKind.SERVER_ERROR
    assert caught.value.message.startswith("First: oops; Second: its context of 64 tokens")
    assert pair.second.requests == []


def test_when_all_fail_it_is_said_of_each_and_what_passes_counts(pair: Pair) -> None:
    pair.first.rule = lambda _request: error(401, "bad key")
    pair.second.rule = lambda _request: error(429, "slow down", Retry_After="7")
    with pytest.raises(ProviderError) as caught:
        pair.ask()
    assert (caught.value.kind, caught.value.retry_after) == (ErrorKind.RATE_LIMITED, 7.0)
    assert caught.value.message == "First: bad key; Second: slow down (wait 7 s)"


def test_who_failed_is_asked_last_until_faults_are_forgotten(pair: Pair) -> None:
    pair.first.behaviours.append(error(500, "oops"))
    assert pair.ask()[0] == "from the second"
    assert pair.ask()[0] == "from the second"
    assert len(pair.first.requests) == 1

    pair.source.forget_faults()
    assert pair.ask()[0] == "from the first"


def test_who_rests_is_still_asked_when_the_other_fails(pair: Pair) -> None:
    pair.first.behaviours.append(error(500, "oops"))
    assert pair.ask()[0] == "from the second"
    pair.second.behaviours.append(error(500, "oops"))
    assert pair.ask()[0] == "from the first"


def test_no_more_run_at_once_than_allowed_whatever_thread_asks(pair: Pair) -> None:
    pair.change(0, max_parallel=2)
    counter, gate = _Counter(), threading.Event()

    def count(exchange: Exchange) -> None:
        with counter:
            if counter.inside == 2:
                gate.set()
            exchange.hold(gate)
            # Long enough for a third one to come, if it were let through.
            exchange.pause(0.05)
            text("done")(exchange)

    pair.first.rule = lambda _request: count
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(pair.ask) for _ in range(6)]
        assert [answer.result(60)[0] for answer in answers] == ["done"] * 6

    assert counter.most == 2
    assert pair.second.requests == []


class _Counter:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.inside = self.most = 0

    def __enter__(self) -> None:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self.inside -= 1


def test_a_call_that_gives_up_waiting_leaves_no_trace(pair: Pair) -> None:
    pair.change(0, max_parallel=1)
    pair.first.behaviours.append(stall("On and on"))

    async def run() -> None:
        first, second = pair.source.open(PURPOSE), pair.source.open(PURPOSE)
        running = asyncio.ensure_future(answer_of(first))
        await asyncio.to_thread(pair.first.wait_for_requests, 1)
        waiting = asyncio.ensure_future(answer_of(second))
        await asyncio.sleep(0.02)
        waiting.cancel()
        running.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
        assert await answer_of(second) == "from the first"
        await first.aclose()
        await second.aclose()

    asyncio.run(run())
    assert [call.outcome for call in pair.recorded] == [
        CallOutcome.CANCELLED,
        CallOutcome.COMPLETED,
    ]


def test_a_key_that_cannot_be_one_is_no_obstacle(pair: Pair) -> None:
    pair.source._keys.set("provider", "ключ")
    answer, provider = pair.ask()
    assert (answer, provider.profile.title) == ("from the second", "Second")


def test_other_tasks_go_their_own_way(pair: Pair) -> None:
    pair.roster = replace(pair.roster, routes={ModelTask.SUMMARIES: ("provider-2",)})

    async def run(task: ModelTask) -> str:
        provider = pair.source.open(CallPurpose(task))
        try:
            return await answer_of(provider)
        finally:
            await provider.aclose()

    assert asyncio.run(run(ModelTask.SUMMARIES)) == "from the second"
    assert asyncio.run(run(ModelTask.ANALYSIS)) == "from the first"


def test_a_second_question_goes_to_whom_the_first_one_went(pair: Pair) -> None:
    pair.first.rule = lambda _request: error(500, "oops")

    async def run() -> list[str]:
        provider = pair.source.open(PURPOSE)
        try:
            return [await answer_of(provider), await answer_of(provider)]
        finally:
            await provider.aclose()

    assert asyncio.run(run()) == ["from the second", "from the second"]
    assert len(pair.first.requests) == 1


def test_candidates_side_by_side_all_find_the_one_that_works(pair: Pair) -> None:
    pair.first.rule = lambda _request: error(500, "oops")

    async def run() -> list[str]:
        provider = pair.source.open(PURPOSE)
        try:
            return await asyncio.gather(*(answer_of(provider) for _ in range(4)))
        finally:
            await provider.aclose()

    assert asyncio.run(run()) == ["from the second"] * 4
