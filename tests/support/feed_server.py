"""A release feed on a real https server on this computer, which misbehaves as it is told."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arboris_desktop.updates.feed import FeedSource, ReleaseFeed

CERTIFICATE = Path(__file__).parents[1] / "faults" / "self_signed.pem"

Answer = Callable[[BaseHTTPRequestHandler], None]


def release(version: str = "9.1.0", **others: Any) -> dict[str, Any]:
    """A good feed, with changes."""
    return {
        "version": version,
        "released": "2026-12-01",
        "notes": {"en": "- <b>More</b> words.\n- Fewer faults.", "zh_CN": "- 更多文字。"},
        "page": "https://example.org/arboris/9.1.0",
        "expires": (datetime.now(UTC) + timedelta(days=90)).isoformat(),
    } | others


def sending(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """Answers with the body, of a length that ``headers`` may lie about."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirecting(address: str) -> Answer:
    """Sends the client elsewhere."""
    return sending(b"", 302, {"Location": address})


class FeedServer:
    """The server. ``answers`` by path; ``requests`` are the paths and headers that came."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append((self.path, dict(self.headers.items())))
                # The client may leave at any time.
                try:
                    outer.answers.get(self.path, sending(b"", 404))(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.publish(release())

    def __enter__(self) -> FeedServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """The address of the feed."""
        return f"https://127.0.0.1:{self._server.server_address[1]}/feed.json"

    @property
    def public_key(self) -> bytes:
        """The key that the app has to know."""
        return self.key.public_key().public_bytes_raw()

    def publish(self, data: object, *, signed_by: Ed25519PrivateKey | None = None) -> bytes:
        """Puts a feed there with its signature; returns its bytes."""
        body = json.dumps(data, ensure_ascii=False).encode()
        self.answers["/feed.json"] = sending(body)
        self.sign(body, signed_by or self.key)
        return body

    def sign(self, body: bytes, *keys: Ed25519PrivateKey) -> None:
        """Puts the signatures of the body there."""
        lines = b"\n".join(base64.b64encode(key.sign(body)) for key in keys)
        self.answers["/feed.json.sig"] = sending(lines)

    def feed(self, seconds: float = 20.0, address: str | None = None) -> ReleaseFeed:
        """The feed as the app would use it, trusting this server's certificate."""
        tls = ssl.create_default_context(cafile=str(CERTIFICATE))
        source = FeedSource(address or self.address, (self.public_key,))
        return ReleaseFeed(source, tls=tls, seconds=seconds)
