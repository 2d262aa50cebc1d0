"""The command line in real processes, each in a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from arboris_desktop.services import Services, build_services
from tests.support.prose import prose

on_posix = pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")

ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
WAIT_SECONDS = 240.0
REAL_MODEL_SECONDS = 900
"""For one command with the built-in model: usually 30 to 80 s, several times that when it must be
asked again, or where two processors are shared."""

STORY = prose(360)
SECRET = "sk-end-to-end-secret-0123456789"


@contextmanager
def ignored(number: signal.Signals) -> Iterator[None]:
    """Processes started in the block ignore ``number``, as those a script puts behind itself."""
    previous = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(number, previous)


@dataclass(frozen=True)
class CommandLine:
    """Runs ``python -m arboris_desktop`` in a data folder of its own."""

    environment: dict[str, str]

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """The running process, which is over at the end of the block at the latest."""
        with subprocess.Popen(
            [sys.executable, "-m", "arboris_desktop", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def run(self, *arguments: str, code: int = 0, within: float = WAIT_SECONDS) -> str:
        """The output; the exit code must be ``code``, and no traceback or key may be told."""
        with self.started(*arguments) as process:
            output, errors = process.communicate(timeout=within)
        assert process.returncode == code, errors
        assert "Traceback" not in errors
        assert SECRET not in output + errors
        return output if code == 0 else errors

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def begin(self) -> str:
        return str(self.json("new", "The Lamp", "--premise", "A keeper.")["project_id"])

    def completed(self) -> list[dict[str, Any]]:
        """The notifications of completed tasks."""
        return [one for one in self.json("notifications") if one["type"] == "completed"]

    def write_to_its_end(self, project_id: str) -> Any:
        """Has a real model write the first chapter, as an author does whose model, as a small one
        may, does not come to an end: once more, and then what is there is kept."""
        arguments = ["write", project_id, "--chapter", "1", "--json"]
        for decision in ([], ["--draft", "continue"], ["--draft", "keep"]):
            with self.started(*arguments, *decision) as process:
                output, errors = process.communicate(timeout=REAL_MODEL_SECONDS)
            if process.returncode == 0:
                return json.loads(output)
            assert process.returncode == 1, errors
            assert "--draft continue" in errors, errors
        raise AssertionError(f"what came could not be kept: {errors}")

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The same data folder, from this process."""
        services = build_services(self.environment)
        try:
            yield services
        finally:
            services.close()
