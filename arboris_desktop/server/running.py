"""Running the server: its socket, its signals, and what the service manager is told."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from arboris_desktop.background.service_manager import ServiceManager
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.server.access import MOST_BYTES, Access
from arboris_desktop.server.app import make_app
from arboris_desktop.server.request_timeout import RequestTimeoutProtocol
from arboris_desktop.services import Services

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 1000
_END_SECONDS = 5


def listen(host: str, port: int) -> socket.socket:
    """The socket that is served; raises ``RuleError`` when it cannot be had."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.create_server(address[4][:2], family=address[0], backlog=128)
        # Named as TCP, for only then does asyncio send each part at once: who keeps a connection
        # would else wait 40 ms for a body, or for a second notification.
        return socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach())
    except (OSError, OverflowError) as error:
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"cannot listen on {host}, port {port}: {error}"
        ) from error


class _Server(uvicorn.Server):
    """Leaves the signals to the command, which has one way to end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures nothing."""
        yield


async def serve(services: Services, access: Access, listening: socket.socket) -> None:
    """Serves until it is cancelled, then ends connections and returns."""
    config = uvicorn.Config(
        make_app(services, access),
        log_level="warning",
        access_log=False,
        server_header=False,
        http=RequestTimeoutProtocol,
        ws="websockets-sansio",
        ws_max_size=MOST_BYTES,
        # A notification is shorter than a packet: it would be deflated once for each who follows.
        ws_per_message_deflate=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=_END_SECONDS,
        lifespan="on",
    )
    server = _Server(config)
    async with _told(server):
        serving = asyncio.create_task(server.serve([listening]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


@asynccontextmanager
async def _told(server: uvicorn.Server) -> AsyncIterator[None]:
    manager = ServiceManager()
    telling = asyncio.create_task(_tell(server, manager))
    try:
        yield
    finally:
        telling.cancel()


async def _tell(server: uvicorn.Server, manager: ServiceManager) -> None:
    try:
        while not server.started:
            await asyncio.sleep(0.02)
        manager.ready("serving")
        while True:
            await asyncio.sleep(manager.alive_seconds or 3600)
            manager.alive()
    finally:
        manager.stopping()
