"""The background work: running, waiting and failed tasks, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts, TaskFailure
from arboris_desktop.ui.batches.bar import BatchBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.tasks.activities import Activity
from arboris_desktop.ui.tasks.count_chips import CountChips
from arboris_desktop.ui.tasks.task_actions import TaskActions
from arboris_desktop.ui.tasks.task_delegate import TaskDelegate
from arboris_desktop.ui.tasks.task_details import TaskDetails
from arboris_desktop.ui.tasks.task_list_model import TaskListModel
from arboris_desktop.ui.tasks.words import can_retry
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_line


class TaskPanel(Translated, QWidget):
    """Shows the tasks and notifications it is given and emits the author's commands."""

    retry_requested = Signal(int)
    cancel_requested = Signal(int)
    priority_changed = Signal(int, int)
    """A task and its new priority."""
    chapter_requested = Signal(str, int)
    """The project and the chapter to open."""
    read = Signal(object)
    """The ids of notifications that the author has seen."""
    mark_all_read_requested = Signal()
    analysis_requested = Signal()
    """The author wants chapters analysed while there are no tasks yet."""
    pause_toggled = Signal(bool)
    details_requested = Signal(int)
    """A task whose failures should be given to ``show_failures``."""

    def __init__(self, parent: QWidget | None = None, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._paused = False
        self._has_novel = False
        self._unread = 0
        self._model = TaskListModel(self, clock)
        self._chips = CountChips()
        self.batch_bar = BatchBar()
        self._details = TaskDetails()
        self._empty = EmptyState("task")
        self._empty.pressed.connect(self.analysis_requested)
        self._summary = muted(plain_line())
        self._mark_all = QPushButton()
        self._mark_all.setObjectName("small")
        self._mark_all.clicked.connect(self.mark_all_read_requested)
        self._list = self._make_list()
        self._actions = TaskActions(self._list, self._selected, self._current_task)
        self._actions.retry_requested.connect(self.retry_requested)
        self._actions.cancel_requested.connect(self.cancel_requested)
        self._actions.priority_changed.connect(self.priority_changed)
        self._actions.open_requested.connect(self._open_chapter)
        self._make_pause()
        self._lay_out()
        self._retranslate()
        self._actions.update()

    # What it is given

    def show_tasks(self, tasks: Sequence[AnalysisTask], counts: QueueCounts) -> None:
        """Shows these tasks in this order; selection and scroll position stay."""
        self._chips.show_counts(counts)
        self._follow(lambda: self._model.set_tasks(tasks))

    def show_notifications(
        self, notifications: Sequence[Notification], unread: int | None = None
    ) -> None:
        """Shows these with their tasks, the newest first; ``unread`` also counts others."""
        listed = sum(not notification.is_read for notification in notifications)
        self._unread = listed if unread is None else unread
        self._retranslate_unread()
        self._follow(lambda: self._model.set_notifications(notifications))

    def _follow(self, change: Callable[[], None]) -> None:
        before = self._current()
        change()
        self._pages.setCurrentIndex(1 if self._model.rowCount() else 0)
        self._show_current(before)

    def show_failures(self, task_id: int, failures: Sequence[TaskFailure]) -> None:
        """Shows the failed attempts of a task, unless the author has selected another since."""
        if task_id == self._details.task_id():
            self._details.show_failures(failures)

    def show_paused(self, paused: bool) -> None:
        """Shows whether the queue accepts new tasks."""
        self._paused = paused
        self._pause.setIcon(icon("resume" if paused else "pause"))
        self._retranslate_pause()

    def select_task(self, task_id: int) -> None:
        """Makes a task the current one, if it is shown."""
        row = self._model.row_of(task_id)
        if row is not None:
            self._list.setCurrentIndex(self._model.index(row, 0))
            self._list.scrollTo(self._model.index(row, 0))

    def show_unread(self) -> None:
        """Scrolls to the first unread item."""
        if (row := self._model.first_unread()) is not None:
            self._list.scrollTo(self._model.index(row, 0))

    def offer_analysis(self, has_novel: bool) -> None:
        """Sets whether there is a novel whose chapters could be analysed."""
        self._has_novel = has_novel
        self._retranslate_empty()

    # Qt events

    def showEvent(self, event: QShowEvent) -> None:
        self._model.set_visible(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._model.set_visible(False)
        super().hideEvent(event)

    # Building

    def _make_list(self) -> QListView:
        view = QListView()
        view.setObjectName("unboxed")
        view.setModel(self._model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        delegate = TaskDelegate(view)
        delegate.button_clicked.connect(self._press)
        view.setItemDelegate(delegate)
        view.clicked.connect(self._tell_read)
        view.doubleClicked.connect(self._open_chapter)
        view.customContextMenuRequested.connect(self._show_menu)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        return view

    def _make_pause(self) -> None:
        self._pause = QToolButton()
        self._pause.setIcon(icon("pause"))
        self._pause.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._pause.clicked.connect(lambda: self.pause_toggled.emit(not self._paused))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self._chips)
        layout.addLayout(self._make_tools())
        layout.addLayout(self._make_news())
        layout.addWidget(self.batch_bar)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setObjectName("ruled")
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self._details)
        self._splitter.setSizes([3, 2])
        # A page that is added before the layout has its place would appear as a window.
        self._pages = QStackedLayout()
        layout.addLayout(self._pages, 1)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._splitter)
        self.setFocusProxy(self._list)

    def _make_tools(self) -> QHBoxLayout:
        bar = QToolBar()
        bar.setIconSize(QSize(16, 16))
        self._actions.add_to(bar)
        tools = QHBoxLayout()
        tools.addWidget(bar)
        tools.addStretch(1)
        tools.addWidget(self._pause)
        return tools

    def _make_news(self) -> QHBoxLayout:
        news = QHBoxLayout()
        news.addWidget(self._summary, 1)
        news.addWidget(self._mark_all)
        return news

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Background work"))
        self._list.setAccessibleName(self.tr("Tasks"))
        self._actions.retranslate()
        self._mark_all.setText(self.tr("Mark all as read"))
        self._model.retranslate()
        self._retranslate_empty()
        self._retranslate_unread()
        self._retranslate_pause()

    def _retranslate_empty(self) -> None:
        self._empty.set_text(
            self.tr(
                "No analyses yet. When a chapter is written, its analysis appears here and "
                "works in the background while you go on."
            )
        )
        self._empty.set_button(self.tr("Analyse chapters…") if self._has_novel else "")

    def _retranslate_unread(self) -> None:
        self._summary.setText(self.tr("%Ln unread", "", self._unread))
        self._summary.setVisible(self._unread > 0)
        self._mark_all.setVisible(self._unread > 0)

    def _retranslate_pause(self) -> None:
        if self._paused:
            self._pause.setText(self.tr("Resume queue"))
            self._pause.setToolTip(self.tr("Start waiting tasks again"))
        else:
            self._pause.setText(self.tr("Pause queue"))
            self._pause.setToolTip(self.tr("Finish what runs, but start nothing new"))

    # What the author does

    @Slot(int)
    def _press(self, task_id: int) -> None:
        row = self._model.row_of(task_id)
        task = None if row is None else self._model.activity(row).task
        if task is not None:
            again = can_retry(task)
            (self.retry_requested if again else self.cancel_requested).emit(task_id)

    @Slot()
    def _open_chapter(self) -> None:
        activity = self._current()
        if activity is not None:
            self._tell_read()
            subject = activity.subject
            self.chapter_requested.emit(subject.project_id, subject.chapter_id)

    @Slot()
    def _tell_read(self) -> None:
        """Marks a row as read once the author has selected it and sees it in full."""
        activity = self._current()
        if activity is not None and activity.unread:
            self.read.emit(activity.unread)

    @Slot(QPoint)
    def _show_menu(self, position: QPoint) -> None:
        if self._list.indexAt(position).isValid():
            self._actions.popup(self._list.viewport().mapToGlobal(position))

    # The current row

    def _current(self) -> Activity | None:
        index = self._list.currentIndex()
        return self._model.activity(index.row()) if index.isValid() else None

    def _current_task(self) -> AnalysisTask | None:
        activity = self._current()
        return activity.task if activity is not None else None

    def _selected(self) -> list[AnalysisTask]:
        rows = sorted(self._list.selectionModel().selectedRows(), key=QModelIndex.row)
        chosen = (self._model.activity(index.row()).task for index in rows)
        return [task for task in chosen if task is not None]

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, chosen: QItemSelection, dropped: QItemSelection) -> None:
        del chosen, dropped
        self._show_current(None)

    def _show_current(self, before: Activity | None) -> None:
        """Updates details and buttons; requests the failures if the task has changed."""
        is_chosen = self._list.selectionModel().hasSelection()
        activity = self._current() if is_chosen else None
        self._actions.update()
        self._details.setVisible(activity is not None)
        if activity is None:
            self._details.clear()
        elif activity != before:
            self._details.show_activity(activity)
            if activity.task is not None:
                self.details_requested.emit(activity.task.id)
