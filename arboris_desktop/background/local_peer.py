"""The other end of a local socket."""

from __future__ import annotations

import os
import socket
import struct
import sys

_LOCAL_PEERCRED = 1
"""macOS: the option, at level 0, that asks for the other end's user."""


def is_same_user(descriptor: int) -> bool:
    """True if the other end runs for this process's user.

    True where the system does not tell: a pipe of Windows is open to its user only.
    """
    try:
        user = _user(descriptor)
    except OSError:
        # It is gone already, whoever it was.
        return False
    return user is None or user == os.geteuid()


def has_left(descriptor: int) -> bool:
    """True if the other end has closed the connection, whatever is still to be read of it."""
    if os.name == "nt":
        return False
    try:
        with socket.socket(fileno=os.dup(descriptor)) as peer:
            return not peer.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _user(descriptor: int) -> int | None:
    if sys.platform == "win32":
        return None
    with socket.socket(fileno=os.dup(descriptor)) as peer:
        if sys.platform == "darwin":
            told = peer.getsockopt(0, _LOCAL_PEERCRED, 76)
            return int(struct.unpack_from("=II", told)[1])
        if sys.platform == "linux":
            told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("=iII"))
            return int(struct.unpack("=iII", told)[1])
    return None
