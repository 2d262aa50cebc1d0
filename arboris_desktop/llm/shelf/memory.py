"""The memory of this computer, and how much of it is free."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path


def total_memory() -> int:
    """Returns the bytes of memory; 0 if the system does not tell."""
    if sys.platform == "win32":
        return _of_windows()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


def free_memory() -> int:
    """Returns the bytes that programs can allocate now; half of all if the system does not tell."""
    if sys.platform == "win32":
        return _free_of_windows() or total_memory() // 2
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return total_memory() // 2
    found = re.search(r"^MemAvailable:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else total_memory() // 2


class _MemoryStatus(ctypes.Structure):
    """The structure that Windows fills in; all in bytes except the first two."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong),
        ("others", ctypes.c_ulonglong * 5),
    )


def _free_of_windows() -> int:
    if sys.platform != "win32":
        return 0
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    known = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.free) if known else 0


def _of_windows() -> int:
    if sys.platform != "win32":
        return 0
    kilobytes = ctypes.c_ulonglong(0)
    ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return kilobytes.value * 1024
