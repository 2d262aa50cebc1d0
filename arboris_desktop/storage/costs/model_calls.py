"""The ledger of model calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, insert, literal, select
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.model_calls import CallOutcome, CallPurpose, ModelCall, ModelTask
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.costs.totals import spent_on
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.costs import model_calls
from arboris_desktop.storage.tables.novels import chapters, novel_projects


class ModelCallRepository(Repository):
    """Writes and adds up model calls within the caller's transaction."""

    def add(self, call: ModelCall) -> None:
        """Stores a call that has ended. Its novel and chapter may be gone by then."""
        purpose = call.purpose
        project, chapter = novel_projects.c.id, chapters.c.id
        has_project = self._exists(exists().where(project == purpose.project_id))
        has_chapter = self._exists(exists().where(chapter == purpose.chapter_id))
        self._connection.execute(
            insert(model_calls).values(
                project_id=purpose.project_id if has_project else None,
                chapter_id=purpose.chapter_id if has_chapter else None,
                auto_run_id=purpose.auto_run_id,
                task=purpose.task.value,
                prompt=purpose.prompt,
                profile=call.profile,
                provider=call.provider,
                model=call.model,
                outcome=call.outcome.value,
                prompt_tokens=call.usage.prompt_tokens,
                completion_tokens=call.usage.completion_tokens,
                cached_tokens=call.usage.cached_tokens,
                estimated=int(call.usage.estimated),
                cost=call.cost,
                currency=call.currency,
                started_at=call.started_at,
                duration_seconds=call.duration_seconds,
            )
        )

    def of_project(self, project_id: str) -> list[ModelCall]:
        """Every call for the novel, the oldest first."""
        query = (
            select(model_calls)
            .where(model_calls.c.project_id == project_id)
            .order_by(model_calls.c.id)
        )
        return [_to_call(row) for row in self._connection.execute(query).mappings()]

    def spent(self, *, project_id: str | None = None, since: datetime | None = None) -> Spent:
        """The sum of all calls of this computer, of those for one novel, or of those from a time
        on. Whatever came with a file was paid elsewhere.
        """
        conditions = [model_calls.c.came_with_file == 0]
        if project_id is not None:
            conditions.append(model_calls.c.project_id == project_id)
        if since is not None:
            conditions.append(model_calls.c.started_at >= since)
        return spent_on(self._connection, and_(*conditions))

    def _exists(self, condition: ColumnElement[bool]) -> bool:
        return bool(self._connection.execute(select(literal(1)).where(condition)).scalar())


def _to_call(row: RowMapping) -> ModelCall:
    return ModelCall(
        purpose=CallPurpose(
            ModelTask(row["task"]),
            row["prompt"],
            row["project_id"],
            row["chapter_id"],
            row["auto_run_id"],
        ),
        outcome=CallOutcome(row["outcome"]),
        profile=row["profile"],
        provider=row["provider"],
        model=row["model"],
        usage=TokenUsage(
            row["prompt_tokens"],
            row["completion_tokens"],
            bool(row["estimated"]),
            row["cached_tokens"],
        ),
        cost=row["cost"],
        currency=row["currency"] or "",
        started_at=row["started_at"],
        duration_seconds=row["duration_seconds"],
    )
