"""The analysis queue: every change of state is one guarded statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from arboris_desktop.domain.retry import LONGEST_WAIT
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import (
    AGEING,
    DEFAULT_MAX_RETRIES,
    DEFAULT_PRIORITY,
    SUSPICIOUS_RESCUES,
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    TaskStatus,
    claim_rank,
)
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.settings.groups import PAUSED
from arboris_desktop.storage.tables.columns import UtcDateTime
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks.circuits import ANY_OPEN
from arboris_desktop.storage.tasks.reader import (
    TASK_COLUMNS,
    UNFINISHED,
    WAITING,
    TaskReader,
)
from arboris_desktop.storage.tasks.rows import to_task

_NOT_ASKED_FOR = (
    TaskStatus.FAILED.value,
    TaskStatus.CANCELLED.value,
    TaskStatus.RESTING.value,
)
"""The states from which the author may ask for a task again, or for the first time."""
_RESTING = pending_analysis.c.status == TaskStatus.RESTING.value
_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_expires_at": None}


class QueueRepository(TaskReader):
    """Reads and writes analysis tasks within the caller's transaction."""

    def add(
        self,
        *,
        project_id: str,
        chapter_id: int,
        version_id: int,
        revision: int,
        priority: int,
        config: GenerationConfig,
        batch_id: int | None = None,
    ) -> int:
        """Queues the analysis of a version and returns the task's id.

        An unfinished task of the same chapter is cancelled: its text is no longer the chapter's.
        If it was part of a batch, the new one takes its place there.
        """
        replaced = self._replace_unfinished(chapter_id)
        self._cancel_resting(pending_analysis.c.chapter_id == chapter_id)
        now = self._clock()
        statement = insert(pending_analysis).values(
            project_id=project_id,
            chapter_id=chapter_id,
            chapter_version_id=version_id,
            version_revision=revision,
            priority=priority,
            claim_rank=claim_rank(priority, now),
            max_retries=DEFAULT_MAX_RETRIES,
            generation_config=config.to_json(),
            batch_id=replaced["batch_id"] if batch_id is None else batch_id,
            held=replaced["held"] if batch_id is None else 0,
            created_at=now,
            updated_at=now,
        )
        return self._insert_row(statement)

    def _replace_unfinished(self, chapter_id: int) -> dict[str, Any]:
        """Cancels the chapter's unfinished task, and says what place in a batch it leaves."""
        place = self._connection.execute(
            select(pending_analysis.c.batch_id, pending_analysis.c.held).where(
                pending_analysis.c.chapter_id == chapter_id,
                pending_analysis.c.status.in_(UNFINISHED),
            )
        ).one_or_none()
        if place is None:
            return {"batch_id": None, "held": 0}
        self._cancel(pending_analysis.c.chapter_id == chapter_id, batch_id=None, held=0)
        return {"batch_id": place.batch_id, "held": place.held}

    def claim_next(
        self, owner: str, lease: timedelta, *, beside_faults: bool = True
    ) -> AnalysisTask | None:
        """Takes the waiting task that is first by ``claim_rank``; ``None`` when nothing is due or
        all is paused, or when it must run alone and something runs here.

        Not ``beside_faults``: nor while any provider is out of order.
        """
        now = self._clock()
        values: dict[str, Any] = {
            "latest": now + LONGEST_WAIT,
            "owner": owner,
            "expiry": now + lease,
        }
        if self._connection.dialect.name == "mysql":
            row = _claim_in_steps(self._connection, beside_faults, now=now, **values)
        else:
            row = _claim_statement(beside_faults).first(self._connection, now=now, **values)
        return None if row is None else to_task(row, ChapterLabels(self._connection))

    def extend_lease(self, task: AnalysisTask, lease: timedelta) -> bool:
        """Heartbeat of a worker; false when the task is no longer its own."""
        return self._change_own(task, lease_expires_at=self._clock() + lease)

    def is_own(self, task: AnalysisTask) -> bool:
        """True if the task is still the worker's; it stays so until the transaction ends."""
        return self._change_own(task)

    def begin_step(self, task: AnalysisTask, step: AnalysisStep) -> bool:
        """Notes which step runs; false when the task is no longer the worker's."""
        return self._change_own(task, current_step=step.value)

    def retarget(self, task: AnalysisTask, version_id: int, revision: int) -> bool:
        """Points a running task at the text that the chapter has now.

        The caller forgets the steps that were finished; false when the task was lost.
        """
        return self._change_own(task, chapter_version_id=version_id, version_revision=revision)

    def complete(
        self,
        task: AnalysisTask,
        *,
        result: dict[str, object],
        spent: Spent,
        duration_seconds: float,
    ) -> bool:
        """Ends the task successfully; false when it is no longer the worker's."""
        return self._change_own(
            task,
            status=TaskStatus.COMPLETED.value,
            result=result,
            token_usage=spent.to_json(),
            duration_seconds=duration_seconds,
            completed_at=self._clock(),
            current_step=None,
            **_NO_LEASE,
        )

    def fail(
        self, task: AnalysisTask, *, error_type: str, message: str, duration_seconds: float
    ) -> bool:
        """Ends the task in failure; false when it is no longer the worker's."""
        return self._change_own(
            task,
            status=TaskStatus.FAILED.value,
            error_type=error_type,
            error_message=message,
            duration_seconds=duration_seconds,
            completed_at=self._clock(),
            **_NO_LEASE,
        )

    def postpone(
        self,
        task: AnalysisTask,
        *,
        error_type: str,
        message: str,
        wait: timedelta,
        spend_retry: bool = True,
    ) -> bool:
        """Puts a failed attempt back into the queue, to be tried after ``wait``.

        ``spend_retry`` is false when the attempt was a probe of a provider known to be down.
        """
        return self._change_own(
            task,
            status=TaskStatus.PENDING.value,
            retry_count=task.retry_count + int(spend_retry),
            error_type=error_type,
            error_message=message,
            not_before=self._clock() + min(wait, LONGEST_WAIT),
            **_NO_LEASE,
        )

    def rescue(self, task: AnalysisTask, *, rescues: int, error_type: str, message: str) -> bool:
        """Puts a task back whose worker is gone; no failure of its own is counted."""
        return self._change_own(
            task,
            status=TaskStatus.PENDING.value,
            rescue_count=rescues,
            error_type=error_type,
            error_message=message,
            **_NO_LEASE,
        )

    def release(self, task: AnalysisTask) -> bool:
        """Puts a task back as if it had not been claimed: the app stops, or the queue pauses."""
        return self._change_own(task, status=TaskStatus.PENDING.value, **_NO_LEASE)

    def _change_own(self, task: AnalysisTask, **values: Any) -> bool:
        """Changes the task only while it runs and still bears the attempt of this worker."""
        values["updated_at"] = self._clock()
        return (
            _change_of_own(tuple(values)).changed(
                self._connection,
                own_id=task.id,
                own_attempt=task.attempt,
                **{f"new_{name}": value for name, value in values.items()},
            )
            == 1
        )

    def cancel(self, task_id: int) -> bool:
        """Cancels a task that waits, runs or rests; false when it had already ended."""
        which = pending_analysis.c.id == task_id
        return self._cancel(which) == 1 or self._cancel_resting(which) == 1

    def resting(self, project_id: str) -> int:
        """The number of the novel's tasks that came with a file and were not asked for."""
        query = select(func.count()).where(_RESTING, pending_analysis.c.project_id == project_id)
        return int(self._connection.execute(query).scalar_one())

    def cancel_resting(self, project_id: str) -> int:
        """Cancels the novel's tasks that rest, and returns how many that were."""
        return self._cancel_resting(pending_analysis.c.project_id == project_id)

    def wake(self, project_id: str, config: GenerationConfig) -> int:
        """Queues the novel's tasks that rest, and returns how many that were.

        The newest of each chapter, unless the chapter is queued already.
        """
        # Two statements: not every database looks into a table that it changes.
        superseded = select(pending_analysis.c.id).where(
            _RESTING, pending_analysis.c.project_id == project_id, _is_superseded()
        )
        found = list(self._connection.execute(superseded).scalars())
        self._cancel_resting(pending_analysis.c.id.in_(found))
        now = self._clock()
        return self._connection.execute(
            update(pending_analysis)
            .where(_RESTING, pending_analysis.c.project_id == project_id)
            .values(
                status=TaskStatus.PENDING.value,
                generation_config=config.to_json(),
                claim_rank=claim_rank(DEFAULT_PRIORITY, now),
                updated_at=now,
            )
        ).rowcount

    def set_config(self, task_id: int, config: GenerationConfig) -> None:
        """Sets what the analysis of a task that rests shall find out."""
        self._change(task_id, (TaskStatus.RESTING.value,), generation_config=config.to_json())

    def _cancel_resting(self, *which: ColumnElement[bool]) -> int:
        now = self._clock()
        return self._connection.execute(
            update(pending_analysis)
            .where(_RESTING, *which)
            .values(status=TaskStatus.CANCELLED.value, completed_at=now, updated_at=now)
        ).rowcount

    def cancel_of_batch(self, batch_id: int) -> int:
        """Cancels what is unfinished of a batch and returns how many tasks that were."""
        return self._cancel(pending_analysis.c.batch_id == batch_id)

    def cancel_of_project(self, project_id: str) -> int:
        """Cancels what is unfinished of a novel and returns how many tasks that were."""
        return self._cancel(pending_analysis.c.project_id == project_id)

    def _cancel(self, which: ColumnElement[bool], **values: Any) -> int:
        now = self._clock()
        return self._connection.execute(
            update(pending_analysis)
            .where(which, pending_analysis.c.status.in_(UNFINISHED))
            .values(
                status=TaskStatus.CANCELLED.value,
                completed_at=now,
                updated_at=now,
                current_step=None,
                not_before=None,
                **_NO_LEASE,
                **values,
            )
        ).rowcount

    def requeue(self, task_id: int, version_id: int, revision: int) -> bool:
        """Restarts a task that failed, was cancelled or rests, for the given text; false in other
        states."""
        return self._change(
            task_id,
            _NOT_ASKED_FOR,
            status=TaskStatus.PENDING.value,
            chapter_version_id=version_id,
            version_revision=revision,
            retry_count=0,
            rescue_count=0,
            held=0,
            not_before=None,
            completed_at=None,
            started_at=None,
            duration_seconds=None,
        )

    def set_priority(self, task_id: int, priority: int) -> bool:
        """Changes the priority of a waiting task; false in other states."""
        levels = pending_analysis.c.priority - priority
        return self._change(
            task_id,
            (TaskStatus.PENDING.value,),
            # First: some databases reckon with what a statement has set before.
            claim_rank=pending_analysis.c.claim_rank + levels * AGEING.total_seconds(),
            priority=priority,
        )

    def _change(self, task_id: int, states: tuple[str, ...], **values: Any) -> bool:
        return (
            self._connection.execute(
                update(pending_analysis)
                .where(pending_analysis.c.id == task_id, pending_analysis.c.status.in_(states))
                .ordered_values(*values.items(), ("updated_at", self._clock()))
            ).rowcount
            == 1
        )

    def make_due(self) -> None:
        """Lets tasks that wait after an error be tried at once."""
        self._connection.execute(
            update(pending_analysis)
            .where(
                pending_analysis.c.status == TaskStatus.PENDING.value,
                pending_analysis.c.not_before.is_not(None),
            )
            .values(not_before=None)
        )

    def hold_batch(self, batch_id: int, held: bool) -> None:
        """Holds the waiting tasks of a batch back, or lets them go on."""
        self._connection.execute(
            update(pending_analysis)
            .where(
                pending_analysis.c.batch_id == batch_id,
                pending_analysis.c.status == TaskStatus.PENDING.value,
            )
            .values(held=int(held))
        )


_NOW = bindparam("now", type_=UtcDateTime)


def _first_due(beside_faults: bool) -> Select[tuple[int]]:
    no_faults = () if beside_faults else (~ANY_OPEN,)
    return (
        select(pending_analysis.c.id)
        .where(
            WAITING,
            pending_analysis.c.not_before.is_(None)
            | (pending_analysis.c.not_before <= _NOW)
            # No wait is that long: the clock was set back meanwhile.
            | (pending_analysis.c.not_before > bindparam("latest", type_=UtcDateTime)),
            ~PAUSED,
            *no_faults,
        )
        .order_by(pending_analysis.c.claim_rank, pending_analysis.c.id)
        .limit(1)
        # On a server, others claim at the same time. SQLite has one writer, and no such word.
        .with_for_update(skip_locked=True)
    )


def _claiming(which: ColumnElement[bool]) -> Update:
    return (
        update(pending_analysis)
        .where(which)
        .values(
            status=TaskStatus.PROCESSING.value,
            attempt=pending_analysis.c.attempt + 1,
            lease_owner=bindparam("owner"),
            lease_expires_at=bindparam("expiry", type_=UtcDateTime),
            started_at=_NOW,
            completed_at=None,
            duration_seconds=None,
            not_before=None,
            current_step=None,
            error_type=None,
            error_message=None,
            updated_at=_NOW,
        )
    )


@cache
def _claim_statement(beside_faults: bool) -> Prepared:
    may_run = ~_runs_beside_a_suspect()
    which = (pending_analysis.c.id == _first_due(beside_faults).scalar_subquery()) & may_run
    return Prepared(_claiming(which).returning(*TASK_COLUMNS))


@cache
def _claim_steps(beside_faults: bool) -> tuple[Prepared, Prepared, Prepared, Prepared]:
    """The same for a database where an update looks nowhere else and returns nothing: the first
    due, which is then locked; whether it may run; taking it; and what was taken."""
    this = pending_analysis.c.id == bindparam("this")
    return (
        Prepared(_first_due(beside_faults)),
        Prepared(select(pending_analysis.c.id).where(this, ~_runs_beside_a_suspect())),
        Prepared(_claiming(this)),
        Prepared(select(*TASK_COLUMNS).where(this)),
    )


def _claim_in_steps(
    connection: Connection,
    beside_faults: bool,
    *,
    now: datetime,
    latest: datetime,
    owner: str,
    expiry: datetime,
) -> dict[str, Any] | None:
    first_due, may_run, claim, claimed = _claim_steps(beside_faults)
    found = first_due.first(connection, now=now, latest=latest)
    if found is None or may_run.first(connection, this=found["id"], owner=owner) is None:
        return None
    claim.changed(connection, this=found["id"], now=now, owner=owner, expiry=expiry)
    return claimed.first(connection, this=found["id"])


def _is_superseded() -> ColumnElement[bool]:
    """True if the task's chapter has a newer task that rests, or one that is unfinished."""
    other = pending_analysis.alias("other")
    newer = (other.c.status == TaskStatus.RESTING.value) & (other.c.id > pending_analysis.c.id)
    return exists().where(
        other.c.chapter_id == pending_analysis.c.chapter_id,
        newer | other.c.status.in_(UNFINISHED),
    )


def _runs_beside_a_suspect() -> ColumnElement[bool]:
    """A condition for tasks that may have ended the app and would run at once with another one
    here."""
    beside = pending_analysis.alias("beside")
    suspicious = SUSPICIOUS_RESCUES
    return exists().where(
        beside.c.status == literal_column(f"'{TaskStatus.PROCESSING.value}'"),
        beside.c.lease_owner == bindparam("owner"),
        (beside.c.rescue_count >= suspicious) | (pending_analysis.c.rescue_count >= suspicious),
    )


@cache
def _change_of_own(names: tuple[str, ...]) -> Prepared:
    columns = pending_analysis.c
    return Prepared(
        update(pending_analysis)
        .where(
            columns.id == bindparam("own_id"),
            columns.attempt == bindparam("own_attempt"),
            columns.status == TaskStatus.PROCESSING.value,
        )
        .values({name: bindparam(f"new_{name}", type_=columns[name].type) for name in names})
    )
