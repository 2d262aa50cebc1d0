"""A hub on loopback that answers as the real ones do: lists files with hashes, redirects to another
host, serves ranges, and misbehaves as it is told."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from arboris_desktop.domain.shelf import ShelfModel
from tests.support.loopback import serving_with

Deed = Callable[["Hub", BaseHTTPRequestHandler, int], None]
"""Answers a request for the file from that byte on."""


class Hub:
    """The hub and the host that it redirects to. ``deeds`` are done in turn, then all goes well."""

    def __init__(self, model: ShelfModel, content: bytes) -> None:
        self.model = model
        self.content = content
        self.deeds: list[Deed] = []
        self.listing_status = 200
        self.listed: dict[str, Any] = {}
        self.asked: list[str] = []
        self.ranges: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.address = ""
        self.store = ""

    @property
    def sha256(self) -> str:
        """The hash of what the file should be."""
        return hashlib.sha256(self.content).hexdigest()

    def hugging_face_listing(self) -> object:
        """The listing of a repository as huggingface.co gives it."""
        size = len(self.content)
        pointer = {"oid": self.sha256, "size": size, "pointerSize": 134}
        file = {"type": "file", "oid": "1" * 40, "size": size, "path": self.model.file}
        readme = {"type": "file", "oid": "2" * 40, "size": 12, "path": "README.md"}
        return [readme, {**file, "lfs": pointer} | self.listed]

    def modelscope_listing(self) -> object:
        """The listing of a repository as modelscope.cn gives it."""
        file = {
            "Name": self.model.file,
            "Path": self.model.file,
            "Size": len(self.content),
            "Sha256": self.sha256,
            "Type": "blob",
        }
        return {"Code": 200, "Data": {"Files": [file | self.listed]}, "Success": True}


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    """A whole answer."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def whole(hub: Hub, handler: BaseHTTPRequestHandler, begin: int) -> None:
    """The range that was asked for."""
    body = hub.content[begin:]
    if begin:
        span = f"bytes {begin}-{len(hub.content) - 1}/{len(hub.content)}"
        send(handler, 206, body, Content_Range=span)
    else:
        send(handler, 200, body)


def cut_after(count: int) -> Deed:
    """Promises all and closes after so many bytes."""

    def deed(hub: Hub, handler: BaseHTTPRequestHandler, begin: int) -> None:
        handler.send_response(206 if begin else 200)
        handler.send_header("Content-Length", str(len(hub.content) - begin))
        if begin:
            handler.send_header("Content-Range", f"bytes {begin}-{len(hub.content) - 1}/*")
        handler.end_headers()
        handler.wfile.write(hub.content[begin : begin + count])
        handler.close_connection = True

    return deed


def without_ranges(hub: Hub, handler: BaseHTTPRequestHandler, _begin: int) -> None:
    """All of it, whatever was asked for."""
    send(handler, 200, hub.content)


def other_bytes(hub: Hub, handler: BaseHTTPRequestHandler, begin: int) -> None:
    """As many bytes, but others."""
    body = bytes(len(hub.content) - begin)
    send(handler, 206 if begin else 200, body, Content_Range=f"bytes {begin}-/*")


def too_many(hub: Hub, handler: BaseHTTPRequestHandler, _begin: int) -> None:
    """More than is listed."""
    send(handler, 200, hub.content + b"more")


def status(code: int, **headers: str) -> Deed:
    """Nothing but a status."""

    def deed(_hub: Hub, handler: BaseHTTPRequestHandler, _begin: int) -> None:
        send(handler, code, b"no", **headers)

    return deed


@contextmanager
def hub_serving(model: ShelfModel, content: bytes) -> Iterator[Hub]:
    """Runs both hosts until the end of the block."""
    hub = Hub(model, content)

    class Front(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.asked.append(self.path)
            hub.headers.append(dict(self.headers))
            if self.path.startswith("/api/"):
                is_huge = "/tree/" in self.path
                body = hub.hugging_face_listing() if is_huge else hub.modelscope_listing()
                send(self, hub.listing_status, json.dumps(body).encode())
            else:
                send(self, 302, Location=f"{hub.store}/cdn/file?signature=abc")

        def log_message(self, *_arguments: object) -> None:
            """Prints nothing."""

    class Store(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            hub.ranges.append(asked)
            found = re.fullmatch(r"bytes=(\d+)-", asked)
            deed = hub.deeds.pop(0) if hub.deeds else whole
            deed(hub, self, int(found[1]) if found else 0)

        def log_message(self, *_arguments: object) -> None:
            """Prints nothing."""

    with _running(Front) as front, _running(Store) as store:
        hub.address = f"http://localhost:{front}"
        hub.store = f"http://127.0.0.1:{store}"
        yield hub


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    with serving_with(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        yield server.server_address[1]
