"""The real program on an X screen of its own, seen and touched from outside as a person would."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from arboris_desktop.background.input_method import VARIABLES

WAIT_SECONDS = 90.0

Seen = TypeVar("Seen")
KEY_SECONDS = 10.0
"""Keys that had no effect for so long were lost."""
ROOT = Path(__file__).parents[2]

NEEDED = ("Xvfb", "openbox", "trayer", "xdotool", "xprop", "xwininfo", "dbus-run-session")
"""Programs that have to be on the path."""

SOURCE = (sys.executable, "-m", "arboris_desktop")
"""The program as it is started from source."""

WITHOUT_ROOTS_POWERS = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""Before a command: permissions of files then count for root too."""


def missing() -> list[str]:
    """The programs that are needed and not installed."""
    if not sys.platform.startswith("linux"):
        return ["an X server"]
    return [name for name in NEEDED if shutil.which(name) is None]


def until(condition: Callable[[], Seen], what: str, seconds: float = WAIT_SECONDS) -> Seen:
    """Waits for what another process does, and returns it; there is no event of its to wait for."""
    deadline = time.monotonic() + seconds
    while not (seen := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}")
        time.sleep(0.05)
    return seen


@dataclass
class App:
    """A started program."""

    process: subprocess.Popen[bytes]
    screen: Screen
    errors: Path

    def windows(self) -> list[str]:
        """The ids of its windows that are on the screen; its icon in the tray is none."""
        found = self.screen.ask("xdotool", "search", "--onlyvisible", "--pid", str(self.pid))
        return [window for window in found.split() if self.screen.width(window) > 200]

    @property
    def pid(self) -> int:
        """Its process, which the session of the bus has started."""
        return int(self._pid_told())

    def _pid_told(self) -> str:
        """Its number, empty until the shell has written it; the file is there a moment before."""
        file = self.errors.with_suffix(".pid")
        return file.read_text().strip() if file.exists() else ""

    def until_shown(self) -> str:
        """Waits for a window of it and returns its id."""
        return until(self._windows_so_far, f"a window shows ({self.said()})")[-1]

    def until_other(self, window: str) -> str:
        """Waits until it has another window in the place of this one; returns its id."""
        return until(lambda: self._only_other(window), "another window is there")[-1]

    def _only_other(self, window: str) -> list[str]:
        found = self._windows_so_far()
        return found if window not in found else []

    def _windows_so_far(self) -> list[str]:
        """Its windows; none before its shell has told its number."""
        if self.process.poll() is not None:
            raise AssertionError(f"it ended with {self.process.returncode}: {self.said()}")
        return self.windows() if self._pid_told() else []

    def until_ended(self) -> int:
        """Waits for its end and returns its exit code. One that hangs says where."""
        try:
            return self.process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired as error:
            windows = {window: self.state(window) for window in self.windows()}
            os.kill(self.pid, signal.SIGABRT)  # it prints where each thread is
            self.process.wait(WAIT_SECONDS)
            raise AssertionError(f"it never ended; {windows}\n{self.said()}") from error

    def said(self) -> str:
        """The text that it wrote to standard error."""
        return self.errors.read_text(encoding="utf-8")

    def close_window(self, window: str) -> None:
        """Does what the button of the window's frame does, by the keys for it.

        A person who sees that nothing happens presses again: the keys go to whichever window has
        the focus, and a manager may just be about to move it.
        """
        until(lambda: self._is_closed(window), "the window closes")

    def _is_closed(self, window: str) -> bool:
        self.screen.ask("xdotool", "windowactivate", "--sync", window, "key", "alt+F4")
        with suppress(AssertionError):
            until(lambda: window not in self.windows(), "it closes", KEY_SECONDS)
        return window not in self.windows()

    def state(self, window: str) -> str:
        """``Normal``, ``Iconic`` or nothing, in the words of X."""
        return self.screen.ask("xprop", "-id", window, "WM_STATE")

    def kill(self) -> None:
        """Ends it as a crash would."""
        os.kill(self.pid, 9)
        self.process.wait(WAIT_SECONDS)


class Screen:
    """An X server with a window manager. Programs started on it end with it."""

    def __init__(self, display: str, folder: Path, stack: ExitStack) -> None:
        self.display = display
        self._folder = folder
        self._stack = stack
        self._started = 0

    def ask(self, *command: str) -> str:
        """The output of a command for this screen; nothing when it fails."""
        ended = subprocess.run(
            command,
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT_SECONDS,
        )
        return ended.stdout

    def width(self, window: str) -> int:
        """The width of a window."""
        told = self.ask("xdotool", "getwindowgeometry", "--shell", window)
        found = re.search(r"WIDTH=(\d+)", told)
        return int(found[1]) if found else 0

    def title(self, window: str) -> str:
        """The words in the window's frame."""
        return self.ask("xdotool", "getwindowname", window).strip()

    def photograph(self, file: Path) -> None:
        """Leaves a picture of the screen, where there is a program that makes one."""
        if shutil.which("import") is not None:
            self.ask("import", "-window", "root", str(file))

    def icons(self) -> int:
        """The number of our icons that the tray has taken in: its window holds theirs."""
        return self.ask("xwininfo", "-name", "panel", "-tree").count('"Arboris Desktop")')

    def active(self) -> str:
        """The window that has the focus."""
        return self.ask("xdotool", "getactivewindow").strip()

    def start(
        self,
        environment: Mapping[str, str],
        *arguments: str,
        before: tuple[str, ...] = (),
        program: Sequence[str] = SOURCE,
    ) -> App:
        """Starts the program as its entry in the menu does, in a session of its own."""
        self._started += 1
        errors = self._folder / f"app-{self._started}.err"
        # The bus's session would else hide which process is ours.
        pid = errors.with_suffix(".pid")
        shell = f'echo $$ > "{pid}"; exec "$@" 2> "{errors}"'
        command = [
            *("dbus-run-session", "--", "sh", "-c", shell, "sh", *before),
            *(*program, *arguments),
        ]
        errors.touch()
        stream = self._stack.enter_context(errors.with_suffix(".log").open("wb"))
        process = subprocess.Popen(
            command, env=self._environment(environment), cwd=ROOT, stdout=stream, stderr=stream
        )
        app = App(process, self, errors)
        self._stack.callback(_end, app)
        return app

    def run_beside(self, environment: Mapping[str, str], *command: str) -> None:
        """Starts a program of the desktop, which ends with the screen."""
        log = self._stack.enter_context((self._folder / f"{Path(command[0]).name}.log").open("wb"))
        self._stack.enter_context(_running(command, self._environment(environment), log))

    def _environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARBORIS_", "DBUS_"))}
        for name in ("WAYLAND_DISPLAY", *VARIABLES):
            kept.pop(name, None)
        own = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        own["PYTHONFAULTHANDLER"] = "1"
        # No keyring is asked, and the window is in English.
        own |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "LANGUAGE": "en"}
        return kept | own | dict(environment)


def _end(app: App) -> None:
    if app.process.poll() is None:
        with suppress(OSError, ValueError):
            os.kill(app.pid, 9)
        app.process.kill()
        app.process.wait()


@contextmanager
def screen(folder: Path, *, tray: bool) -> Iterator[Screen]:
    """A screen, with or without a tray."""
    with ExitStack() as stack:
        display = stack.enter_context(_x_server(folder))
        environment = {**os.environ, "DISPLAY": display}
        screen = Screen(display, folder, stack)

        def start(*command: str) -> None:
            log = stack.enter_context((folder / f"{command[0]}.log").open("wb"))
            stack.enter_context(_running(command, environment, log))

        start("openbox", "--sm-disable")
        until(lambda: "0x" in screen.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "a manager")
        if tray:
            # Not before: a tray that meets no manager may stay away for good.
            start("trayer", "--edge", "bottom", "--widthtype", "request")
            until(lambda: _has_tray(screen), "a tray")
        yield screen


def _has_tray(screen: Screen) -> bool:
    return bool(screen.ask("xdotool", "search", "--class", "trayer").strip())


@contextmanager
def _x_server(folder: Path) -> Iterator[str]:
    read, write = os.pipe()
    # It would else begin anew when its last client leaves, such as one that only looked, and end
    # whoever is just connecting.
    command = ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1400x1000x24"]
    with (folder / "Xvfb.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "-nolisten", "tcp"], stdout=log, stderr=log, pass_fds=(write,)
        )
    os.close(write)
    try:
        with os.fdopen(read) as ready:
            yield f":{ready.readline().strip()}"
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes]
) -> Iterator[None]:
    process = subprocess.Popen(command, env=dict(environment), stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)
