"""Taking the first task that is due: one statement, or several where one cannot do it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    bindparam,
    exists,
    literal_column,
    select,
    update,
)

from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import SUSPICIOUS_RESCUES, TaskStatus
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.settings.groups import PAUSED
from arboris_desktop.storage.tables.columns import UtcDateTime
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks.circuits import ANY_OPEN
from arboris_desktop.storage.tasks.reader import TASK_COLUMNS, WAITING

_NOW = bindparam("now", type_=UtcDateTime)


@record
class TaskClaim:
    """A process that would take a task, and until when it would have it.

    Without ``beside_faults`` it takes none while any provider is out of order. No task is put off
    to a time later than ``latest``.
    """

    owner: str
    now: datetime
    expiry: datetime
    latest: datetime
    beside_faults: bool


def claim_first_due(connection: Connection, claim: TaskClaim) -> dict[str, Any] | None:
    """The row of the task that is taken, with ``TASK_COLUMNS``; ``None`` if none may be."""
    if connection.dialect.name == "mysql":
        return _claim_in_steps(connection, claim)
    return _claim_statement(claim.beside_faults).first(
        connection, now=claim.now, latest=claim.latest, owner=claim.owner, expiry=claim.expiry
    )


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


def _claim_in_steps(connection: Connection, claim: TaskClaim) -> dict[str, Any] | None:
    first_due, may_run, take, taken = _claim_steps(claim.beside_faults)
    now, owner = claim.now, claim.owner
    found = first_due.first(connection, now=now, latest=claim.latest)
    if found is None or may_run.first(connection, this=found["id"], owner=owner) is None:
        return None
    take.changed(connection, this=found["id"], now=now, owner=owner, expiry=claim.expiry)
    return taken.first(connection, this=found["id"])


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
