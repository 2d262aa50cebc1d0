"""The icon in the system tray, if there is a tray."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon

_LOOK_EVERY_MS = 10_000


class TrayIcon(QObject):
    """Shows the state of the background work while the window is hidden.

    Some desktops have no tray, some start theirs late, and an icon made before its tray may never
    be shown. It is therefore made only when a tray exists, which is checked until then.
    """

    open_requested = Signal()
    pause_toggled = Signal(bool)
    notifications_requested = Signal()
    quit_requested = Signal()
    message_clicked = Signal()
    became_available = Signal()
    """A tray has appeared; from now on the window may be closed to it."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        tray_exists: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        look_every_ms: int = _LOOK_EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self._tray_exists = tray_exists
        self._counts = QueueCounts()
        self._unread = 0
        self._paused = False
        self._icon: QSystemTrayIcon | None = None
        self._menu = self._make_menu()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(look_every_ms)
        self._timer.timeout.connect(self._look)
        self._retranslate()
        self._timer.start()
        self._look()

    # What it is told

    def show_counts(self, counts: QueueCounts) -> None:
        """Shows how many tasks run and wait, in the tooltip."""
        self._counts = counts
        self._update()

    def show_unread(self, unread: int) -> None:
        """Shows whether there are unread notifications."""
        self._unread = unread
        self._retranslate()

    def show_paused(self, paused: bool) -> None:
        """Shows whether the queue accepts new tasks."""
        self._paused = paused
        self._retranslate()

    # What it is asked

    def is_available(self) -> bool:
        """True if the author can reach the app through the tray now."""
        return self._icon is not None and self._tray_exists()

    def supports_messages(self) -> bool:
        """True if ``show_message`` may reach the author with its text intact.

        A D-Bus tray passes a message on to the desktop's notification service, which parses the
        text as markup; ``DesktopNotifications`` uses that service itself.
        """
        may_show = self.is_available() and QSystemTrayIcon.supportsMessages()
        return may_show and not self._is_on_the_bus()

    def show_message(self, title: str, text: str) -> bool:
        """Shows a message at the icon; returns false if it cannot.

        The desktop may still ignore it.
        """
        if self._icon is None or not self.supports_messages():
            return False
        self._icon.showMessage(title, text, icon("app"))
        return True

    def hide(self) -> None:
        """Removes the icon permanently."""
        self._timer.stop()
        if self._icon:
            self._icon.hide()

    def menu(self) -> QMenu:
        """The menu of the icon."""
        return self._menu

    def state(self) -> str:
        """The name of the icon shown: normal, paused, or asking for attention."""
        if self._paused:
            return "tray-paused"
        return "tray-attention" if self._unread else "tray"

    def tooltip(self) -> str:
        """The app's name and the state of its queue."""
        parts = [self.tr("Arboris")]
        if self._paused:
            parts.append(self.tr("paused"))
        parts.append(self.tr("%Ln running", "", self._counts.processing))
        parts.append(self.tr("%Ln waiting", "", self._counts.pending))
        if self._counts.failed:
            parts.append(self.tr("%Ln failed", "", self._counts.failed))
        return " · ".join(parts)

    # The icon

    def _is_on_the_bus(self) -> bool:
        """Such an icon is the only kind without a screen position that Qt knows."""
        is_elsewhere = sys.platform in ("win32", "darwin")
        return not is_elsewhere and self._icon is not None and self._icon.geometry().isEmpty()

    @Slot()
    def _look(self) -> None:
        if self._icon is not None or not self._tray_exists():
            return
        self._timer.stop()
        self._icon = QSystemTrayIcon(icon(self.state()), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._update()
        self._icon.show()
        self.became_available.emit()

    def _update(self) -> None:
        if self._icon:
            self._icon.setIcon(icon(self.state()))
            self._icon.setToolTip(self.tooltip())

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_requested.emit()

    # Its menu

    def _make_menu(self) -> QMenu:
        menu = _Menu()
        menu.language_changed.connect(self._retranslate)
        self.destroyed.connect(menu.deleteLater)
        self._open = menu.addAction("")
        self._open.triggered.connect(self.open_requested)
        self._notifications = menu.addAction("")
        self._notifications.triggered.connect(self.notifications_requested)
        self._pause = menu.addAction("")
        self._pause.triggered.connect(lambda: self.pause_toggled.emit(not self._paused))
        menu.addSeparator()
        self._quit = menu.addAction("")
        self._quit.triggered.connect(self.quit_requested)
        menu.setDefaultAction(self._open)
        return menu

    @Slot()
    def _retranslate(self) -> None:
        self._open.setText(self.tr("Open Arboris"))
        self._notifications.setText(self.tr("Unread notifications (%Ln)", "", self._unread))
        self._pause.setText(
            self.tr("Resume the queue") if self._paused else self.tr("Pause the queue")
        )
        self._quit.setText(self.tr("Quit"))
        self._update()


class _Menu(Translated, QMenu):
    """A menu that passes on events that only widgets receive."""

    language_changed = Signal()

    def _retranslate(self) -> None:
        self.language_changed.emit()
