"""The servers of each kind."""

from __future__ import annotations

import pytest

from tests.support.servers import Server


@pytest.fixture(params=["postgres", "mariadb"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server of each kind."""
    found: Server = request.getfixturevalue(request.param)
    return found
