"""The desktop's notification service (``org.freedesktop.Notifications``) over D-Bus.

An XEmbed tray's ``showMessage`` never reaches the notification daemon, and desktops without a
tray have only the daemon; so it is asked directly. QtDBus cannot send the unsigned number that
the call wants from Python, hence jeepney.
"""

from __future__ import annotations

import html
import logging
import sys

from arboris_desktop.background.operations import Operations

log = logging.getLogger(__name__)

_NAME = "org.freedesktop.Notifications"
_TIMEOUT_SECONDS = 2.0


class DesktopNotifications:
    """Sends notifications over the session bus; on systems without one it is never available."""

    def __init__(self, application_name: str, operations: Operations) -> None:
        self._application_name = application_name
        self._operations = operations
        self.is_available = False

    def look(self) -> None:
        """Finds out, off the GUI thread, whether a notification service answers."""
        if sys.platform.startswith("linux"):
            self._operations.run(service_name, self._found, lambda error: self._found(""))

    def _found(self, server: str) -> None:
        self.is_available = bool(server)
        log.info("notification service: %s", server or "none")

    def send(self, title: str, text: str) -> bool:
        """Shows a notification; false when there is no service."""
        if self.is_available:
            self._operations.run(
                lambda: _notify(self._application_name, title, text),
                on_failure=lambda error: log.warning("desktop notification: %s", error),
            )
        return self.is_available


def service_name() -> str:
    """The name of the service that answers on the session bus; blocks for up to two seconds.

    Raises what jeepney and the socket raise when there is no bus or no service on it.
    """
    return str(_call("GetServerInformation", "", ())[0])


def _notify(application: str, title: str, text: str) -> int:
    (capabilities,) = _call("GetCapabilities", "", ())
    # Some services read the text as markup, where a "<" of the author's would vanish.
    marked_up = isinstance(capabilities, list) and "body-markup" in capabilities
    body = html.escape(text, quote=False) if marked_up else text
    arguments: tuple[object, ...] = (application, 0, "arboris-desktop", title, body, [], {}, -1)
    return int(str(_call("Notify", "susssasa{sv}i", arguments)[0]))


def _call(method: str, signature: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress("/org/freedesktop/Notifications", bus_name=_NAME, interface=_NAME)
    with open_dbus_connection(bus="SESSION") as connection:
        call = new_method_call(address, method, signature, arguments)
        return tuple(connection.send_and_get_reply(call, timeout=_TIMEOUT_SECONDS).body)
