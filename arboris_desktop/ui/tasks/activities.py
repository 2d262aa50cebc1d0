"""The background work as one list: each task with its notifications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus

_TO_COME = (TaskStatus.PENDING, TaskStatus.RESTING)


@record
class Activity:
    """A task, or a notification about none of the listed tasks, such as a batch's end."""

    task: AnalysisTask | None
    notice: Notification | None = None
    """The newest notification about the task."""
    unread: tuple[int, ...] = ()
    """The ids of its unread notifications."""

    @property
    def key(self) -> tuple[str, int]:
        """The identity that it keeps while its state changes."""
        if self.task is not None:
            return "task", self.task.id
        return "notice", self._told.id

    @property
    def subject(self) -> AnalysisTask | Notification:
        """The task or notification that names its novel and its chapter."""
        return self.task or self._told

    @property
    def happened_at(self) -> datetime:
        """The time of its last change."""
        return self.task.updated_at if self.task is not None else self._told.created_at

    @property
    def _told(self) -> Notification:
        assert self.notice is not None
        return self.notice


def activities(tasks: Sequence[AnalysisTask], notices: Sequence[Notification]) -> list[Activity]:
    """Returns running, failed, waiting and past tasks in this order, past ones newest first.

    The tasks come in the order of the queue, the notices newest first.
    """
    told: dict[int, list[Notification]] = {}
    listed = {task.id for task in tasks}
    past: list[Activity] = []
    for notice in notices:
        if notice.task_id in listed and "batch_id" not in notice.data:
            told.setdefault(notice.task_id, []).append(notice)
        else:
            past.append(_of_notices(None, [notice]))
    wanting = still_failed(tasks)
    running: list[Activity] = []
    failed: list[Activity] = []
    to_come: list[Activity] = []
    for task in tasks:
        place = (running, failed, to_come, past)[_place(task, wanting)]
        place.append(_of_notices(task, told.get(task.id, ())))
    past.sort(key=lambda each: each.happened_at, reverse=True)
    return [*running, *failed, *to_come, *past]


def still_failed(tasks: Sequence[AnalysisTask]) -> set[int]:
    """Returns the ids of failed tasks, unless their chapter was queued again since."""
    newest: dict[int, int] = {}
    for task in tasks:
        newest[task.chapter_id] = max(task.id, newest.get(task.chapter_id, 0))
    return {
        task.id
        for task in tasks
        if task.status is TaskStatus.FAILED and task.id == newest[task.chapter_id]
    }


def _place(task: AnalysisTask, wanting: set[int]) -> int:
    if task.status is TaskStatus.PROCESSING:
        return 0
    if task.id in wanting:
        return 1
    return 2 if task.status in _TO_COME else 3


def _of_notices(task: AnalysisTask | None, told: Sequence[Notification]) -> Activity:
    unread = tuple(notice.id for notice in told if not notice.is_read)
    return Activity(task, told[0] if told else None, unread)
