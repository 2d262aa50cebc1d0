"""The processor without a window waits for a database that is away, as long as it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, nullcontext

import pytest
from PySide6.QtWidgets import QApplication

from arboris_desktop.background.headless import Ended, work_queue
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.settings import POLL_SECONDS, QueueSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.postgres_server import PostgresServer

pytestmark = pytest.mark.gui

PATIENCE = 120.0


@pytest.fixture
def services(server_paths: DataPaths) -> Iterator[Services]:
    """A library on a server."""
    environment = {
        "ARBORIS_HOME": str(server_paths.home),
        "ARBORIS_DATABASE_URL": server_paths.server or "",
    }
    with closing(build_services(environment, keys=SessionKeyStore())) as services:
        yield services


def work_while_away(services: Services, server: PostgresServer, patience: float) -> Ended:
    """Works an empty queue to its end on a server that goes away just before, and is started once
    the processor has noticed that."""
    is_away: list[bool] = []

    def leave() -> None:
        if not is_away:
            server.stop()
            is_away.append(True)

    def come_back(_error: object = None) -> None:
        if is_away[-1]:
            is_away.append(False)
            server.start()

    def made() -> Processor:
        processor = Processor(services.queue, lambda: services.worker, services.preferences)
        processor.idle.connect(leave)
        processor.storage_failed.connect(come_back)
        return processor

    try:
        return work_queue(
            made,
            services.search,
            services.cares,
            QueueSettings(poll_seconds=POLL_SECONDS[0]),
            services.queue.is_idle,
            lambda _outcome: None,
            lambda _interrupt: nullcontext(),
            patience=patience,
        )
    finally:
        # A failure may still be told when the work has ended.
        come_back()


def test_who_has_patience_goes_on_when_it_is_back(
    qapp: QApplication, services: Services, postgres: PostgresServer
) -> None:
    ended = work_while_away(services, postgres, PATIENCE)

    assert ended == Ended()


def test_who_has_none_says_at_once_what_was_wrong(
    qapp: QApplication, services: Services, postgres: PostgresServer
) -> None:
    ended = work_while_away(services, postgres, 0.0)

    assert ended.failure is not None
    assert ended.failure.kind is ErrorKind.DATABASE_UNREACHABLE
