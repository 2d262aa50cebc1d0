"""The interface itself: paths, their parameters and what they answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request, Response, WebSocket
from fastapi.exceptions import WebSocketRequestValidationError
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware.cors import CORSMiddleware

from arboris_desktop import __version__
from arboris_desktop.domain.errors import ArborisError, ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.tasks import LARGEST_ID
from arboris_desktop.server.access import Access, Guard
from arboris_desktop.server.answers import notification_answer, status_answer, task_answer
from arboris_desktop.server.feed import NotificationFeed
from arboris_desktop.server.metrics import registry_of
from arboris_desktop.services import Services

_RECENT = 20
_LARGEST = 2**63 - 1

RowId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def make_app(services: Services, access: Access) -> FastAPI:
    """The application on the author's data, reachable by the rules of access."""
    database = services.database
    # On a server other programs may write, too, which tell nobody: there it looks all the same.
    has_changed = partial(database.changed_elsewhere, wait=database.is_shared)
    feed = NotificationFeed(services.inbox, has_changed, database.on_change)

    @asynccontextmanager
    async def watching(_app: FastAPI) -> AsyncIterator[None]:
        await feed.begin()
        watch = asyncio.create_task(feed.watch())
        yield
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    app = FastAPI(title="Arboris Desktop", version=__version__, lifespan=watching)
    app.add_middleware(Guard, access=access)
    if access.origins:
        # Their pages may read the answers, refusals too. A browser asks for that first, and without
        # the token: hence before the guard.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=sorted(access.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization"],
        )
    app.add_exception_handler(ArborisError, _refused)
    app.add_exception_handler(WebSocketRequestValidationError, _refused_to_follow)
    app.include_router(_analysis(services, feed), prefix="/api/async-analysis")
    _add_metrics(app, services)
    _add_feed(app, feed)
    return app


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ArborisError)
    status = 503
    if isinstance(error, NotFoundError):
        status = 404
    elif isinstance(error, RuleError):
        status = 422 if error.kind is ErrorKind.INVALID_VALUE else 409
    return JSONResponse({"detail": error.message, "kind": error.kind.value}, status)


async def _refused_to_follow(socket: Any, error: Exception) -> None:
    assert isinstance(error, WebSocketRequestValidationError)
    reasons = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
    await socket.send_denial_response(JSONResponse({"detail": "; ".join(reasons)}, 422))


def _analysis(services: Services, feed: NotificationFeed) -> APIRouter:
    """The calls of Arboris-Novel; each runs on a thread, except where the feed is asked."""
    router = APIRouter(tags=["analysis"])

    @router.get("/status")
    def status(project_id: str | None = None) -> dict[str, Any]:
        """Counts the tasks of a novel, or of all, and lists the last of them."""
        if project_id is not None:
            services.novels.open(project_id)
        counts = services.queue.counts(project_id)
        return status_answer(counts, services.queue.recent(project_id, _RECENT))

    @router.get("/notifications")
    async def notifications(
        unread_only: bool = True, limit: Annotated[int, Query(ge=1, le=1000)] = 200
    ) -> list[dict[str, Any]]:
        """Lists notifications, the newest first."""
        found = await asyncio.to_thread(services.inbox.list, unread_only=unread_only, limit=limit)
        # Whoever goes on from one of them must get what appears after it.
        feed.add(one.id for one in found)
        return [notification_answer(one) for one in found]

    @router.post("/notifications/{notification_id}/read")
    def read(notification_id: RowId) -> dict[str, str]:
        """Marks a notification as read."""
        services.inbox.mark_read(notification_id)
        return {"message": f"notification {notification_id} is marked as read"}

    @router.post("/tasks/{task_id}/retry")
    def retry(task_id: RowId) -> dict[str, str]:
        """Queues a task again that failed or was cancelled."""
        services.queue.retry(task_id)
        return {"message": f"task {task_id} is queued again"}

    @router.get("/tasks/{chapter_id}/latest")
    def latest(chapter_id: RowId) -> dict[str, Any]:
        """Tells of a chapter's newest task."""
        task = services.queue.latest_of_chapter(chapter_id)
        if task is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"chapter {chapter_id} has no task")
        return task_answer(task)

    return router


def _add_metrics(app: FastAPI, services: Services) -> None:
    registry = registry_of(services)

    @app.get("/metrics", tags=["metrics"], response_class=Response)
    def metrics() -> Response:
        """Gives figures of the queue in the form of Prometheus."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _add_feed(app: FastAPI, feed: NotificationFeed) -> None:
    @app.websocket("/ws/notifications")
    async def follow(
        socket: WebSocket, after: Annotated[int | None, Query(ge=0, le=_LARGEST)] = None
    ) -> None:
        """Sends each notification as it is committed; with ``after``, also those since that one."""
        # The place is taken before the caller learns that it is connected.
        await feed.look()
        following = feed.follow(after)
        await socket.accept()
        sending = asyncio.create_task(_send_each(socket, following))
        leaving = asyncio.create_task(_until_gone(socket))
        await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        for task in (sending, leaving):
            task.cancel()
        await asyncio.gather(sending, leaving, return_exceptions=True)


async def _send_each(socket: WebSocket, following: AsyncIterator[str]) -> None:
    async for text in following:
        await socket.send_text(text)


async def _until_gone(socket: WebSocket) -> None:
    """Reads and drops what is sent: nothing is asked here."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
