"""Telling the author: the desktop's notification service, else the tray, else the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.tasks.inbox import Inbox

log = logging.getLogger(__name__)


class Channel(Protocol):
    """One way to reach the author."""

    def show(self, notification: Notification) -> bool:
        """Shows it; false when this way is not available now."""

    def close(self) -> None:
        """Nothing is shown any more, and no click heard."""


class Notifier(QObject):
    """Watches the inbox and shows each new notification once, through the first channel that can.

    The rows are the record: a channel that swallows a message loses nothing.
    """

    unread_changed = Signal(int)
    arrived = Signal(object)
    """A ``Notification`` that came while the app runs."""

    clicked = Signal(object)
    """The ``Notification`` that the author clicked where it was shown."""

    def __init__(
        self,
        inbox: Inbox,
        operations: Operations,
        channels: Sequence[Channel],
        is_wanted: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._inbox = inbox
        self._operations = operations
        self._channels = list(channels)
        self._is_wanted = is_wanted
        self._last_seen: int | None = None

    def start(self) -> None:
        """Takes what is already there as seen: only what comes from now on is announced."""
        self.check()

    def check(self) -> None:
        """Looks for new notifications and announces them."""
        last = self._last_seen
        self._operations.run(
            lambda: (self._inbox.list(after=last, limit=50), self._inbox.unread_count()),
            self._on_checked,
        )

    def _on_checked(self, found: tuple[list[Notification], int]) -> None:
        new, unread = found
        first_look = self._last_seen is None
        known = self._last_seen or 0
        self._last_seen = max((known, *(notification.id for notification in new)))
        if not first_look:
            for notification in reversed(new):
                if notification.id > known:
                    self._announce(notification)
        self.unread_changed.emit(unread)

    def stop(self) -> None:
        """Announces nothing any more."""
        for channel in self._channels:
            channel.close()
        self._channels.clear()

    def _announce(self, notification: Notification) -> None:
        self.arrived.emit(notification)
        if not self._is_wanted():
            return
        for channel in self._channels:
            if channel.show(notification):
                return
        log.warning("no channel could show notification %d", notification.id)
