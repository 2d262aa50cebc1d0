"""Starting, watching and ending the child process of the built-in model."""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import IO

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.llm.builtin_files import find_bundled_model, model_name
from arboris_desktop.llm.builtin_fit import BuiltInRoom, room_for
from arboris_desktop.llm.builtin_server import KEY_VARIABLE

_START_SECONDS = 120.0
_STOP_SECONDS = 5.0


@record
class Address:
    """The address of a running child, and the key that it requires."""

    base_url: str
    key: str = field(repr=False)


class BuiltInServer:
    """The child process, shared by all providers that use it. Thread-safe.

    ``model_path`` is a GGUF file (default: the bundled model) and ``room`` how to run it (default:
    whatever suits this computer). ``command`` replaces the command line of the child in tests, and
    ``log_file`` receives its output. Raises ``ProviderError`` (BUILT_IN_MODEL_MISSING) if there is
    no model.
    """

    def __init__(
        self,
        model_path: Path | None = None,
        room: BuiltInRoom | None = None,
        command: list[str] | None = None,
        *,
        log_file: Path | None = None,
    ) -> None:
        path = model_path or find_bundled_model()
        if path is None:
            raise _missing("the built-in model is not installed")
        self.model_path = path
        self.room = room or room_for(path)
        self._command = command
        self._log_file = log_file
        self._start_lock = threading.Lock()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._address: Address | None = None
        self._users = 0
        self._retired = False
        self._stopped = False

    @property
    def base_url(self) -> str | None:
        """The address of the running child, or ``None``."""
        address = self.running_at()
        return address.base_url if address else None

    @property
    def process_id(self) -> int | None:
        """The process id of the child, running or not; ``None`` before the first start."""
        return self._process.pid if self._process else None

    def running_at(self) -> Address | None:
        """Returns the child's address, or ``None`` if it has not been started or has died."""
        with self._lock:
            alive = self._process is not None and self._process.poll() is None
            return self._address if alive else None

    def start(self) -> Address:
        """Starts the child unless it is running, and waits until it responds, which may take
        seconds.

        Raises ``ProviderError``: BUILT_IN_MODEL_MISSING if the model cannot be run here, CONNECTION
        if the server was stopped.
        """
        with self._start_lock:
            address = self.running_at()
            if address is None:
                address = self._start()
            return address

    def wait_for_end(self, seconds: float) -> bool:
        """Returns whether the child has ended, waiting up to the given time for it."""
        process = self._process
        if process is None:
            return True
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Stops the child permanently."""
        with self._lock:
            self._stopped = True
            process, self._process, self._address = self._process, None, None
        if process is not None:
            _end(process)

    def retire(self) -> None:
        """Stops the child permanently as soon as nobody uses it any more."""
        with self._lock:
            self._retired = True
            unused = self._users == 0
        if unused:
            self.stop()

    def acquire(self) -> None:
        """Registers one more user."""
        with self._lock:
            self._users += 1

    def release(self) -> None:
        """Unregisters a user; a retired child stops with its last one."""
        with self._lock:
            self._users -= 1
            unwanted = self._retired and self._users == 0
        if unwanted:
            self.stop()

    def _start(self) -> Address:
        key = secrets.token_urlsafe(32)
        process = self._spawn(key)
        with self._lock:
            dead, self._process, self._address = self._process, process, None
        if dead is not None:
            _end(dead)
        try:
            self._refuse_if_stopped()
            address = Address(_read_report(process), key)
            self._refuse_if_stopped()
        except ProviderError:
            _end(process)
            # We may have stopped the child ourselves.
            self._refuse_if_stopped()
            raise
        with self._lock:
            self._address = address
        return address

    def _refuse_if_stopped(self) -> None:
        if self._stopped:
            raise ProviderError(ErrorKind.CONNECTION, "the built-in model was stopped")

    def _spawn(self, key: str) -> subprocess.Popen[bytes]:
        command = self._command or [
            *_server_command(),
            *("--model", str(self.model_path), "--alias", model_name(self.model_path)),
            *("--slots", str(self.room.slots), "--slot-tokens", str(self.room.slot_tokens)),
            *("--threads", str(self.room.threads)),
        ]
        log: IO[bytes] | int = subprocess.DEVNULL
        try:
            if self._log_file is not None:
                self._log_file.parent.mkdir(parents=True, exist_ok=True)
                log = self._log_file.open("wb")
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(key),
                creationflags=_creation_flags(),
                # Ctrl+C in the terminal is meant for the parent, which decides what happens to the
                # child.
                start_new_session=True,
            )
        except OSError as error:
            raise _missing(f"the built-in model cannot be started: {error}") from error
        finally:
            if not isinstance(log, int):
                log.close()


def _read_report(process: subprocess.Popen[bytes]) -> str:
    """Reads the address that the child prints.

    A thread does it, because pipes do not support time-outs on every system.
    """
    assert process.stdout is not None
    lines: queue.Queue[bytes] = queue.Queue()
    stdout = process.stdout
    threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=_START_SECONDS)
    except queue.Empty:
        raise ProviderError(
            ErrorKind.FIRST_TOKEN_TIMEOUT, "the built-in model did not start in time"
        ) from None
    report = _parsed(line)
    if "base_url" in report:
        return report["base_url"]
    raise _missing(report.get("error") or "the built-in model ended while it was starting")


def _parsed(line: bytes) -> Mapping[str, str]:
    try:
        report = json.loads(line)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _missing(reason: str) -> ProviderError:
    return ProviderError(ErrorKind.BUILT_IN_MODEL_MISSING, reason)


def _server_command() -> Sequence[str]:
    if getattr(sys, "frozen", False):
        return [str(_frozen_program()), "--builtin-server"]
    # -P keeps modules in the current folder from being imported in place of ours.
    return [sys.executable, "-P", "-m", "arboris_desktop.llm.builtin_server"]


def _frozen_program() -> Path:
    """Returns the executable whose output can be read: on Windows that of the window has no
    streams."""
    program = Path(sys.executable)
    return program.with_name("arboris-desktop.exe") if sys.platform == "win32" else program


def _environment(key: str) -> dict[str, str]:
    # The package may be run from a checkout that only the parent has on its path.
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return os.environ | {KEY_VARIABLE: key, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
