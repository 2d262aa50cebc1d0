"""News for the service manager that started this process: ready, alive, about to end.

The protocol of ``sd_notify``: a datagram to the socket that NOTIFY_SOCKET names. Without that
variable nobody is told.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping


class ServiceManager:
    """Tells systemd, or whatever speaks as it does, how this process is."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # A leading @ is how a name of the abstract namespace is written.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._watchdog = _watchdog_seconds(environment)

    @property
    def alive_seconds(self) -> float | None:
        """The interval at which ``alive`` is due, or ``None`` when nobody watches."""
        return None if self._watchdog is None or not self._address else self._watchdog / 2

    def ready(self, status: str) -> None:
        """Tells that the service does its work now."""
        self._tell(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        """Tells the watchdog that the loop still turns."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Tells that the end has begun."""
        self._tell("STOPPING=1\nSTATUS=ending")

    def _tell(self, news: str) -> None:
        if not self._address:
            return
        # A manager that is gone is no reason to stop working.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.setblocking(False)
            end.sendto(news.encode(), self._address)


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    given = environment.get("WATCHDOG_USEC", "")
    return int(given) / 1_000_000 if given.isascii() and given.isdecimal() and int(given) else None
