"""The commands for the selected tasks: in the tool bar, in a menu, and by shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QListView, QMenu, QToolBar, QToolButton

from arboris_desktop.domain.tasks import MAX_PRIORITY, MIN_PRIORITY, AnalysisTask, TaskStatus
from arboris_desktop.ui.tasks.words import can_cancel, can_retry
from arboris_desktop.ui.widgets.icons import icon


class TaskActions(QObject):
    """Emits the author's commands. The shortcuts work while the ``view`` of tasks has focus."""

    retry_requested = Signal(int)
    cancel_requested = Signal(int)
    priority_changed = Signal(int, int)
    """A task and its new priority."""
    open_requested = Signal()
    """The chapter of the current row should be shown."""

    def __init__(
        self,
        view: QListView,
        selected: Callable[[], Sequence[AnalysisTask]],
        current: Callable[[], AnalysisTask | None],
    ) -> None:
        super().__init__(view)
        self._view, self._selected, self._current = view, selected, current
        self._retry = self._make_action("retry", "Ctrl+R", self._retry_selected)
        self._cancel = self._make_action("stop", "Del", self._cancel_selected)
        self._open = self._make_action("chapter-written", "Return", self.open_requested.emit)
        self._priority_menu = self._make_priority_menu()

    def add_to(self, bar: QToolBar) -> None:
        """Adds a button for each to a tool bar."""
        bar.addActions([self._retry, self._cancel, self._open])
        bar.addAction(self._priority_menu.menuAction())
        priority = bar.widgetForAction(self._priority_menu.menuAction())
        if isinstance(priority, QToolButton):
            priority.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def popup(self, place: QPoint) -> None:
        """Shows them as a menu."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._retry, self._cancel, self._open])
        menu.addMenu(self._priority_menu)
        menu.popup(place)

    def update(self) -> None:
        """Enables those that apply to the selection."""
        selected = self._selected()
        self._retry.setEnabled(any(can_retry(task) for task in selected))
        self._cancel.setEnabled(any(can_cancel(task) for task in selected))
        self._open.setEnabled(self._view.selectionModel().hasSelection())
        waiting = any(task.status is TaskStatus.PENDING for task in selected)
        self._priority_menu.setEnabled(waiting)
        self._priority_menu.menuAction().setEnabled(waiting)

    def retranslate(self) -> None:
        """Sets all texts in the current language."""
        self._retry.setText(self.tr("Retry"))
        self._retry.setToolTip(self.tr("Queue the failed or cancelled task again (Ctrl+R)"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Take the task out of the queue (Delete)"))
        self._open.setText(self.tr("Open chapter"))
        self._open.setToolTip(self.tr("Show the chapter in the editor (Enter)"))
        self._priority_menu.setTitle(self.tr("Priority"))

    def _make_action(self, icon_name: str, keys: str, slot: Callable[[], None]) -> QAction:
        action = QAction(icon(icon_name), "", self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self._view.addAction(action)
        return action

    def _make_priority_menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setIcon(icon("up"))
        group = QActionGroup(menu)
        for priority in range(MAX_PRIORITY, MIN_PRIORITY - 1, -1):
            action = menu.addAction(str(priority))
            action.setCheckable(True)
            action.setData(priority)
            group.addAction(action)
        group.triggered.connect(self._set_priority)
        menu.aboutToShow.connect(self._check_priority)
        return menu

    def _retry_selected(self) -> None:
        for task in self._selected():
            if can_retry(task):
                self.retry_requested.emit(task.id)

    def _cancel_selected(self) -> None:
        for task in self._selected():
            if can_cancel(task):
                self.cancel_requested.emit(task.id)

    @Slot(QAction)
    def _set_priority(self, chosen: QAction) -> None:
        for task in self._selected():
            if task.status is TaskStatus.PENDING and task.priority != chosen.data():
                self.priority_changed.emit(task.id, chosen.data())

    @Slot()
    def _check_priority(self) -> None:
        task = self._current()
        for action in self._priority_menu.actions():
            action.setChecked(task is not None and action.data() == task.priority)
