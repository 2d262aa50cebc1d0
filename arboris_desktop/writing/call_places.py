"""Counting calls to models in the library, across processes."""

from __future__ import annotations

import logging
import threading

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance

log = logging.getLogger(__name__)

AGAIN_SECONDS = 0.25
"""The interval at which ended calls are looked for."""


class CallPlaces:
    """See ``llm.shared_places``. For any thread except the GUI thread."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._instance = instance
        self._lock = threading.Lock()
        self._own: set[int] = set()

    def take(self, place: str, at_once: int, per_minute: int) -> tuple[int, float]:
        """Waiting only reads, and does not take the turn to write."""
        limits = (at_once, per_minute, AGAIN_SECONDS)
        owner, living = self._instance.owner, self._instance.live_owners()
        with self._lock:
            with self._database.read() as transaction:
                places = transaction.call_places
                wait = places.wait_seconds(place, *limits)
                if wait and places.is_settled(owner, self._own, living):
                    return 0, wait
            with self._database.write() as transaction:
                places = transaction.call_places
                places.settle(owner, self._own, living)
                wait = places.wait_seconds(place, *limits)
                number = 0 if wait else places.take(place, owner)
            if number:
                self._own.add(number)
        return number, wait

    def give_back(self, number: int) -> None:
        """Gives a place back; if that cannot be stored now, the next call of this process does
        it."""
        with self._lock:
            self._own.discard(number)
            try:
                with self._database.write() as transaction:
                    transaction.call_places.end(number)
            except StorageError as error:
                log.warning("the end of a call is not known to others yet: %s", error)
