"""The author's notifications."""

from __future__ import annotations

from collections.abc import Sequence

from arboris_desktop.domain.notifications import Notification
from arboris_desktop.storage.database import Database


class Inbox:
    """Notifications stay until they are read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(
        self, *, unread_only: bool = False, limit: int = 200, after: int | None = None
    ) -> list[Notification]:
        """The newest first; with ``after`` only those that came later than that id."""
        with self._database.read() as transaction:
            return transaction.notifications.list(unread_only=unread_only, limit=limit, after=after)

    def ids_above(self, floor: int) -> Sequence[int]:
        """The ids larger than ``floor``, the smallest first."""
        with self._database.read() as transaction:
            return transaction.notifications.ids_above(floor)

    def of_ids(self, ids: Sequence[int]) -> Sequence[Notification]:
        """Those of the given ids that are there."""
        with self._database.read() as transaction:
            return transaction.notifications.of_ids(ids)

    def unread_count(self) -> int:
        """The number of unread ones."""
        with self._database.read() as transaction:
            return transaction.notifications.unread_count()

    def mark_read(self, notification_id: int) -> None:
        """Marks one as read; raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.notifications.mark_read(notification_id)

    def mark_all_read(self) -> int:
        """Marks all as read and returns how many were not."""
        with self._database.write() as transaction:
            return transaction.notifications.mark_all_read()
