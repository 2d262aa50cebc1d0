"""A desktop of today on the session bus: a tray that is spoken to over D-Bus, and notifications.

Run as a script, within ``dbus-run-session``, with a file: each notification that it is asked to
show is a line of JSON there, ``[title, body]``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jeepney import HeaderFields, Message, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"

_INTROSPECTION = f"""<node>
<interface name="{WATCHER}">
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
</interface>
</node>"""

_PROPERTIES = {
    "IsStatusNotifierHostRegistered": ("b", True),
    "RegisteredStatusNotifierItems": ("as", []),
    "ProtocolVersion": ("i", 0),
}


class Host:
    """Answers what Qt and we ask such a desktop."""

    def __init__(self, shown: Path) -> None:
        self._shown = shown
        self._number = 0

    def answer(self, call: Message) -> Message:
        """The reply to a call."""
        member = call.header.fields[HeaderFields.member]
        reply = getattr(self, f"_on_{member}", None)
        if reply is None:
            return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")
        signature, body = reply(*call.body)
        return new_method_return(call, signature, body)

    def _on_Introspect(self) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        return "s", (_INTROSPECTION,)

    def _on_Get(self, _interface: str, name: str) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        return "v", (_PROPERTIES[name],)

    def _on_GetAll(self, _interface: str) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        return "a{sv}", (_PROPERTIES,)

    def _on_RegisterStatusNotifierItem(self, _item: str) -> tuple[str | None, tuple[Any, ...]]:  # noqa: N802
        return None, ()

    def _on_GetServerInformation(self) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        return "ssss", ("a desktop of today", "us", "1", "1.2")

    def _on_GetCapabilities(self) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        return "as", (["actions", "body", "body-markup"],)

    def _on_Notify(self, *values: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: N802
        self._number += 1
        with self._shown.open("a", encoding="utf-8") as file:
            file.write(json.dumps([values[3], values[4]], ensure_ascii=False) + "\n")
        return "u", (self._number,)


def main() -> None:
    """Serves until it is ended."""
    shown = Path(sys.argv[1])
    host = Host(shown)
    with open_dbus_connection("SESSION") as connection:
        for name in (WATCHER, NOTIFICATIONS):
            connection.send_and_get_reply(message_bus.RequestName(name))
        shown.touch()
        while True:
            call = connection.receive()
            if call.header.message_type is MessageType.method_call:
                connection.send(host.answer(call))


if __name__ == "__main__":
    main()
