"""The queue as the author and the app change it; each change of state is one guarded statement.

What a worker does with a task that it has claimed is in ``attempts``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, select, update

from arboris_desktop.domain.tasks import (
    AGEING,
    DEFAULT_MAX_RETRIES,
    DEFAULT_PRIORITY,
    GenerationConfig,
    TaskStatus,
    claim_rank,
)
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks.attempts import NO_LEASE
from arboris_desktop.storage.tasks.reader import UNFINISHED, TaskReader

_NOT_ASKED_FOR = (
    TaskStatus.FAILED.value,
    TaskStatus.CANCELLED.value,
    TaskStatus.RESTING.value,
)
"""The states from which the author may ask for a task again, or for the first time."""
_RESTING = pending_analysis.c.status == TaskStatus.RESTING.value


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

    def cancel(self, task_id: int) -> bool:
        """Cancels a task that waits, runs or rests; false when it had already ended."""
        which = pending_analysis.c.id == task_id
        return self._cancel(which) == 1 or self._cancel_resting(which) == 1

    def resting(self, project_id: str) -> int:
        """The number of the novel's tasks that came with a file and were not asked for."""
        query = select(func.count()).where(_RESTING, pending_analysis.c.project_id == project_id)
        return int(self._connection.execute(query).scalar_one())

    def cancel_resting(self, project_id: str) -> int:
        """Cancels the novel's resting tasks and returns their number."""
        return self._cancel_resting(pending_analysis.c.project_id == project_id)

    def wake(self, project_id: str, config: GenerationConfig) -> int:
        """Queues the novel's resting tasks and returns their number.

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
        """Cancels the unfinished tasks of a batch and returns their number."""
        return self._cancel(pending_analysis.c.batch_id == batch_id)

    def cancel_of_project(self, project_id: str) -> int:
        """Cancels the unfinished tasks of a novel and returns their number."""
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
                **NO_LEASE,
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


def _is_superseded() -> ColumnElement[bool]:
    """True if the task's chapter has a newer task that rests, or one that is unfinished."""
    other = pending_analysis.alias("other")
    newer = (other.c.status == TaskStatus.RESTING.value) & (other.c.id > pending_analysis.c.id)
    return exists().where(
        other.c.chapter_id == pending_analysis.c.chapter_id,
        newer | other.c.status.in_(UNFINISHED),
    )
