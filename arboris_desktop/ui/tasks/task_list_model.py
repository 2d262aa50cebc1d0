"""The queue as a list: a row for each task, changed in place as the tasks change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.ui.tasks.words import can_retry, task_button, task_line
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.widgets.row_sync import sync_rows
from arboris_desktop.ui.wording import chapter_name, error_kind, error_sentence

Index = QModelIndex | QPersistentModelIndex

_STATE_ICONS = {
    TaskStatus.PENDING: "task",
    TaskStatus.PROCESSING: "chapter-analysing",
    TaskStatus.COMPLETED: "check",
    TaskStatus.FAILED: "warning",
    TaskStatus.CANCELLED: "cancel",
    TaskStatus.RESTING: "pause",
}
_NO_PARENT = QModelIndex()


class TaskRole(IntEnum):
    """The roles that the delegate or a panel ask for beside Qt's own."""

    ID = Qt.ItemDataRole.UserRole + 1
    TASK = Qt.ItemDataRole.UserRole + 2
    LINE = Qt.ItemDataRole.UserRole + 3
    """The task's progress, or the reason why it failed."""
    BUTTON = Qt.ItemDataRole.UserRole + 4
    """The word on the row's button; empty without one."""
    RETRYABLE = Qt.ItemDataRole.UserRole + 5


class TaskListModel(QAbstractListModel):
    """Shows the tasks it was last given, in their order.

    The elapsed time of running tasks is refreshed each second, but only while something runs
    and the list was said to be visible: a hidden window costs nothing.
    """

    rows_changed = Signal()
    """Emitted once after each ``set_tasks`` that changed anything."""

    def __init__(self, parent: QObject | None = None, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tasks: list[AnalysisTask] = []
        self._has_several_novels = False
        self._visible = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._refresh_elapsed)

    # What the panel tells it

    def set_tasks(self, tasks: Sequence[AnalysisTask]) -> None:
        """Shows these tasks with as few changes to the rows as it takes; selection survives."""
        if sync_rows(self, self._tasks, tasks, key=lambda task: task.id, columns=1):
            self.rows_changed.emit()
        several = len({task.project_id for task in tasks}) > 1
        if several != self._has_several_novels:
            self._has_several_novels = several
            self.retranslate()
        self._run_timer()

    def set_visible(self, visible: bool) -> None:
        """Says whether anybody can see the elapsed times."""
        self._visible = visible
        if visible:
            self._refresh_elapsed()
        self._run_timer()

    def retranslate(self) -> None:
        """Lets views ask again for all words."""
        if self._tasks:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._tasks) - 1, 0))

    def is_refreshing(self) -> bool:
        """True if the timer of the elapsed times runs."""
        return self._timer.isActive()

    def task(self, row: int) -> AnalysisTask:
        """The task of a row; raises ``IndexError``."""
        return self._tasks[row]

    def row_of(self, task_id: int) -> int | None:
        """The row of a task, if it is shown."""
        return next((row for row, task in enumerate(self._tasks) if task.id == task_id), None)

    # Refreshing

    def _run_timer(self) -> None:
        runs = any(task.status is TaskStatus.PROCESSING for task in self._tasks)
        if self._visible and runs:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _refresh_elapsed(self) -> None:
        for row, task in enumerate(self._tasks):
            if task.status is TaskStatus.PROCESSING:
                cell = self.index(row, 0)
                self.dataChanged.emit(cell, cell, [TaskRole.LINE])

    # What the view asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many as there are tasks; a row has none below it."""
        return 0 if parent.isValid() else len(self._tasks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, icon or task of a row."""
        if not index.isValid():
            return None
        task = self._tasks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return chapter_name(task.chapter_number, task.chapter_title, task.chapter_label)
            case Qt.ItemDataRole.DecorationRole:
                return icon(_STATE_ICONS[task.status])
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(task)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.data(index)}, {self._line(task)}"
            case TaskRole.LINE:
                return self._line(task)
            case TaskRole.BUTTON:
                return task_button(task)
        return _unworded(task, role)

    def _line(self, task: AnalysisTask) -> str:
        line = task_line(task, self._clock())
        return f"{task.project_title} · {line}" if self._has_several_novels else line

    def _tooltip(self, task: AnalysisTask) -> str:
        name = chapter_name(task.chapter_number, task.chapter_title, task.chapter_label)
        line = task_line(task, self._clock())
        if task.status is TaskStatus.FAILED and task.error_type:
            line = error_sentence(error_kind(task.error_type)).as_paragraph()
        return "".join(map(plain_tooltip, (task.project_title, name, line)))


def _unworded(task: AnalysisTask, role: int) -> AnalysisTask | int | bool | None:
    match role:
        case TaskRole.ID:
            return task.id
        case TaskRole.TASK:
            return task
        case TaskRole.RETRYABLE:
            return can_retry(task)
    return None
