"""Connections that ask for nothing are ended, so that they take no place from others."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

REQUEST_SECONDS = 15.0
"""The time in which the head of a request must have come, and then its body."""


class RequestTimeoutProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, with a bound for the time in which a request arrives.

    uvicorn itself bounds only the rest between two requests: a thousand callers that send a letter
    now and then, without a token, would keep everybody out.
    """

    _given_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called when somebody has connected."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Called with what has come."""
        super().data_received(data)
        # uvicorn declares it as if there always were one.
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is not None and not cycle.response_complete:
            self._stop_waiting()
        elif self._given_up is None:
            self._wait()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Called when the connection becomes a WebSocket, which has a sign of life of its own."""
        self._stop_waiting()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called when the connection has ended."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._given_up = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._given_up is not None:
            self._given_up.cancel()
            self._given_up = None

    def _give_up(self) -> None:
        transport: Any = self.transport
        transport.close()
