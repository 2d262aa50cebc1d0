"""Servers on loopback that list models, or do something else at the same path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from arboris_desktop.domain.server_presets import ServerPreset
from tests.support.loopback import serving_with


def listing(*models: str, owner: str = "") -> bytes:
    """The list of models of an OpenAI-compatible server."""
    return json.dumps(
        {"object": "list", "data": [{"id": name, "owned_by": owner} for name in models]}
    ).encode()


@contextmanager
def serving(body: bytes, status: int = 200) -> Iterator[int]:
    """Answers every GET alike, at the port that is yielded."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Prints nothing."""

    with serving_with(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield server.server_address[1]


def place(name: str, port: int) -> ServerPreset:
    """A preset for a server at that port of this computer."""
    return ServerPreset(name.lower(), name, f"http://localhost:{port}/v1")
