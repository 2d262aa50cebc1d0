"""Counts that are kept along, against the rows themselves: whatever happens, both agree."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, func, select

from arboris_desktop.domain.costs import CostGrouping, CostRow
from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.novel import NewNovel, VersionOrigin
from arboris_desktop.domain.settings import FINISHED_TASKS, READ_NOTIFICATIONS, RetentionSettings
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisTask, GenerationConfig, QueueCounts
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.exchange.novel_file.reading import import_novel
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.moving import move_library
from arboris_desktop.storage.tables.costs import call_totals
from arboris_desktop.storage.tables.novels import UNLISTED, chapters, novel_projects
from arboris_desktop.storage.tables.tasks import (
    analysis_counts,
    analysis_notifications,
    pending_analysis,
)
from arboris_desktop.writing.novels import Novels
from tests.support.postgres_server import PostgresServer
from tests.unit.storage.tasks.test_queue_machine import FEW, LEASE

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MANY = 900_000_000
"""Three of them are more than 31 bits hold."""
SOME = st.integers(0, 1000)
"""Chooses one of however many there are."""


class CutOffError(Exception):
    """The process ends amid a transaction."""


class CountsMachine(RuleBasedStateMachine):
    """Whoever changes tasks and calls, in a library that is also exchanged and moved."""

    server: ClassVar[PostgresServer | None] = None

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.libraries = 0
        self.now = NOW
        self.addresses: list[str] = []
        self.database = self.new_library()
        self.claims: list[AnalysisTask] = []
        self.written(2)

    def new_library(self) -> Database:
        self.libraries += 1
        if self.server is not None:
            self.addresses.append(self.server.new_library())
        address = self.addresses[-1] if self.addresses else None
        paths = DataPaths(Path(self.folder.name, str(self.libraries)), address)
        paths.create()
        return Database(paths, lambda: self.now)

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()
        if self.server is not None:
            for address in self.addresses:
                self.server.drop(address)

    def numbers(self, column: str, place: int) -> list[int]:
        """A task or chapter that is there, or none."""
        table = pending_analysis if column == "task" else chapters
        with self.database.read() as transaction:
            found = transaction.connection.execute(select(table.c.id).order_by(table.c.id))
            ids = list(found.scalars())
        return [ids[place % len(ids)]] if ids else []

    # --- what authors do ---

    @rule(chapters=st.integers(1, 3))
    def written(self, chapters: int) -> None:
        novels = Novels(self.database)
        project = novels.create(NewNovel("A book"))
        for number in range(chapters):
            self.queue(novels.add_chapter(project, str(number)).id)

    def queue(self, chapter_id: int) -> None:
        with self.database.write() as transaction:
            version = transaction.chapters.add_version(
                chapter_id, content="Text.", word_count=1, origin=VersionOrigin.MODEL
            )
            transaction.queue.add(
                project_id=transaction.chapters.overview(chapter_id).project_id,
                chapter_id=chapter_id,
                version_id=version.id,
                revision=1,
                priority=5,
                config=GenerationConfig(),
            )

    @rule(place=SOME)
    def rewrite(self, place: int) -> None:
        for chapter_id in self.numbers("chapter", place):
            self.queue(chapter_id)

    @rule(place=SOME)
    def cancel(self, place: int) -> None:
        for task_id in self.numbers("task", place):
            with self.database.write() as transaction:
                transaction.queue.cancel(task_id)

    @rule(place=SOME)
    def retry(self, place: int) -> None:
        for task_id in self.numbers("task", place):
            with self.database.write() as transaction:
                task = transaction.queue.get(task_id)
                if not transaction.queue.has_unfinished(task.chapter_id):
                    transaction.queue.requeue(
                        task_id, task.chapter_version_id, task.version_revision
                    )

    @rule(place=SOME)
    def remove_a_chapter(self, place: int) -> None:
        for chapter_id in self.numbers("chapter", place):
            with self.database.write() as transaction:
                transaction.connection.execute(delete(chapters).where(chapters.c.id == chapter_id))

    def novel(self, place: int) -> str | None:
        found = Novels(self.database).all()
        return found[place % len(found)].id if found else None

    @rule(place=SOME, steps=st.integers(0, 4))
    def remove_a_novel(self, place: int, steps: int) -> None:
        """All of it, or a part, as a kill leaves it."""
        project = self.novel(place)
        if project is None:
            return
        if not steps:
            Novels(self.database).remove(project)
            return
        with self.database.write() as transaction:
            transaction.projects.take_off(project)
            for _ in range(steps - 1):
                transaction.projects.remove_some(project)

    @rule()
    def remove_what_is_left(self) -> None:
        with self.database.write() as transaction:
            for project in transaction.projects.unlisted():
                transaction.projects.remove_unlisted(project)

    # --- what workers do ---

    @rule()
    def claim(self) -> None:
        with self.database.claim() as transaction:
            claimed = transaction.attempts.claim_next("worker", LEASE)
        self.claims += [claimed] if claimed else []

    @precondition(lambda self: self.claims)
    @rule(place=SOME, end=st.sampled_from(("complete", "fail", "postpone", "release", "rescue")))
    def end(self, place: int, end: str) -> None:
        task = self.claims[place % len(self.claims)]
        with self.database.write() as transaction:
            self._end(transaction, task, end)

    def _end(self, transaction: Transaction, task: AnalysisTask, end: str) -> None:
        attempts = transaction.attempts
        if end == "complete":
            attempts.complete(task, result={}, spent=Spent(), duration_seconds=1)
        elif end == "fail":
            attempts.fail(task, error_type="internal", message="", duration_seconds=1)
        elif end == "postpone":
            attempts.postpone(task, error_type="stalled", message="", wait=timedelta())
        elif end == "release":
            attempts.release(task)
        else:
            attempts.rescue(task, rescues=1, error_type="lease_expired", message="")

    @precondition(lambda self: self.claims)
    @rule(place=SOME)
    def killed_amid_it(self, place: int) -> None:
        with suppress(CutOffError), self.database.write() as transaction:
            self._end(transaction, self.claims[place % len(self.claims)], "complete")
            raise CutOffError

    @rule(place=SOME, quarters=st.integers(0, 8), who=st.sampled_from(("a", "a/b", "b")))
    def call(self, place: int, quarters: int, who: str) -> None:
        # ("a", "b/m") and ("a/b", "m") are shown by one name.
        call = ModelCall(
            purpose=CallPurpose(ModelTask.ANALYSIS, "", self.novel(place), None),
            outcome=CallOutcome.COMPLETED,
            profile="p",
            provider=who,
            model="b/m" if quarters % 2 else "m",
            usage=TokenUsage(MANY, quarters),
            cost=quarters / 4 if quarters else None,
            currency="USD" if quarters % 3 else "",
            started_at=self.now,
            duration_seconds=1.0,
        )
        with self.database.write() as transaction:
            transaction.calls.add(call)

    @rule()
    def clean_up(self) -> None:
        self.now += timedelta(days=2)
        older = RetentionSettings(1, FINISHED_TASKS[2], READ_NOTIFICATIONS[2])
        with self.database.write() as transaction:
            transaction.connection.execute(delete(analysis_notifications))
            while transaction.retention.prune(older):
                pass

    # --- what becomes of a library ---

    @rule(place=SOME)
    def copy_a_novel(self, place: int) -> None:
        project = self.novel(place)
        if project is None:
            return
        path = Path(self.folder.name, "novel.arboris")
        export_novel(self.database, project, path, overwrite=True)
        copy = import_novel(self.database, path)
        with self.database.write() as transaction:
            transaction.queue.wake(copy, GenerationConfig())

    @rule()
    def move(self) -> None:
        target = self.new_library()
        with self.database.write() as transaction:
            for project in transaction.projects.unlisted():
                transaction.projects.remove_unlisted(project)
        move_library(self.database, target)
        self.database.close()
        self.database = target

    # --- what always holds ---

    @invariant()
    def the_counts_are_those_of_the_rows(self) -> None:
        task = pending_analysis.c
        with self.database.read() as transaction:
            found = transaction.connection.execute(
                select(task.project_id, task.status, func.count())
                .join(novel_projects, novel_projects.c.id == task.project_id)
                .where(novel_projects.c.status.not_in(UNLISTED))
                .group_by(task.project_id, task.status)
            ).all()
            projects = {project for project, *_ in found}
            counts = {project: transaction.queue.counts(project) for project in projects}
            in_all = transaction.queue.counts()
        states: Counter[str] = Counter()
        for project in projects:
            of_project = {status: number for own, status, number in found if own == project}
            assert counts[project] == QueueCounts(**of_project)
            states.update(of_project)
        assert in_all == QueueCounts(**states)

    @invariant()
    def the_totals_are_those_of_the_calls(self) -> None:
        def figures(rows: list[CostRow]) -> dict[str, tuple[int, int, int, dict[str, float]]]:
            return {
                row.key: (
                    row.calls,
                    row.spent.usage.prompt_tokens,
                    row.spent.usage.completion_tokens,
                    dict(row.spent.money),
                )
                for row in rows
                if row.calls
            }

        with self.database.read() as transaction:
            counted = figures(transaction.costs.of_models())
            assert counted == figures(transaction.costs.rows(CostGrouping.MODEL))

    @invariant()
    def nothing_is_counted_of_novels_that_are_gone(self) -> None:
        with self.database.read() as transaction:
            there = select(novel_projects.c.id)
            gone = select(analysis_counts).where(analysis_counts.c.project_id.not_in(there))
            assert transaction.connection.execute(gone).all() == []
            rows = transaction.connection.execute(select(func.count()).select_from(call_totals))
            assert rows.scalar_one() <= 6 * 2 * 8


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest) -> type[CountsMachine]:
    """The machine on each kind of database."""
    if request.param == "sqlite":
        return CountsMachine
    server = request.getfixturevalue("postgres")
    return type("CountsOnServer", (CountsMachine,), {"server": server})


def test_a_few_lives_of_counts(machine: type[CountsMachine]) -> None:
    few = settings(FEW, max_examples=3 if machine.server is None else 2, stateful_step_count=20)
    run_state_machine_as_test(machine, settings=few)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_lives_of_counts(machine: type[CountsMachine]) -> None:
    many = settings(FEW, max_examples=20 if machine.server is None else 8)
    run_state_machine_as_test(machine, settings=many)
