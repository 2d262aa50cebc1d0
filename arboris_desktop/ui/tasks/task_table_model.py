"""The queue as a table: a row for each task, changed in place as the tasks change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.tasks import ALLOWED_CHANGES, AnalysisTask, TaskStatus
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.widgets.row_sync import sync_rows
from arboris_desktop.ui.wording import (
    chapter_name,
    duration,
    error_kind,
    error_sentence,
    step,
    task_status,
    when,
)

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


class Column(IntEnum):
    """A column of the table."""

    CHAPTER = 0
    STATE = 1
    STEP = 2
    PRIORITY = 3
    ELAPSED = 4
    ATTEMPT = 5
    ERROR = 6
    ACTION = 7


class TaskRole(IntEnum):
    """The roles that a delegate or a panel may ask for beyond the words."""

    ID = Qt.ItemDataRole.UserRole + 1
    TASK = Qt.ItemDataRole.UserRole + 2
    RETRYABLE = Qt.ItemDataRole.UserRole + 3


def can_retry(task: AnalysisTask) -> bool:
    """True if the author may queue the task again."""
    return task.status in (TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.RESTING)


def can_cancel(task: AnalysisTask) -> bool:
    """True if the task still waits or runs."""
    return TaskStatus.CANCELLED in ALLOWED_CHANGES[task.status]


class TaskTableModel(QAbstractTableModel):
    """Shows the tasks it was last given, in their order.

    The elapsed time of running tasks is refreshed each second, but only while something runs
    and the table was said to be visible: a hidden window costs nothing.
    """

    rows_changed = Signal()
    """Emitted once after each ``set_tasks`` that changed anything."""

    def __init__(self, parent: QObject | None = None, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tasks: list[AnalysisTask] = []
        self._visible = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._refresh_elapsed)

    # What the panel tells it

    def set_tasks(self, tasks: Sequence[AnalysisTask]) -> None:
        """Shows these tasks with as few changes to the rows as it takes; selection survives."""
        if sync_rows(self, self._tasks, tasks, key=lambda task: task.id, columns=len(Column)):
            self.rows_changed.emit()
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
            last = self.index(len(self._tasks) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

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
                cell = self.index(row, Column.ELAPSED)
                self.dataChanged.emit(cell, cell, [Qt.ItemDataRole.DisplayRole])

    # What the view asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many as there are tasks; a cell has no rows below it."""
        return 0 if parent.isValid() else len(self._tasks)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns of ``Column``."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The name of a column, aligned as its cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return self._column_names()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, icon or task of a cell."""
        if not index.isValid():
            return None
        task = self._tasks[index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(task, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(task, column)
            case Qt.ItemDataRole.DecorationRole if column is Column.STATE:
                return icon(_STATE_ICONS[task.status])
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
        return _unworded(task, role)

    # Words

    def _column_names(self) -> list[str]:
        return [
            self.tr("Chapter"),
            self.tr("State"),
            self.tr("Step"),
            self.tr("Priority"),
            self.tr("Time"),
            self.tr("Try"),
            self.tr("What went wrong"),
            "",
        ]

    def _text(self, task: AnalysisTask, column: Column) -> str:
        match column:
            case Column.CHAPTER:
                return chapter_name(task.chapter_number, task.chapter_title)
            case Column.STATE:
                return task_status(task.status)
            case Column.STEP:
                return step(task.current_step) if task.current_step else ""
            case Column.PRIORITY:
                return str(task.priority)
            case Column.ELAPSED:
                return self._elapsed(task)
            case Column.ATTEMPT:
                return _attempt(task)
            case Column.ERROR:
                return _error(task)
            case Column.ACTION:
                asks_first = task.status is TaskStatus.RESTING
                again = self.tr("Retry") if can_retry(task) else ""
                return self.tr("Analyse") if asks_first else again

    def _tooltip(self, task: AnalysisTask, column: Column) -> str:
        if column is Column.CHAPTER:
            return plain_tooltip(task.project_title)
        if column is Column.STATE and task.status is TaskStatus.PENDING and task.not_before:
            return self.tr("Will be tried again: {time}").format(time=when(task.not_before))
        if column is Column.PRIORITY:
            return self.tr("From 1 to 10; the larger goes first.")
        if column is Column.ERROR and task.error_type and _error(task):
            return error_sentence(error_kind(task.error_type)).as_paragraph()
        return ""

    def _elapsed(self, task: AnalysisTask) -> str:
        if task.status is TaskStatus.PROCESSING and task.started_at:
            return duration((self._clock() - task.started_at).total_seconds())
        if task.duration_seconds is not None:
            return duration(task.duration_seconds)
        return ""


def _unworded(task: AnalysisTask, role: int) -> AnalysisTask | int | bool | None:
    match role:
        case TaskRole.ID:
            return task.id
        case TaskRole.TASK:
            return task
        case TaskRole.RETRYABLE:
            return can_retry(task)
    return None


def _attempt(task: AnalysisTask) -> str:
    """The number of tries that were begun, of those that the queue makes by itself."""
    begun = task.retry_count + (task.status is not TaskStatus.PENDING)
    return f"{begun}/{task.max_retries + 1}" if begun else ""


def _error(task: AnalysisTask) -> str:
    if not task.error_type or task.status is TaskStatus.COMPLETED:
        return ""
    return error_sentence(error_kind(task.error_type)).what_happened


def _alignment(column: Column) -> Qt.AlignmentFlag:
    is_number = column in (Column.PRIORITY, Column.ELAPSED, Column.ATTEMPT)
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
