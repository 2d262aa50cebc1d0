"""The notification centre: what the background work has told, unread until it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.tasks import Notification
from arboris_desktop.ui.notices.notification_delegate import NotificationDelegate
from arboris_desktop.ui.notices.notification_list_model import (
    NotificationListModel,
    NotificationRole,
)
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.plain_text import plain_label

_MINUTE = 60_000


class NotificationPanel(QWidget):
    """Shows the notifications it is given; a click or Enter opens one."""

    notification_opened = Signal(object)
    """The ``Notification`` to go to; its owner marks it as read."""
    mark_all_read_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unread = 0
        self._model = NotificationListModel(self)
        self._summary = plain_label()
        self._mark_all = QPushButton()
        self._mark_all.clicked.connect(self.mark_all_read_requested)
        self._list = self._make_list()
        self._empty = EmptyState("bell")
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._model.retranslate)
        self._lay_out()
        self._retranslate()

    def show_notifications(
        self, notifications: Sequence[Notification], unread: int | None = None
    ) -> None:
        """Shows these, the newest first; ``unread`` counts those not listed as well."""
        self._model.set_notifications(notifications)
        self._unread = self._model.unread_count() if unread is None else unread
        self._pages.setCurrentIndex(1 if notifications else 0)
        self._retranslate_summary()

    def showEvent(self, event: QShowEvent) -> None:
        self._model.retranslate()
        self._clock.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(NotificationDelegate(view))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.clicked.connect(self._open)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._open(view.currentIndex()))
        return view

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._mark_all)
        layout.addLayout(top)
        # A page that is added before the layout has its place would come up as a window.
        self._pages = QStackedLayout()
        layout.addLayout(self._pages, 1)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._list)
        self.setFocusProxy(self._list)
        self.setTabOrder(self._list, self._mark_all)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Notifications"))
        self._list.setAccessibleName(self.tr("Notifications"))
        self._mark_all.setText(self.tr("Mark all as read"))
        self._empty.set_text(
            self.tr("Nothing yet. When a chapter has been analysed, you will be told here.")
        )
        self._model.retranslate()
        self._retranslate_summary()

    def _retranslate_summary(self) -> None:
        if self._unread:
            self._summary.setText(self.tr("%n unread", "", self._unread))
        else:
            self._summary.setText(self.tr("Everything is read"))
        self._mark_all.setEnabled(self._unread > 0)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.notification_opened.emit(index.data(NotificationRole.NOTIFICATION))
