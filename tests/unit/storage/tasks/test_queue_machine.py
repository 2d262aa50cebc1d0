"""The queue against a model of it: whatever happens in whatever order, both agree.

Hypothesis plays authors, workers that live, sleep and die, and a clock that jumps, on a real
database. The model is a dictionary and the rules of DESIGN 5, in as few words as possible.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from arboris_desktop.domain.novel import NewNovel, VersionOrigin
from arboris_desktop.domain.retry import LONGEST_WAIT
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import (
    AGEING,
    ALLOWED_CHANGES,
    AnalysisTask,
    GenerationConfig,
    TaskStatus,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.novels import Novels
from tests.support.mariadb_server import MariaDbServer
from tests.support.postgres_server import PostgresServer

LEASE = timedelta(seconds=30)
CHAPTERS = 4
UNFINISHED = (TaskStatus.PENDING, TaskStatus.PROCESSING)

chapters = st.integers(0, CHAPTERS - 1)
priorities = st.integers(1, 10)
seconds = st.integers(0, 4000)


class _CutOffError(Exception):
    """Something went wrong before the transaction was stored."""


@dataclass
class ModelTask:
    """The queue's expected knowledge of a task."""

    chapter: int
    priority: int
    created_at: datetime
    status: TaskStatus = TaskStatus.PENDING
    attempt: int = 0
    retries: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    seen: list[TaskStatus] = field(default_factory=lambda: [TaskStatus.PENDING])

    def become(self, status: TaskStatus) -> None:
        self.status = status
        self.seen.append(status)
        self.not_before = None
        self.lease_until = None

    def is_due(self, now: datetime) -> bool:
        waits = self.not_before is not None and now < self.not_before <= now + LONGEST_WAIT
        return self.status is TaskStatus.PENDING and not waits


class QueueMachine(RuleBasedStateMachine):
    """Each rule does one thing to the queue and to the model, and compares what they say."""

    server: ClassVar[PostgresServer | MariaDbServer | None] = None
    """The server of the libraries; without one, they are files."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.address = None if self.server is None else self.server.new_library()
        paths = DataPaths(Path(self.folder.name), self.address)
        paths.create()
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.database = Database(paths, lambda: self.now)
        novels = Novels(self.database)
        self.project = novels.create(NewNovel("A book"))
        self.chapters = [novels.add_chapter(self.project, str(n)).id for n in range(CHAPTERS)]
        with self.database.write() as transaction:
            self.versions = [
                transaction.chapters.add_version(
                    chapter, content="Text.", word_count=1, origin=VersionOrigin.MODEL
                ).id
                for chapter in self.chapters
            ]
        self.model: dict[int, ModelTask] = {}
        self.claims: list[AnalysisTask] = []
        """Tasks as workers hold them; some of them have been lost since."""
        for chapter in range(CHAPTERS - 1):
            self.add(chapter, priority=5)

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()
        if self.server is not None and self.address is not None:
            self.server.drop(self.address)

    # --- time ---

    @rule(after=seconds)
    def pass_time(self, after: int) -> None:
        self.now += timedelta(seconds=after)

    @rule(days=st.sampled_from((-400, -1, 1, 400)))
    def jump(self, days: int) -> None:
        self.now += timedelta(days=days)

    # --- the author ---

    @rule(chapter=chapters, priority=priorities)
    def add(self, chapter: int, priority: int) -> None:
        with self.database.write() as transaction:
            task_id = transaction.queue.add(
                project_id=self.project,
                chapter_id=self.chapters[chapter],
                version_id=self.versions[chapter],
                revision=1,
                priority=priority,
                config=GenerationConfig(),
            )
        for task in self.model.values():
            if task.chapter == chapter and task.status in UNFINISHED:
                task.become(TaskStatus.CANCELLED)
        assert task_id not in self.model
        self.model[task_id] = ModelTask(chapter, priority, self.now)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        task_id = data.draw(st.sampled_from(sorted(self.model)))
        with self.database.write() as transaction:
            cancelled = transaction.queue.cancel(task_id)
        task = self.model[task_id]
        assert cancelled == (task.status in UNFINISHED)
        if cancelled:
            task.become(TaskStatus.CANCELLED)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        task_id = data.draw(st.sampled_from(sorted(self.model)))
        task = self.model[task_id]
        if any(t.chapter == task.chapter and t.status in UNFINISHED for t in self.model.values()):
            return  # The use case refuses it; the index would.
        with self.database.write() as transaction:
            requeued = transaction.queue.requeue(task_id, self.versions[task.chapter], 1)
        assert requeued == (task.status in (TaskStatus.FAILED, TaskStatus.CANCELLED))
        if requeued:
            task.become(TaskStatus.PENDING)
            task.retries = 0

    @precondition(lambda self: self.model)
    @rule(data=st.data(), priority=priorities)
    def set_priority(self, data: st.DataObject, priority: int) -> None:
        task_id = data.draw(st.sampled_from(sorted(self.model)))
        with self.database.write() as transaction:
            changed = transaction.queue.set_priority(task_id, priority)
        assert changed == (self.model[task_id].status is TaskStatus.PENDING)
        if changed:
            self.model[task_id].priority = priority

    @rule()
    def make_due(self) -> None:
        with self.database.write() as transaction:
            transaction.queue.make_due()
        for task in self.model.values():
            if task.status is TaskStatus.PENDING:
                task.not_before = None

    # --- workers ---

    @rule()
    def claim(self) -> None:
        first = self.first_due()
        with self.database.write() as transaction:
            claimed = transaction.attempts.claim_next("worker", LEASE)
        self.took(claimed, first)

    def first_due(self) -> int | None:
        due = {task_id: task for task_id, task in self.model.items() if task.is_due(self.now)}
        return min(
            due, key=lambda i: (due[i].created_at - due[i].priority * AGEING, i), default=None
        )

    def took(self, claimed: AnalysisTask | None, first: int | None) -> None:
        if first is None:
            assert claimed is None
            return
        assert claimed is not None
        assert claimed.id == first
        task = self.model[first]
        task.become(TaskStatus.PROCESSING)
        task.attempt += 1
        task.lease_until = self.now + LEASE
        assert (claimed.attempt, claimed.retry_count) == (task.attempt, task.retries)
        self.claims.append(claimed)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def beat(self, data: st.DataObject) -> None:
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        with self.database.write() as transaction:
            ours = transaction.attempts.extend_lease(claimed, LEASE)
        assert ours == self.owns(claimed)
        if ours:
            self.model[claimed.id].lease_until = self.now + LEASE

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def complete(self, data: st.DataObject) -> None:
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        with self.database.write() as transaction:
            ours = transaction.attempts.complete(
                claimed, result={}, spent=Spent(), duration_seconds=1
            )
        self.ended(claimed, ours, TaskStatus.COMPLETED)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), is_stored=st.booleans())
    def complete_and_claim(self, data: st.DataObject, is_stored: bool) -> None:
        """Both happen, or nothing does."""
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        first, successor = self.first_due(), None
        with contextlib.suppress(_CutOffError), self.database.write_in(self.project) as transaction:
            ours = transaction.attempts.complete(
                claimed, result={}, spent=Spent(), duration_seconds=1
            )
            if ours:
                successor = transaction.attempts.claim_next("worker", LEASE)
            if not is_stored:
                raise _CutOffError
        assert ours == self.owns(claimed)
        if ours and is_stored:
            self.ended(claimed, ours, TaskStatus.COMPLETED)
            self.took(successor, first)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        with self.database.write() as transaction:
            ours = transaction.attempts.fail(
                claimed, error_type="internal", message="", duration_seconds=1
            )
        self.ended(claimed, ours, TaskStatus.FAILED)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        with self.database.write() as transaction:
            ours = transaction.attempts.release(claimed)
        self.ended(claimed, ours, TaskStatus.PENDING)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), wait=seconds, spend=st.booleans())
    def postpone(self, data: st.DataObject, wait: int, spend: bool) -> None:
        claimed = data.draw(st.sampled_from(self.claims[-2:]))
        pause = timedelta(seconds=wait)
        with self.database.write() as transaction:
            ours = transaction.attempts.postpone(
                claimed, error_type="stalled", message="", wait=pause, spend_retry=spend
            )
        self.ended(claimed, ours, TaskStatus.PENDING)
        if ours:
            task = self.model[claimed.id]
            task.retries += spend
            task.not_before = self.now + min(pause, LONGEST_WAIT)

    def owns(self, claimed: AnalysisTask) -> bool:
        task = self.model[claimed.id]
        return task.status is TaskStatus.PROCESSING and task.attempt == claimed.attempt

    def ended(self, claimed: AnalysisTask, ours: bool, status: TaskStatus) -> None:
        assert ours == self.owns(claimed)
        if ours:
            self.model[claimed.id].become(status)

    # --- what always holds ---

    @invariant()
    def the_database_says_the_same(self) -> None:
        with self.database.read() as transaction:
            stored = {task.id: task for task in transaction.queue.recent()}
        assert stored.keys() == self.model.keys()
        for task_id, task in self.model.items():
            found = stored[task_id]
            assert (found.status, found.priority, found.attempt, found.retry_count) == (
                task.status,
                task.priority,
                task.attempt,
                task.retries,
            )
            assert found.not_before == task.not_before
            assert found.lease_expires_at == task.lease_until

    @invariant()
    def leases_that_ran_out_are_found(self) -> None:
        with self.database.read() as transaction:
            found = {task.id for task in transaction.queue.expired(["worker"], LEASE)}
        assert found == {
            task_id
            for task_id, task in self.model.items()
            if task.lease_until and not self.now < task.lease_until <= self.now + LEASE
        }

    @invariant()
    def only_allowed_changes_happened(self) -> None:
        for task in self.model.values():
            for before, after in zip(task.seen, task.seen[1:], strict=False):
                assert after in ALLOWED_CHANGES[before]

    @invariant()
    def a_chapter_has_one_unfinished_task(self) -> None:
        chapters = [t.chapter for t in self.model.values() if t.status in UNFINISHED]
        assert len(chapters) == len(set(chapters))


FEW = settings(
    max_examples=12,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def machine(request: pytest.FixtureRequest) -> type[QueueMachine]:
    """The machine on each kind of database."""
    if request.param == "sqlite":
        return QueueMachine
    server = request.getfixturevalue(request.param)
    return type("QueueOnServer", (QueueMachine,), {"server": server})


def test_a_few_lives_of_a_queue(machine: type[QueueMachine]) -> None:
    # Over a connection each step takes longer.
    few = FEW if machine.server is None else settings(FEW, max_examples=5)
    run_state_machine_as_test(machine, settings=few)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_lives_of_a_queue(machine: type[QueueMachine]) -> None:
    run_state_machine_as_test(machine, settings=settings(FEW, max_examples=20))
