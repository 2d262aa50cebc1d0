"""Words for a task: its progress, or why it failed; and which of many is the most important."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from arboris_desktop.domain.notifications import Notification, NotificationType
from arboris_desktop.domain.tasks import ALLOWED_CHANGES, AnalysisTask, TaskStatus, claim_rank
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.notices.words import notification_words
from arboris_desktop.ui.tasks.activities import Activity, still_failed
from arboris_desktop.ui.wording import (
    chapter_name,
    duration,
    error_kind,
    error_sentence,
    step,
    task_status,
    when,
)


def can_retry(task: AnalysisTask) -> bool:
    """True if the author may queue the task again."""
    return task.status in (TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.RESTING)


def can_cancel(task: AnalysisTask) -> bool:
    """True if the task waits or runs."""
    return TaskStatus.CANCELLED in ALLOWED_CHANGES[task.status]


def task_button(task: AnalysisTask) -> str:
    """Returns the text of the button beside a task; empty if there is nothing to do."""
    if task.status is TaskStatus.RESTING:
        return Wording.tr("Analyse")
    if can_retry(task):
        return Wording.tr("Retry")
    return Wording.tr("Cancel") if can_cancel(task) else ""


def title_of(activity: Activity) -> str:
    """Returns the chapter of a task; the title of a notification whose task is not listed."""
    if (task := activity.task) is not None:
        return chapter_name(task.chapter_number, task.chapter_title, task.chapter_label)
    assert activity.notice is not None
    return notification_words(activity.notice)[0]


def activity_line(activity: Activity, now: datetime) -> str:
    """Returns the progress of a task, why it failed, or what it found."""
    task, notice = activity.task, activity.notice
    if notice is not None and (task is None or _found_by(task, notice)):
        return notification_words(notice)[1]
    assert task is not None
    return task_line(task, now)


def _found_by(task: AnalysisTask, notice: Notification) -> bool:
    return task.status is TaskStatus.COMPLETED and notice.type is NotificationType.COMPLETED


def task_line(task: AnalysisTask, now: datetime) -> str:
    """Returns a task's progress, such as ``Changes in characters, 2 of 5, 0:09``, or why it
    failed."""
    match task.status:
        case TaskStatus.PROCESSING:
            return Wording.tr(", ").join((*_step_words(task), _elapsed(task, now)))
        case TaskStatus.FAILED if task.error_type:
            return error_sentence(error_kind(task.error_type)).what_happened
        case TaskStatus.PENDING if task.held:
            return Wording.tr("Waiting: its batch is paused")
        case TaskStatus.PENDING if task.not_before:
            return Wording.tr("Next attempt: {time}").format(time=when(task.not_before))
        case TaskStatus.COMPLETED if task.duration_seconds is not None:
            parts = (task_status(task.status), duration(task.duration_seconds))
            return Wording.tr(", ").join(parts)
    return task_status(task.status)


def steps_done(task: AnalysisTask) -> tuple[int, int]:
    """Returns the completed steps of a running task, and all its steps."""
    steps = task.config.enabled_steps()
    done = steps.index(task.current_step) if task.current_step in steps else 0
    return done, len(steps)


def foremost(tasks: Sequence[AnalysisTask]) -> AnalysisTask | None:
    """Returns the most important task: one that runs, failed, or comes next."""
    running = [task for task in tasks if task.status is TaskStatus.PROCESSING]
    if running:
        return min(running, key=lambda task: task.started_at or task.created_at)
    wanting = still_failed(tasks)
    failed = [task for task in tasks if task.id in wanting]
    if failed:
        return max(failed, key=lambda task: task.updated_at)
    waiting = (task for task in tasks if task.status is TaskStatus.PENDING)
    return min(waiting, key=lambda task: claim_rank(task.priority, task.created_at), default=None)


def _step_words(task: AnalysisTask) -> tuple[str, ...]:
    if task.current_step is None:
        return (task_status(task.status),)
    done, total = steps_done(task)
    place = Wording.tr("{number} of {total}").format(number=done + 1, total=total)
    return step(task.current_step), place


def _elapsed(task: AnalysisTask, now: datetime) -> str:
    began = task.started_at or now
    return duration((now - began).total_seconds())
