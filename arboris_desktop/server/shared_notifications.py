"""Notifications as they are sent, read and written once for all who are told at one moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from arboris_desktop.server.answers import notification_answer
from arboris_desktop.tasks.inbox import Inbox


class SharedNotifications:
    """Shares a reading that runs among all who want the same, and keeps nothing after.

    Lives in one event loop.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._running: dict[tuple[int, ...], asyncio.Task[list[str]]] = {}

    async def of(self, ids: Sequence[int]) -> list[str]:
        """Those of them that are still there, in the given order; raises ``StorageError``."""
        wanted = tuple(ids)
        reading = self._running.get(wanted)
        if reading is None:
            reading = asyncio.create_task(self._read(wanted))
            self._running[wanted] = reading
            reading.add_done_callback(lambda ended: self._forget(wanted, ended))
        # Whoever leaves must not end it for the others.
        return await asyncio.shield(reading)

    async def _read(self, ids: Sequence[int]) -> list[str]:
        return await asyncio.to_thread(self._texts, ids)

    def _texts(self, ids: Sequence[int]) -> list[str]:
        found = {one.id: one for one in self._inbox.of_ids(ids)}
        return [
            json.dumps(
                notification_answer(found[number]), ensure_ascii=False, separators=(",", ":")
            )
            for number in ids
            if number in found
        ]

    def _forget(self, ids: tuple[int, ...], ended: asyncio.Task[list[str]]) -> None:
        del self._running[ids]
        # Its fault was told to all who waited; all may have left.
        if not ended.cancelled():
            ended.exception()
