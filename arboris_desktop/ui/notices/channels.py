"""The channels by which notifications reach the author: desktop, tray, window."""

from __future__ import annotations

from collections.abc import Callable

from arboris_desktop.background.desktop_notifications import DesktopNotifications
from arboris_desktop.background.notifier import Channel, Notifier
from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.tasks.inbox import Inbox
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.toast import Toasts
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.notices.words import notification_words


def build_notifier(
    inbox: Inbox,
    operations: Operations,
    tray: TrayIcon,
    window: MainWindow,
    is_wanted: Callable[[], bool],
) -> Notifier:
    """Returns the notifier with all channels, the best first."""
    # Not over the strip and the panel, whose Retry and Cancel must stay reachable.
    toasts = Toasts(window.centre.pages)
    desktop = DesktopNotifications("Arboris Desktop", operations, window)
    desktop.look()
    # Beside an XEmbed icon Qt draws a balloon of its own even if a service answers, so that comes
    # first.
    channels: list[Channel] = [_DesktopChannel(desktop), _TrayChannel(tray), _ToastChannel(toasts)]
    notifier = Notifier(inbox, operations, channels, is_wanted, window)
    for clicked in (toasts.clicked, desktop.clicked):
        clicked.connect(notifier.clicked)
    return notifier


class _TrayChannel:
    def __init__(self, tray: TrayIcon) -> None:
        self._tray = tray

    def show(self, notification: Notification) -> bool:
        """See ``background.notifier.Channel``."""
        if not (self._tray.is_available() and self._tray.supports_messages()):
            return False
        self._tray.show_message(*notification_words(notification))
        return True

    def close(self) -> None:
        """See ``background.notifier.Channel``; the icon goes with its studio."""


class _DesktopChannel:
    def __init__(self, desktop: DesktopNotifications) -> None:
        self._desktop = desktop

    def show(self, notification: Notification) -> bool:
        """See ``background.notifier.Channel``."""
        if not self._desktop.is_available:
            # It may have started after us; this one goes another way.
            self._desktop.look()
            return False
        return self._desktop.send(*notification_words(notification), notification)

    def close(self) -> None:
        """See ``background.notifier.Channel``."""
        self._desktop.close()


class _ToastChannel:
    """The last resort, which always works."""

    def __init__(self, toasts: Toasts) -> None:
        self._toasts = toasts

    def show(self, notification: Notification) -> bool:
        """See ``background.notifier.Channel``."""
        self._toasts.show_message(*notification_words(notification), notification)
        return True

    def close(self) -> None:
        """See ``background.notifier.Channel``; they go with their window."""
