"""Tasks as rows: which columns they take, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import (
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    QueueCounts,
    TaskStatus,
)
from arboris_desktop.storage.tasks import sql

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

    from arboris_desktop.storage.novels.labels import ChapterLabels

_TIMES = (
    "lease_expires_at",
    "not_before",
    "created_at",
    "started_at",
    "completed_at",
    "updated_at",
)
_JSON = ("generation_config", "token_usage")
_PLAIN = (
    "id",
    "chapter_id",
    "project_id",
    "chapter_version_id",
    "version_revision",
    "status",
    "priority",
    "attempt",
    "retry_count",
    "max_retries",
    "rescue_count",
    "current_step",
    "error_type",
    "error_message",
    "lease_owner",
    "duration_seconds",
    "batch_id",
    "held",
)

STORED_COLUMNS = (*_PLAIN, *_TIMES, *_JSON)
"""The columns of ``pending_analysis`` that ``to_task`` needs."""

TASK_SQL = ", ".join(
    (
        *(f"pending_analysis.{name} AS {name}" for name in STORED_COLUMNS),
        f"{sql.CHAPTER_NUMBER} AS chapter_number",
        f"{sql.CHAPTER_TITLE} AS chapter_title",
        f"{sql.PROJECT_TITLE} AS project_title",
        f"{sql.NUMBERING} AS numbering",
    )
)
"""These and the names that a panel shows, as a statement selects them."""


def decoded(columns: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    """A row as the driver gives it, with times and JSON as SQLAlchemy would make them."""
    row = dict(zip(columns, values, strict=True))
    for name in _TIMES:
        if row[name] is not None:
            row[name] = datetime.fromisoformat(row[name]).replace(tzinfo=UTC)
    for name in _JSON:
        if row[name] is not None:
            row[name] = json.loads(row[name])
    return row


def to_counts(row: Mapping[str, Any] | RowMapping) -> QueueCounts:
    """Tasks by state, from the one row of ``sql.COUNTS``; without a novel its sums are nothing."""
    number = {name: int(row[name] or 0) for name in ("processing", "unfinished", *sql.ENDED)}
    unfinished = number.pop("unfinished")
    return QueueCounts(pending=unfinished - number["processing"], **number)


def to_task(
    row: Mapping[str, Any] | RowMapping, labels: ChapterLabels | None = None
) -> AnalysisTask:
    """A task from a row of ``TASK_SQL``, with its chapter's own number if ``labels`` knows one."""
    label = None
    if labels is not None and row["numbering"]:
        label = labels.of(row["project_id"], row["chapter_number"])
    return AnalysisTask(
        id=row["id"],
        project_id=row["project_id"],
        chapter_id=row["chapter_id"],
        chapter_version_id=row["chapter_version_id"],
        version_revision=row["version_revision"],
        status=TaskStatus(row["status"]),
        priority=row["priority"],
        attempt=row["attempt"],
        retry_count=row["retry_count"],
        max_retries=row["max_retries"],
        rescue_count=row["rescue_count"],
        config=GenerationConfig.from_json(row["generation_config"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        started_at=row["started_at"],
        completed_at=row["completed_at"],
        not_before=row["not_before"],
        duration_seconds=row["duration_seconds"],
        current_step=AnalysisStep(row["current_step"]) if row["current_step"] else None,
        lease_owner=row["lease_owner"],
        lease_expires_at=row["lease_expires_at"],
        error_type=row["error_type"],
        error_message=row["error_message"],
        spent=Spent.from_json(row["token_usage"]),
        batch_id=row["batch_id"],
        held=bool(row["held"]),
        chapter_number=row["chapter_number"],
        chapter_title=row["chapter_title"] or "",
        project_title=row["project_title"],
        chapter_label=label,
    )
