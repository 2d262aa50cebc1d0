"""One connection to the desktop's session bus: calls with an answer, and signals as they come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney import Message, MessageGenerator

log = logging.getLogger(__name__)

BusSignal = tuple[str, tuple[object, ...]]
"""A signal's name and its values."""


class SessionBus:
    """Connected from its making to ``close``; its thread sleeps until the bus has something.

    Not made per call: a notification's click is told only to the connection that sent it. Raises
    what jeepney and the socket raise when there is no bus.
    """

    def __init__(self, on_signal: Callable[[BusSignal], None]) -> None:
        from jeepney.io.threading import open_dbus_connection

        self._on_signal = on_signal
        self._connection = open_dbus_connection("SESSION")
        self._waiting: dict[int, Future[Message]] = {}
        self._is_closed = False
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, name="session bus", daemon=True).start()

    def call(self, message: Message, seconds: float) -> tuple[object, ...]:
        """Sends a method call and returns what it answers; blocks for ``seconds`` at most."""
        from jeepney.wrappers import unwrap_msg

        serial = next(self._connection.outgoing_serial)
        answer: Future[Message] = Future()
        with self._lock:
            if self._is_closed:
                raise ConnectionError("the session bus is gone")
            self._waiting[serial] = answer
        try:
            self._connection.send(message, serial=serial)
            return tuple(unwrap_msg(answer.result(seconds)))
        except CancelledError:
            raise ConnectionError("the session bus is gone") from None
        finally:
            self._waiting.pop(serial, None)

    def subscribe(self, interface: str, path: str, seconds: float) -> None:
        """From now on an interface's signals are passed on, from the thread that hears them."""
        from jeepney import MatchRule, message_bus

        rule = MatchRule(type="signal", interface=interface, path=path)
        bus: MessageGenerator = message_bus
        self.call(bus.AddMatch(rule), seconds)

    def close(self) -> None:
        """Leaves the bus; nothing is passed on when this has returned."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        # The thread then closes the connection: it may be reading from it now.
        self._connection.interrupt()

    def _listen(self) -> None:
        from jeepney.io.threading import ReceiveStopped

        try:
            while True:
                self._dispatch(self._connection.receive())
        except ReceiveStopped:
            pass
        except OSError as error:
            log.info("the session bus is gone: %s", error)
        finally:
            with self._lock:
                self._is_closed = True
            self._connection.close()
            for answer in list(self._waiting.values()):
                answer.cancel()

    def _dispatch(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        answer = self._waiting.get(fields.get(HeaderFields.reply_serial, -1))
        if answer is not None:
            answer.set_result(message)
        elif message.header.message_type is MessageType.signal:
            with self._lock:
                # Whoever listens may be gone right after ``close``.
                if not self._is_closed:
                    self._on_signal((fields.get(HeaderFields.member, ""), tuple(message.body)))
