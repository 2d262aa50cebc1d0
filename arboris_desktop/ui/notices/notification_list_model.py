"""The author's notifications as a list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from arboris_desktop.domain.tasks import Notification, NotificationType
from arboris_desktop.ui.notices.words import notification_words
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.widgets.row_sync import sync_rows
from arboris_desktop.ui.wording import when

Index = QModelIndex | QPersistentModelIndex

_ICONS = {
    NotificationType.STARTED: "chapter-analysing",
    NotificationType.PROGRESS: "chapter-analysing",
    NotificationType.COMPLETED: "check",
    NotificationType.FAILED: "warning",
}
_NO_PARENT = QModelIndex()


class NotificationRole(IntEnum):
    """The roles that the delegate asks for, beyond the title."""

    NOTIFICATION = Qt.ItemDataRole.UserRole + 1
    IS_READ = Qt.ItemDataRole.UserRole + 2
    MESSAGE = Qt.ItemDataRole.UserRole + 3
    WHEN = Qt.ItemDataRole.UserRole + 4


class NotificationListModel(QAbstractListModel):
    """Shows the notifications it was last given, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifications: list[Notification] = []
        self._has_several_novels = False

    def set_notifications(self, notifications: Sequence[Notification]) -> None:
        """Shows these; rows that stay keep their selection."""
        sync_rows(self, self._notifications, notifications, key=lambda each: each.id)
        several = len({each.project_id for each in notifications}) > 1
        if several != self._has_several_novels:
            self._has_several_novels = several
            self.retranslate()

    def retranslate(self) -> None:
        """Lets views ask again for all words, and for times that have grown older."""
        if self._notifications:
            self.dataChanged.emit(self.index(0), self.index(len(self._notifications) - 1))

    def unread_count(self) -> int:
        """The number of those shown that are unread."""
        return sum(not notification.is_read for notification in self._notifications)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many as there are notifications; none below a row."""
        return 0 if parent.isValid() else len(self._notifications)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, icon or notification of a row."""
        if not index.isValid():
            return None
        notification = self._notifications[index.row()]
        match role:
            case NotificationRole.NOTIFICATION:
                return notification
            case NotificationRole.IS_READ:
                return notification.is_read
            case NotificationRole.WHEN:
                return when(notification.created_at)
            case Qt.ItemDataRole.DecorationRole:
                return icon(_ICONS[notification.type])
        return self._words(notification, role)

    def _words(self, notification: Notification, role: int) -> str | None:
        """The novel is named where there are several."""
        title, message = notification_words(notification)
        if self._has_several_novels:
            message = " · ".join(filter(None, (notification.project_title, message)))
        return _words(notification, title, message, role)


def _words(notification: Notification, title: str, message: str, role: int) -> str | None:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return title
        case NotificationRole.MESSAGE:
            return message
        case Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{notification.project_title}\n{title}\n{message}")
        case Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(notification, title, message)
    return None


def _spoken(notification: Notification, title: str, message: str) -> str:
    read = (
        QCoreApplication.translate("NotificationListModel", "read")
        if notification.is_read
        else QCoreApplication.translate("NotificationListModel", "unread")
    )
    return f"{title}, {read}. {message} {when(notification.created_at)}"
