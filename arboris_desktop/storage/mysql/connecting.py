"""The way to the server: a socket of our own making, since the driver's says nothing of ends."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

import pymysql
from pymysql.constants import CR

_SECONDS = 10
_PORT = 3306

_KEEPALIVE = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 30_000}
"""A server that vanished amid a statement is not waited for until the system gives up, in hours."""


def connect(options: Mapping[str, Any]) -> Any:
    """A connection of the driver with its options; raises ``pymysql.OperationalError``."""
    connection = pymysql.connect(**options, defer_connect=True)
    try:
        reached = _reach(options)
    except OSError as error:
        said = f"the server cannot be reached: {error}"
        raise pymysql.OperationalError(CR.CR_CONN_HOST_ERROR, said) from error
    try:
        connection.connect(reached)
    except BaseException:
        reached.close()
        raise
    return connection


def _reach(options: Mapping[str, Any]) -> socket.socket:
    if path := options.get("unix_socket"):
        return _reach_here(str(path))
    place = (options.get("host") or "localhost", int(options.get("port") or _PORT))
    reached = socket.create_connection(place, _SECONDS)
    reached.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    reached.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE.items():
        if (option := getattr(socket, name, None)) is not None:
            reached.setsockopt(socket.IPPROTO_TCP, option, value)
    return reached


def _reach_here(path: str) -> socket.socket:
    reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        reached.settimeout(_SECONDS)
        reached.connect(path)
    except BaseException:
        reached.close()
        raise
    return reached
