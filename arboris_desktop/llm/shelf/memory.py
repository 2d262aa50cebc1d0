"""How much memory this computer has."""

from __future__ import annotations

import ctypes
import os
import sys


def total_memory() -> int:
    """The bytes of memory; 0 when the system does not tell."""
    if sys.platform == "win32":
        return _of_windows()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


def _of_windows() -> int:
    if sys.platform != "win32":
        return 0
    kilobytes = ctypes.c_ulonglong(0)
    ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return kilobytes.value * 1024
