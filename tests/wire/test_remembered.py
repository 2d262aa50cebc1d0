"""Facts learnt of a server hold for the next start, and for the profile they were learnt of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.provider import ChatRequest, complete
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.providers import KeyChange, Providers, StoredTraits
from tests.wire.asking import QUESTION
from tests.wire.authoring import STORY, Author
from tests.wire.wires import Request, Wire, WireServer, reply, said, serving

WORDS = "Unsupported value: 'temperature' does not support 0.7 with this model."


def fixed_temperature(request: Request) -> Wire:
    if "temperature" in request.body:
        return reply({"error": {"message": WORDS}}, 400)
    return said(STORY)


def first_to_answer_plainly(request: Request) -> Wire:
    """A server that would understand all of it, once its error is over."""
    return said(STORY)


def test_the_next_start_asks_as_the_server_understands_at_once(author: Author) -> None:
    with serving(fixed_temperature) as server:
        assert author.write_at(server, chapter=1).code == 0
        assert ["temperature" in body for body in server.bodies] == [True, False]

        assert author.write_at(server, chapter=2).code == 0

        assert ["temperature" in body for body in server.bodies] == [True, False, False]


def test_nothing_is_learnt_of_a_request_that_came_to_nothing(author: Author) -> None:
    with serving(reply({"error": {"message": WORDS}}, 400)) as server:
        assert author.write_at(server).code == 1
        assert 1 < len(server.requests) <= 9

    with serving(said(STORY)) as server:
        # The same address, which is all that is known of a server, would be another port here.
        assert author.write_at(server).code == 0
        assert "temperature" in server.bodies[0]


class Desk:
    """One profile at a server, with what is stored of it."""

    def __init__(self, database: Database) -> None:
        self.keys = SessionKeyStore()
        self.database = database
        self.providers = Providers(database, self.keys)

    def use(self, profile: ProviderProfile) -> None:
        self.providers.store(ProviderRoster((profile,)))

    def ask(self) -> None:
        """Asks as after a start: nothing is known but what is stored."""

        async def run(source: ProviderSource) -> None:
            provider = await asyncio.to_thread(source.open)
            try:
                await complete(provider, ChatRequest(QUESTION, temperature=0.7))
            finally:
                await provider.aclose()

        traits = StoredTraits(self.database)
        with closing(ProviderSource(self.providers.roster, self.keys, {}, traits=traits)) as source:
            asyncio.run(run(source))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    paths = DataPaths(tmp_path / "home")
    paths.create()
    with closing(Database(paths)) as database:
        yield Desk(database)


def profile_at(server: WireServer, model: str = "scripted") -> ProviderProfile:
    connection = ProviderSettings(
        kind=ProviderKind.OPENAI_COMPATIBLE, base_url=server.url, model=model, configured=True
    )
    return ProviderProfile("first", name="Mine", connection=connection)


def sent_temperature(server: WireServer) -> list[bool]:
    return ["temperature" in body for body in server.bodies]


def test_another_name_of_a_profile_makes_nothing_forgotten(desk: Desk) -> None:
    with serving(fixed_temperature) as server:
        desk.use(profile_at(server))
        desk.ask()
        desk.use(replace(profile_at(server), name="The other name"))
        desk.ask()
        assert sent_temperature(server) == [True, False, False]


def test_another_model_is_another_matter(desk: Desk) -> None:
    with serving(fixed_temperature) as server:
        desk.use(profile_at(server))
        desk.ask()
        desk.use(profile_at(server, "another"))
        desk.ask()
        assert sent_temperature(server) == [True, False, True, False]


def test_a_changed_profile_is_asked_again(desk: Desk) -> None:
    with serving(fixed_temperature) as server:
        desk.use(profile_at(server))
        desk.ask()
        desk.use(profile_at(server, "another"))
        desk.use(profile_at(server))
        desk.ask()
        assert sent_temperature(server) == [True, False, True, False]


def test_another_key_may_be_allowed_more(desk: Desk) -> None:
    with serving(fixed_temperature) as server:
        desk.use(profile_at(server))
        desk.ask()
        desk.providers.change_key(KeyChange("first", "sk-another-0123456789"))
        desk.ask()
        assert sent_temperature(server) == [True, False, True, False]


def test_a_profile_keeps_how_long_it_is_waited_for(desk: Desk) -> None:
    with serving(fixed_temperature) as server:
        profile = replace(profile_at(server), first_token_seconds=900, max_parallel=0)
        desk.use(profile)
        stored = desk.providers.roster().first
        assert (stored.first_token_seconds, stored.max_parallel) == (900, 0)
        assert (stored.patience, stored.parallel) == (900, 1)
