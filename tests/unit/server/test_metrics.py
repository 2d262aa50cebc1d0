"""The figures for Prometheus, also while the database is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from prometheus_client.registry import CollectorRegistry

from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.server.metrics import registry_of
from arboris_desktop.services import build_services
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def registry(server_paths: DataPaths) -> Iterator[CollectorRegistry]:
    """The figures of a library on a server."""
    environment = {
        "ARBORIS_HOME": str(server_paths.home),
        "ARBORIS_DATABASE_URL": server_paths.server or "",
    }
    with closing(build_services(environment, keys=SessionKeyStore())) as services:
        yield registry_of(services)


def test_a_database_that_is_away_is_a_figure(
    postgres: PostgresServer, registry: CollectorRegistry
) -> None:
    assert registry.get_sample_value("arboris_database_reachable") == 1
    assert registry.get_sample_value("arboris_workers_alive") == 0

    postgres.stop()
    try:
        assert registry.get_sample_value("arboris_database_reachable") == 0
        assert registry.get_sample_value("arboris_workers_alive") is None
    finally:
        postgres.start()

    assert registry.get_sample_value("arboris_database_reachable") == 1
    assert registry.get_sample_value("arboris_workers_alive") == 0
