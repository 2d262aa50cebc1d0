"""The background work as a list model: each task with its notifications, updated in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.ui.tasks.activities import Activity, activities
from arboris_desktop.ui.tasks.words import activity_line, can_retry, task_button, title_of
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.widgets.row_sync import sync_rows
from arboris_desktop.ui.wording import error_kind, error_sentence, when

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
    """The roles of the delegate or a panel besides Qt's own."""

    ID = Qt.ItemDataRole.UserRole + 1
    """The id of the task; ``None`` for a notification without one."""
    TASK = Qt.ItemDataRole.UserRole + 2
    LINE = Qt.ItemDataRole.UserRole + 3
    """The task's progress, why it failed, or what it found."""
    BUTTON = Qt.ItemDataRole.UserRole + 4
    """The text of the row's button; empty without one."""
    RETRYABLE = Qt.ItemDataRole.UserRole + 5
    ACTIVITY = Qt.ItemDataRole.UserRole + 6
    UNREAD = Qt.ItemDataRole.UserRole + 7
    WHEN = Qt.ItemDataRole.UserRole + 8
    """The time of its end; empty if a button is in its place."""


class TaskListModel(QAbstractListModel):
    """Shows the tasks and notifications it was last given.

    The elapsed time of running tasks is updated each second, but only while something runs and the
    list is visible; the times of past tasks each minute. A hidden window costs nothing.
    """

    rows_changed = Signal()
    """Emitted once after each change of the rows."""

    def __init__(self, parent: QObject | None = None, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tasks: Sequence[AnalysisTask] = ()
        self._notices: Sequence[Notification] = ()
        self._rows: list[Activity] = []
        self._has_several_novels = False
        self._visible = False
        self._seconds = self._make_timer(1000, self._refresh_elapsed)
        self._minutes = self._make_timer(60_000, self.retranslate)

    def _make_timer(self, milliseconds: int, tick: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(tick)
        return timer

    # What the panel tells it

    def set_tasks(self, tasks: Sequence[AnalysisTask]) -> None:
        """Shows these tasks with minimal changes to the rows; the selection survives."""
        self._tasks = tasks
        self._sync()

    def set_notifications(self, notices: Sequence[Notification]) -> None:
        """Shows these with their tasks, and those of no listed task by themselves."""
        self._notices = notices
        self._sync()

    def _sync(self) -> None:
        wanted = activities(self._tasks, self._notices)
        if sync_rows(self, self._rows, wanted, key=lambda row: row.key, columns=1):
            self.rows_changed.emit()
        several = len({row.subject.project_id for row in self._rows}) > 1
        if several != self._has_several_novels:
            self._has_several_novels = several
            self.retranslate()
        self._run_timer()

    def set_visible(self, visible: bool) -> None:
        """Sets whether the times are visible."""
        self._visible = visible
        if visible:
            self.retranslate()
            self._minutes.start()
        else:
            self._minutes.stop()
        self._run_timer()

    @Slot()
    def retranslate(self) -> None:
        """Makes views read all texts again, and times that have grown older."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def is_refreshing(self) -> bool:
        """True if the timer of the elapsed times is running."""
        return self._seconds.isActive()

    def activity(self, row: int) -> Activity:
        """Returns the contents of a row. Raises ``IndexError``."""
        return self._rows[row]

    def row_of(self, task_id: int) -> int | None:
        """Returns the row of a task, if it is shown."""
        return next((n for n, row in enumerate(self._rows) if row.key == ("task", task_id)), None)

    def first_unread(self) -> int | None:
        """Returns the first unread row."""
        return next((n for n, row in enumerate(self._rows) if row.unread), None)

    # Refreshing

    def _run_timer(self) -> None:
        if self._visible and any(_runs(row) for row in self._rows):
            if not self._seconds.isActive():
                self._seconds.start()
        else:
            self._seconds.stop()

    @Slot()
    def _refresh_elapsed(self) -> None:
        for number, row in enumerate(self._rows):
            if _runs(row):
                cell = self.index(number, 0)
                self.dataChanged.emit(cell, cell, [TaskRole.LINE])

    # What the view asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Returns the number of tasks and other notifications; a row has none below it."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text, icon or task of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(row)
            case Qt.ItemDataRole.DecorationRole:
                return icon(_STATE_ICONS[row.task.status] if row.task else "bell")
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case TaskRole.LINE:
                return self._line(row)
        return _unworded(row, role)

    def _line(self, row: Activity) -> str:
        line = activity_line(row, self._clock())
        name = row.subject.project_title if self._has_several_novels else ""
        # The name comes last: if there is not enough space for both, it is cut.
        return " · ".join(filter(None, (line, name)))

    def _tooltip(self, row: Activity) -> str:
        line = activity_line(row, self._clock())
        task = row.task
        if task and task.status is TaskStatus.FAILED and task.error_type:
            line = error_sentence(error_kind(task.error_type)).as_paragraph()
        return "".join(map(plain_tooltip, (row.subject.project_title, title_of(row), line)))

    def _spoken(self, row: Activity) -> str:
        parts = [title_of(row), self._line(row)]
        if row.unread:
            parts.insert(1, QCoreApplication.translate("TaskListModel", "unread"))
        return ", ".join(parts)


def _runs(row: Activity) -> bool:
    return row.task is not None and row.task.status is TaskStatus.PROCESSING


def _unworded(row: Activity, role: int) -> Any:
    match role:
        case TaskRole.ID:
            return row.task.id if row.task else None
        case TaskRole.TASK:
            return row.task
        case TaskRole.BUTTON:
            return task_button(row.task) if row.task else ""
        case TaskRole.RETRYABLE:
            return row.task is not None and can_retry(row.task)
        case TaskRole.ACTIVITY:
            return row
        case TaskRole.UNREAD:
            return bool(row.unread)
        case TaskRole.WHEN:
            return "" if row.task and task_button(row.task) else when(row.happened_at)
    return None
