"""Novels that nobody sees: those that arrive, and those that are being removed.

Both take many short transactions. The process at work holds a claim on the novel; one that nobody
claims was left by a process that was killed, and is cleared away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.short_writes import ShortWrites

log = logging.getLogger(__name__)


@contextmanager
def arriving(database: Database, project_id: str) -> Iterator[None]:
    """Within the block the novel is brought in; after an error nothing is left of it."""
    with _claimed(database, project_id):
        try:
            yield
        except BaseException:
            _discard(database, project_id)
            raise


def remove(database: Database, project_id: str) -> None:
    """Deletes a novel and everything that belongs to it; raises ``NotFoundError``."""
    with _claimed(database, project_id), ShortWrites(database) as writes:
        writes.transaction.projects.take_off(project_id)
        writes.transaction.queue.cancel_of_project(project_id)
        _remove(writes, project_id)


def clear_unlisted(
    database: Database, instance: Instance, shall_stop: Callable[[], bool] = lambda: False
) -> None:
    """Removes what killed processes left half arrived or half removed; raises ``StorageError``."""
    with database.read() as transaction:
        found = transaction.projects.unlisted()
    for project_id in found:
        with instance.claim(_claim(project_id)) as is_free:
            if is_free:
                with ShortWrites(database) as writes:
                    _remove(writes, project_id, shall_stop)


@contextmanager
def _claimed(database: Database, project_id: str) -> Iterator[None]:
    with (
        closing(database.known_to_others(Instance(database.paths.instances))) as instance,
        instance.claim(_claim(project_id)),
    ):
        yield


def _claim(project_id: str) -> str:
    return f"novel-{project_id}"


def _discard(database: Database, project_id: str) -> None:
    try:
        with ShortWrites(database) as writes:
            _remove(writes, project_id)
    except StorageError as error:
        # The next start clears it away; why it did not arrive is what the author is to hear.
        log.warning("what arrived of a novel is not cleared away yet: %s", error)


def _remove(
    writes: ShortWrites, project_id: str, shall_stop: Callable[[], bool] = lambda: False
) -> None:
    while not shall_stop() and writes.transaction.projects.remove_some(project_id):
        writes.breathe()
