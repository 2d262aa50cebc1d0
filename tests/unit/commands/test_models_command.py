"""``arboris-desktop models``, against a hub on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.settings import ProviderKind
from arboris_desktop.domain.shelf import SHELF
from arboris_desktop.services import build_services
from tests.support.hub_server import Hub, hub_serving, other_bytes

MODEL = SHELF[0]
CONTENT = b"GGUF" + bytes(3_000_000)
Out = pytest.CaptureFixture[str]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home"))
    for name in ("ARBORIS_BASE_URL", "ARBORIS_MODEL"):
        monkeypatch.delenv(name, raising=False)
    with hub_serving(MODEL, CONTENT) as running:
        yield running


def listed(capsys: Out) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["models", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [model.id for model in SHELF]
    found: dict[str, Any] = rows[0]
    return found


def test_a_model_is_fetched_used_and_removed(hub: Hub, capsys: Out) -> None:
    assert not listed(capsys)["here"]
    assert main(["models", "get", MODEL.id, "--from", hub.address]) == 0
    captured = capsys.readouterr()
    path = Path(captured.out.strip())
    assert path.read_bytes() == CONTENT
    assert "100 %" in captured.err
    assert listed(capsys)["here"]

    assert main(["models", "use", MODEL.id]) == 0
    services = build_services()
    connection = services.providers.roster().first.connection
    services.close()
    assert (connection.kind, connection.model_path) == (ProviderKind.BUILT_IN, str(path))
    assert connection.configured
    assert listed(capsys)["in_use"]
    assert main(["models", "remove", MODEL.id]) == 2
    assert "in use" in capsys.readouterr().err
    assert path.exists()


def test_what_is_not_on_the_shelf_or_not_here_is_said(hub: Hub, capsys: Out) -> None:
    assert main(["models", "get", "gpt-9"]) == 2
    assert "no model on the shelf is called 'gpt-9'" in capsys.readouterr().err
    assert main(["models", "use", MODEL.id]) == 2
    assert f"models get {MODEL.id}" in capsys.readouterr().err
    assert main(["models", "remove", MODEL.id]) == 0
    assert "was not here" in capsys.readouterr().err
    assert main(["models"]) == 2


def test_other_bytes_fail_the_command(hub: Hub, capsys: Out) -> None:
    hub.deeds = [other_bytes]
    assert main(["models", "get", MODEL.id, "--from", hub.address]) == 1
    assert "not the file that the hub lists" in capsys.readouterr().err
    assert not listed(capsys)["here"]


def test_the_shelf_is_listed_in_words(hub: Hub, capsys: Out) -> None:
    assert main(["models", "list"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == len(SHELF)
    assert "Apache-2.0" in captured.out


@pytest.mark.skipif(os.name == "nt", reason="no signal ends a console program there like this")
def test_ctrl_c_pauses_and_the_next_fetch_goes_on(hub: Hub, capsys: Out) -> None:
    import threading
    from http.server import BaseHTTPRequestHandler

    begun, go_on = threading.Event(), threading.Event()

    def half(hub: Hub, handler: BaseHTTPRequestHandler, _begin: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(hub.content)))
        handler.end_headers()
        handler.wfile.write(hub.content[:1_500_000])
        begun.set()
        go_on.wait(60)
        handler.wfile.write(hub.content[1_500_000:2_900_000])
        handler.close_connection = True

    hub.deeds = [half]
    command = [sys.executable, "-m", "arboris_desktop", "models", "get", MODEL.id]
    with subprocess.Popen([*command, "--from", hub.address], stderr=subprocess.PIPE) as process:
        assert begun.wait(60)
        process.send_signal(signal.SIGINT)
        go_on.set()
        assert process.wait(60) == 130
        assert process.stderr is not None
        assert b"paused" in process.stderr.read()
    row = listed(capsys)
    assert not row["here"]
    assert 0 < row["begun"] < len(CONTENT)
    assert main(["models", "get", MODEL.id, "--from", hub.address]) == 0
    assert hub.ranges[-1] == f"bytes={row['begun']}-"
    assert listed(capsys)["here"]
