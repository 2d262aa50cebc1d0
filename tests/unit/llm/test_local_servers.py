"""Looking for servers on this computer: real ones on loopback, and what else answers there."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from arboris_desktop.domain.server_presets import PRESETS, LocalServer
from arboris_desktop.llm.local_servers import find_local_servers
from tests.support.model_lists import listing, place, serving

PATIENT = 30.0
"""Seconds: no test fails for a slow machine."""


def test_each_is_named_with_the_models_that_can_write() -> None:
    with (
        serving(listing("nomic-embed-text", "qwen3:8b", "gemma3:12b", owner="library")) as first,
        serving(listing("some-model")) as second,
    ):
        found = find_local_servers([place("Ollama", first), place("LM Studio", second)], PATIENT)
    assert found == (
        LocalServer("Ollama", f"http://localhost:{first}/v1", ("qwen3:8b", "gemma3:12b")),
        LocalServer("LM Studio", f"http://localhost:{second}/v1", ("some-model",)),
    )


@pytest.mark.parametrize(
    ("owner", "name"), [("llamacpp", "llama.cpp"), ("vllm", "vLLM"), ("me", "At this port")]
)
def test_a_server_at_the_port_of_another_says_who_it_is(owner: str, name: str) -> None:
    with serving(listing("m", owner=owner)) as port:
        (found,) = find_local_servers([place("At this port", port)], PATIENT)
    assert found.name == name


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>a page of something else</html>", 200),
        (b'{"hello": "world"}', 200),
        (b'{"error": {"message": "Invalid API key"}}', 401),
        (b"not found", 404),
        (listing("text-embedding-3"), 200),
        (listing(), 200),
        (b"null", 200),
        (b"", 200),
        (b"\xff\xfe{", 200),
    ],
)
def test_what_else_answers_there_is_no_server(body: bytes, status: int) -> None:
    with serving(body, status) as port, serving(listing("m")) as real:
        found = find_local_servers([place("Other", port), place("Real", real)], PATIENT)
    assert [server.name for server in found] == ["Real"]


def test_silence_and_closed_ports_cost_the_time_limit_once() -> None:
    with ExitStack() as stack:
        silent = []
        for _ in range(5):
            listener = stack.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            silent.append(place("Silent", listener.getsockname()[1]))
        closed = stack.enter_context(socket.socket())
        closed.bind(("127.0.0.1", 0))
        here = place("Closed", closed.getsockname()[1])
        assert find_local_servers([*silent, here], 0.2) == ()


def test_no_proxy_is_asked_and_no_other_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(listing("m")) as port:
        elsewhere = [preset for preset in PRESETS if not preset.is_here]
        found = find_local_servers([*elsewhere, place("Here", port)], PATIENT)
    assert [server.name for server in found] == ["Here"]
