from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm import builtin_process
from arboris_desktop.llm.builtin_process import Address, BuiltInServer

# A child without a model: says where it is and ends with its standard input, as the real one does.
GOOD = """
import json, os, sys
print(json.dumps({"base_url": f"http://127.0.0.1:{os.getpid()}/v1"}), flush=True)
print(os.environ["ARBORIS_BUILTIN_KEY"] in str(sys.argv), file=sys.stderr, flush=True)
sys.stdin.read()
"""
DEAF = GOOD.replace("sys.stdin.read()", "import threading; threading.Event().wait()")
SILENT = "import sys; sys.stdin.read()"

OpenServer = Callable[..., BuiltInServer]


@pytest.fixture
def open_server(tmp_path: Path) -> Iterator[OpenServer]:
    servers = []

    def open_server(script: str = GOOD, log_file: Path | None = None) -> BuiltInServer:
        model = tmp_path / "some-model.gguf"
        command = [sys.executable, "-c", script]
        server = BuiltInServer(model, command=command, log_file=log_file)
        servers.append(server)
        return server

    yield open_server
    for server in servers:
        server.stop()


def is_alive(process_id: int | None) -> bool:
    assert process_id is not None
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def kill(server: BuiltInServer) -> None:
    assert server.process_id is not None
    os.kill(server.process_id, signal.SIGKILL)
    assert server.wait_for_end(10)


def test_the_child_is_started_once_and_ends_on_demand(open_server: OpenServer) -> None:
    server = open_server()
    assert server.base_url is None
    first = server.start()
    process_id = server.process_id
    assert first.base_url == server.base_url == f"http://127.0.0.1:{process_id}/v1"
    assert server.start() == first
    server.stop()
    assert server.base_url is None
    assert not is_alive(process_id)


def test_the_key_is_secret(open_server: OpenServer, tmp_path: Path) -> None:
    log_file = tmp_path / "log" / "model.log"
    server = open_server(log_file=log_file)
    address = server.start()
    assert len(address.key) > 30
    assert address.key not in repr(address)
    server.stop()
    # The child said whether the key was among its arguments.
    assert log_file.read_text().strip() == "False"


def test_a_child_that_died_is_replaced(open_server: OpenServer) -> None:
    server = open_server()
    first = server.start()
    kill(server)
    assert server.base_url is None
    second = server.start()
    assert second.base_url != first.base_url
    assert second.key != first.key


def test_whether_the_child_has_ended(open_server: OpenServer) -> None:
    server = open_server()
    assert server.wait_for_end(0)
    server.start()
    assert not server.wait_for_end(0)
    kill(server)
    assert server.wait_for_end(0)


def test_threads_that_start_together_share_one_child(open_server: OpenServer) -> None:
    server = open_server()
    addresses: list[Address] = []
    threads = [threading.Thread(target=lambda: addresses.append(server.start())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(addresses) == 8
    assert len(set(addresses)) == 1


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("""print('{"error": "bad magic"}')""", "bad magic"),
        ("raise SystemExit(1)", "ended while it was starting"),
        ("import os; os.abort()", "ended while it was starting"),
        ("print('garbage')", "ended while it was starting"),
        ("print('[1]')", "ended while it was starting"),
    ],
)
def test_a_model_that_does_not_load_is_named(
    open_server: OpenServer, script: str, reason: str
) -> None:
    server = open_server(script)
    with pytest.raises(ProviderError, match=reason) as caught:
        server.start()
    assert caught.value.kind is ErrorKind.BUILT_IN_MODEL_MISSING
    assert server.base_url is None


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    server = BuiltInServer(tmp_path / "model.gguf", command=[str(tmp_path / "nothing")])
    with pytest.raises(ProviderError) as caught:
        server.start()
    assert caught.value.kind is ErrorKind.BUILT_IN_MODEL_MISSING


def test_a_child_that_never_answers_is_given_up(
    open_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin_process, "_START_SECONDS", 0.1)
    server = open_server(SILENT)
    with pytest.raises(ProviderError) as caught:
        server.start()
    assert caught.value.kind is ErrorKind.FIRST_TOKEN_TIMEOUT
    assert not is_alive(server.process_id)


def test_a_child_that_does_not_end_is_killed(
    open_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin_process, "_STOP_SECONDS", 0.1)
    server = open_server(DEAF)
    server.start()
    process_id = server.process_id
    server.stop()
    assert not is_alive(process_id)


def test_a_stopped_server_stays_stopped(open_server: OpenServer) -> None:
    server = open_server()
    server.start()
    server.stop()
    server.stop()
    with pytest.raises(ProviderError) as caught:
        server.start()
    assert caught.value.kind is ErrorKind.CONNECTION


def test_stopping_interrupts_starting(open_server: OpenServer) -> None:
    server = open_server(SILENT)
    failures: list[ErrorKind] = []

    def start() -> None:
        try:
            server.start()
        except ProviderError as error:
            failures.append(error.kind)

    thread = threading.Thread(target=start)
    thread.start()
    server.stop()
    thread.join(60)
    assert failures == [ErrorKind.CONNECTION]


def test_a_retired_server_ends_with_its_last_user(open_server: OpenServer) -> None:
    server = open_server()
    server.acquire()
    server.acquire()
    server.start()
    server.retire()
    server.release()
    assert server.base_url is not None
    server.release()
    assert server.base_url is None


def test_a_server_that_nobody_uses_retires_at_once(open_server: OpenServer) -> None:
    server = open_server()
    server.acquire()
    server.start()
    server.release()
    assert server.base_url is not None
    server.retire()
    assert server.base_url is None


def test_without_a_model_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_process, "find_bundled_model", lambda: None)
    with pytest.raises(ProviderError) as caught:
        BuiltInServer()
    assert caught.value.kind is ErrorKind.BUILT_IN_MODEL_MISSING
