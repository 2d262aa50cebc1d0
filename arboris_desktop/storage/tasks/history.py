"""The history of a task's attempts: finished steps, and failures with their reasons."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from arboris_desktop.domain.answers import kept
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask, TaskFailure
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.tasks import analysis_errors, analysis_steps


@record
class StepCheckpoint:
    """The result of a finished step of a task; a retry does not repeat it."""

    step: AnalysisStep
    result: dict[str, Any]
    spent: Spent
    duration_seconds: float
    provider: str = ""
    model: str = ""


class TaskHistory(Repository):
    """Reads and writes steps and failures within the caller's transaction."""

    def save_step(self, task_id: int, checkpoint: StepCheckpoint) -> None:
        """Stores a finished step; whoever does has made sure that the task is still its own."""
        self._connection.execute(
            insert(analysis_steps).values(
                pending_analysis_id=task_id,
                step=checkpoint.step.value,
                result=checkpoint.result,
                token_usage=checkpoint.spent.to_json(),
                duration_seconds=checkpoint.duration_seconds,
                completed_at=self._clock(),
                provider=checkpoint.provider,
                model=checkpoint.model,
            )
        )

    def steps(self, task_id: int) -> dict[AnalysisStep, StepCheckpoint]:
        """The finished steps of a task."""
        query = select(analysis_steps).where(analysis_steps.c.pending_analysis_id == task_id)
        return {
            AnalysisStep(row.step): StepCheckpoint(
                AnalysisStep(row.step),
                row.result,
                Spent.from_json(row.token_usage),
                row.duration_seconds,
                row.provider,
                row.model,
            )
            for row in self._connection.execute(query)
        }

    def forget_steps(self, task_id: int) -> None:
        """Drops the checkpoints of a task, whose text has changed since."""
        self._connection.execute(
            analysis_steps.delete().where(analysis_steps.c.pending_analysis_id == task_id)
        )

    def add_failure(
        self,
        task: AnalysisTask,
        *,
        step: AnalysisStep | None,
        error_type: str,
        message: str,
        provider: str = "",
        model: str = "",
        raw_answer: str = "",
    ) -> None:
        """Adds a failed attempt to the task's history."""
        self._connection.execute(
            insert(analysis_errors).values(
                pending_analysis_id=task.id,
                attempt=task.attempt,
                step=step.value if step else None,
                error_type=error_type,
                error_message=message,
                provider=provider,
                model=model,
                raw_answer=kept(raw_answer),
                created_at=self._clock(),
            )
        )

    def failures(self, task_id: int) -> list[TaskFailure]:
        """The failed attempts of a task, the oldest first."""
        query = (
            select(analysis_errors)
            .where(analysis_errors.c.pending_analysis_id == task_id)
            .order_by(analysis_errors.c.id)
        )
        return [
            TaskFailure(
                row.attempt,
                AnalysisStep(row.step) if row.step else None,
                row.error_type,
                row.error_message,
                row.provider,
                row.model,
                row.created_at,
                row.raw_answer,
            )
            for row in self._connection.execute(query)
        ]
