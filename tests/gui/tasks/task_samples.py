"""Tasks, notifications and codex entries for tests of the widgets that show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTranslator

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, FactStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import Notification, NotificationType
from arboris_desktop.domain.tasks import (
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    TaskFailure,
    TaskStatus,
)

NOW = datetime(2026, 8, 3, 14, 0, tzinfo=UTC)


def make_task(
    task_id: int,
    status: TaskStatus = TaskStatus.PENDING,
    *,
    title: str = "The Ferry",
    priority: int = 5,
    retry_count: int = 0,
    error: ErrorKind | None = None,
    step: AnalysisStep | None = None,
) -> AnalysisTask:
    """A task that began 14 seconds before ``NOW``, if it has begun."""
    waits = status is TaskStatus.PENDING
    return AnalysisTask(
        id=task_id,
        project_id="p",
        chapter_id=100 + task_id,
        chapter_version_id=1,
        version_revision=1,
        status=status,
        priority=priority,
        attempt=retry_count + (not waits),
        retry_count=retry_count,
        max_retries=3,
        rescue_count=0,
        config=GenerationConfig(),
        created_at=NOW,
        updated_at=NOW,
        started_at=None if waits else NOW - timedelta(seconds=14),
        duration_seconds=75.0 if status is TaskStatus.COMPLETED else None,
        current_step=step,
        error_type=error,
        error_message="HTTP 401 from https://api.example.com/v1" if error else None,
        chapter_number=task_id,
        chapter_title=title,
        project_title="The Salt Road",
    )


FAILURE = TaskFailure(
    attempt=1,
    step=AnalysisStep.WORLD_EXPANSION,
    error_type=ErrorKind.UNAUTHORIZED,
    error_message="HTTP 401: invalid key",
    provider="api.deepseek.com",
    model="deepseek-chat",
    created_at=NOW,
)
"""A failed attempt."""


def make_notification(
    notification_id: int,
    kind: NotificationType = NotificationType.COMPLETED,
    *,
    data: dict[str, object] | None = None,
    read: bool = False,
    title: str = "The Ferry",
    task_id: int = 1,
) -> Notification:
    """A notification about chapter 12."""
    return Notification(
        id=notification_id,
        task_id=task_id,
        chapter_id=112,
        project_id="p",
        type=kind,
        title="Analysis completed",
        message="English for the command line",
        data=data or {},
        created_at=NOW,
        read_at=NOW if read else None,
        chapter_number=12,
        chapter_title=title,
        project_title="The Salt Road",
    )


def make_fact(
    fact_id: int,
    statement: str,
    quotation: str,
    *,
    status: FactStatus = FactStatus.ACCEPTED,
    confidence: float = 0.92,
    chapter: int = 1,
) -> CodexFact:
    """A fact found in a chapter; an unsupported one has no place in it."""
    found = status is not FactStatus.UNSUPPORTED
    return CodexFact(
        id=fact_id,
        entry_id=1,
        chapter_id=100 + chapter,
        chapter_number=chapter,
        chapter_title=f"Chapter title {chapter}",
        version_id=1,
        version_revision=1,
        statement=statement,
        reason="",
        quotation=quotation,
        start=10 if found else None,
        end=10 + len(quotation) if found else None,
        confidence=confidence,
        status=status,
        created_at=NOW,
    )


def make_entry(
    entry_id: int,
    name: str,
    kind: EntryKind = EntryKind.CHARACTER,
    facts: tuple[CodexFact, ...] = (),
    *,
    aliases: tuple[str, ...] = (),
    attributes: dict[str, str] | None = None,
) -> CodexEntry:
    """A codex entry of the project ``p``."""
    return CodexEntry(
        id=entry_id,
        project_id="p",
        kind=kind,
        name=name,
        aliases=aliases,
        attributes=attributes or {},
        facts=facts,
    )


class MarkingTranslator(QTranslator):
    """Puts ``~`` before every text that goes through translation."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return f"~{text}"
