"""The desktop's notification service (``org.freedesktop.Notifications``) over D-Bus.

An XEmbed tray's ``showMessage`` never reaches the notification daemon, and desktops without a
tray have only the daemon; so it is asked directly. QtDBus cannot send the unsigned number that
the call wants from Python, hence jeepney.
"""

from __future__ import annotations

import html
import logging
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.session_bus import BusSignal, SessionBus

log = logging.getLogger(__name__)

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_TIMEOUT_SECONDS = 2.0
_REMEMBERED = 100


class DesktopNotifications(QObject):
    """Sends notifications over the session bus; on systems without one it is never available."""

    clicked = Signal(object)
    """The ``subject`` that was passed with the notification that the author clicked."""

    _signalled = Signal(object)

    def __init__(
        self, application_name: str, operations: Operations, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application_name = application_name
        self._operations = operations
        self._service: _Service | None = None
        self._is_closed = False
        self._subjects: dict[int, object] = {}
        self._signalled.connect(self._on_signal)

    @property
    def is_available(self) -> bool:
        """True if a notification service has answered."""
        return self._service is not None

    def look(self) -> None:
        """Finds out, off the GUI thread, whether a notification service answers."""
        if sys.platform.startswith("linux") and self._service is None:
            hear = self._signalled.emit
            self._operations.run(lambda: _Service(hear), self._found, self._not_found)

    def _found(self, service: _Service) -> None:
        if self._service is not None or self._is_closed:
            # Looked for twice, or too late.
            service.close()
            return
        self._service = service
        log.info("notification service: %s", service.name)

    def _not_found(self, error: Exception) -> None:
        log.info("no notification service: %s", error)

    def send(self, title: str, text: str, subject: object = None) -> bool:
        """Shows a notification; false when there is no service."""
        service = self._service
        if service is None:
            return False
        action = self.tr("Open")
        self._operations.run(
            lambda: service.notify(self._application_name, title, text, action),
            lambda number: self._remember(number, subject),
            self._on_failure,
        )
        return True

    def _remember(self, number: int, subject: object) -> None:
        self._subjects[number] = subject
        while len(self._subjects) > _REMEMBERED:
            del self._subjects[next(iter(self._subjects))]

    def _on_failure(self, error: Exception) -> None:
        """The service, or the whole bus, may have been restarted."""
        log.warning("desktop notification: %s", error)
        self._leave()
        self.look()

    @Slot(object)
    def _on_signal(self, signal: BusSignal) -> None:
        name, values = signal
        number = values[0] if values else None
        if not isinstance(number, int) or number not in self._subjects:
            # The notifications of other programs are told of, too.
            return
        if name == "ActivationToken" and len(values) > 1:
            # On Wayland a window may come to the front only with it; Qt takes it from here.
            os.environ["XDG_ACTIVATION_TOKEN"] = str(values[1])
        elif name == "ActionInvoked":
            # Kept all the same: some services let one notification be clicked again.
            self.clicked.emit(self._subjects[number])

    def close(self) -> None:
        """Leaves the bus for good; what is shown stays, but its clicks are not heard any more."""
        self._is_closed = True
        self._leave()

    def _leave(self) -> None:
        service, self._service = self._service, None
        self._subjects.clear()
        if service is not None:
            service.close()


class _Service:
    """The service that answers; made and called off the GUI thread, where it may block."""

    def __init__(self, on_signal: Callable[[BusSignal], None]) -> None:
        self._bus = SessionBus(on_signal)
        try:
            self.name = str(self._call("GetServerInformation")[0])
            (capabilities,) = self._call("GetCapabilities")
            self._capabilities = capabilities if isinstance(capabilities, list) else []
            self._bus.subscribe(_NAME, _PATH, _TIMEOUT_SECONDS)
        except BaseException:
            self._bus.close()
            raise

    def notify(self, application: str, title: str, text: str, action: str) -> int:
        """Shows it and returns its number; ``action`` names what a click does."""
        # Some services read the text as markup, where a "<" of the author's would vanish.
        marked_up = "body-markup" in self._capabilities
        body = html.escape(text, quote=False) if marked_up else text
        # The action called "default" is a click on the notification itself; it has no button.
        actions = ["default", action] if "actions" in self._capabilities else []
        arguments: tuple[object, ...] = (
            application,
            0,
            "arboris-desktop",
            title,
            body,
            actions,
            {},
            -1,
        )
        return int(str(self._call("Notify", "susssasa{sv}i", arguments)[0]))

    def close(self) -> None:
        self._bus.close()

    def _call(
        self, method: str, signature: str = "", arguments: tuple[object, ...] = ()
    ) -> tuple[object, ...]:
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)
        message = new_method_call(address, method, signature, arguments)
        return self._bus.call(message, _TIMEOUT_SECONDS)


def service_name() -> str:
    """The name of the service that answers on the session bus; blocks for up to six seconds.

    Raises what jeepney and the socket raise when there is no bus or no service on it.
    """
    service = _Service(lambda _signal: None)
    service.close()
    return service.name
