"""Answers of a model that come while nothing can be stored: none is lost, none is paid for twice.

Chapters have tests of their own, in ``test_drafting_storage_faults.py``.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import aclosing, closing

import pytest

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import OutlineRunStatus, RunKind
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.blueprint.blueprints import Blueprints
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.evaluation import Evaluation
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.concept.dialogue import Concept
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.spending import CallLedger, settled_first
from tests.support.outline_provider import planning_rule
from tests.support.scripted_provider import (
    Behaviour,
    Exchange,
    ScriptedProvider,
    json_answer,
)
from tests.unit.writing.blueprint.blueprint_answers import STORY, whole_blueprint
from tests.unit.writing.chapters.test_evaluation import answer, make_round, said_of
from tests.unit.writing.test_concept import ASKED

pytestmark = pytest.mark.faults

PATIENCE = "arboris_desktop.storage.engine.retrying_store"
"""Says so when it could not store an answer and will try again."""


class LockedForAnswers(logging.Handler):
    """Another program writes from the next answer on, until the storing of one was put off."""

    def __init__(self, database: Database) -> None:
        super().__init__(logging.WARNING)
        self._path = database.paths.database
        self._other: sqlite3.Connection | None = None
        self.put_off = 0

    def before(self, behaviour: Behaviour) -> Behaviour:
        """The same answer, with the database locked from its beginning."""

        def behave(exchange: Exchange) -> None:
            if not self.put_off:
                self.begin()
            behaviour(exchange)

        return behave

    def begin(self) -> None:
        """The other program begins to write."""
        self._other = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """The other program has written."""
        if self._other is not None:
            self._other.close()
            self._other = None

    def emit(self, record: logging.LogRecord) -> None:
        """Storing was put off: the next time it succeeds."""
        if record.name == PATIENCE:
            self.put_off += 1
            self.end()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.02)


@pytest.fixture
def locked(database: Database) -> Iterator[LockedForAnswers]:
    handler = LockedForAnswers(database)
    log = logging.getLogger("arboris_desktop")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)
    handler.end()


@pytest.fixture
def calls(database: Database, source: ProviderSource) -> ModelCalls:
    return ModelCalls(database, source, PromptLibrary())


def on_record(database: Database) -> int:
    with closing(sqlite3.connect(database.paths.database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM model_calls").fetchone()
    return int(count)


def test_a_turn_of_the_dialogue_waits_until_it_can_be_stored(
    database: Database,
    calls: ModelCalls,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    locked: LockedForAnswers,
) -> None:
    concept = Concept(database, calls)
    concept.say(novel.project.id, "A lighthouse that has gone dark.")
    scripted_provider.behaviours.append(locked.before(json_answer(ASKED)))

    asyncio.run(concept.reply(novel.project.id, lambda _event: None))

    question = concept.open(novel.project.id).question
    assert question is not None
    assert question.text == ASKED["message"]
    assert (locked.put_off, len(scripted_provider.requests)) == (1, 1)


def test_parts_of_the_blueprint_wait_until_they_can_be_stored(
    database: Database,
    calls: ModelCalls,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    locked: LockedForAnswers,
) -> None:
    blueprints = Blueprints(database, calls)
    scripted_provider.rule = lambda request: locked.before(whole_blueprint(request))

    asyncio.run(blueprints.complete(novel.project.id))

    assert blueprints.open(novel.project.id).blueprint.synopsis == STORY
    assert (locked.put_off, len(scripted_provider.requests)) == (1, 5)
    assert on_record(database) == 5


def test_planned_chapters_wait_until_they_can_be_stored(
    database: Database,
    calls: ModelCalls,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    locked: LockedForAnswers,
) -> None:
    outlining = Outlining(database, calls)
    rule = planning_rule()
    scripted_provider.rule = lambda request: locked.before(rule(request))
    run = outlining.begin(novel.project.id, RunKind.FILL, ChapterRange(4, 9))

    async def plan() -> None:
        async with aclosing(outlining.run(run.id)) as events:
            async for _ in events:
                pass

    asyncio.run(plan())

    with database.read() as transaction:
        outline = transaction.outlines.read(novel.project.id)
        assert transaction.outline_runs.get(run.id).status is OutlineRunStatus.COMPLETED
    assert outline.to_be_planned(run.range) == ()
    assert (locked.put_off, len(scripted_provider.requests)) == (1, 1)


def test_a_judgement_waits_until_it_can_be_stored(
    database: Database,
    calls: ModelCalls,
    novel: NovelContents,
    instance: Instance,
    register: ChapterRegister,
    scripted_provider: ScriptedProvider,
    locked: LockedForAnswers,
) -> None:
    rounds = CandidateRounds(database, instance, register)
    evaluation = Evaluation(database, calls)
    two = make_round(rounds, database, novel.chapters[0].id, "It rained.", "The lamp was dark.")
    said = json_answer(answer(said_of("A"), said_of("B")))
    scripted_provider.behaviours.append(locked.before(said))

    asyncio.run(evaluation.evaluate(two))

    assert evaluation.of_round(two) is not None
    assert (locked.put_off, len(scripted_provider.requests)) == (1, 1)


def test_a_call_that_is_not_on_record_costs_no_answer_but_holds_the_next_call(
    database: Database, novel: NovelContents, locked: LockedForAnswers
) -> None:
    ledger, checked = CallLedger(database), list[CallPurpose]()
    purpose = CallPurpose(ModelTask.PLANNING, "plan_chapters", novel.project.id)
    call = ModelCall(
        purpose=purpose,
        outcome=CallOutcome.COMPLETED,
        profile="",
        provider="host",
        model="model",
        usage=TokenUsage(100, 20),
        cost=None,
        currency="",
        started_at=utc_now(),
        duration_seconds=1.0,
    )
    before_a_call = settled_first(ledger, lambda asked, _currency: checked.append(asked))
    locked.begin()
    ledger.record(call)
    ledger.record(call)

    with pytest.raises(StorageError) as caught:
        before_a_call(purpose, None)
    assert caught.value.kind is ErrorKind.DATABASE_LOCKED
    assert checked == []

    locked.end()
    before_a_call(purpose, None)
    assert (on_record(database), checked) == (2, [purpose])
