"""A screen of its own (Xvfb), and when a program's window appears on it.

Seen from outside, by the X server's events: a frozen program cannot be asked from within.
"""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from tests.benchmarks.processes import ROOT

NEEDED = ("Xvfb", "xev")
"""Programs that have to be on the path."""

_WAIT_SECONDS = 60.0


def missing() -> list[str]:
    """The programs that are needed and not installed."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Screen:
    """A running X server and what it tells of its windows."""

    def __init__(self, display: str, events: IO[str]) -> None:
        self._display = display
        self._shown: queue.Queue[float] = queue.Queue()
        # A daemon: it ends with the stream, when the screen is gone.
        threading.Thread(target=self._listen, args=(events,), daemon=True).start()

    def _listen(self, events: IO[str]) -> None:
        event = ""
        for line in events:
            # "MapNotify event, ...", then its details, indented.
            if not line.startswith(" "):
                event = line.partition(" ")[0]
            # Menus and the like override the window manager; a window does not.
            elif event == "MapNotify" and "override NO" in line:
                self._shown.put(time.perf_counter())

    def seconds_until_window(self, command: Sequence[str], environment: Mapping[str, str]) -> float:
        """Starts a program, ends it when its first window is shown; the seconds between.

        Raises ``queue.Empty`` when none is shown in a minute.
        """
        own = {"DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}
        while not self._shown.empty():
            self._shown.get_nowait()
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **own, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return self._shown.get(timeout=_WAIT_SECONDS) - started
        finally:
            process.kill()
            process.wait()


@contextmanager
def screen() -> Iterator[Screen]:
    """An X server that chose a free display itself; it is ended at the end."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        stderr=subprocess.DEVNULL,
        pass_fds=(write,),
    )
    os.close(write)
    try:
        with os.fdopen(read) as ready:
            display = f":{ready.readline().strip()}"
        with _events(display) as events:
            yield Screen(display, events)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _events(display: str) -> Iterator[IO[str]]:
    """A line for each thing that happens to a window of the screen."""
    command = ["xev", "-display", display, "-root", "-event", "substructure"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        try:
            yield watcher.stdout
        finally:
            watcher.terminate()
