"""``arboris-desktop work`` as processes of their own, and the queue that they work."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.services import build_services
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.e2e.command_line import CommandLine
from tests.support.prose import prose
from tests.support.scripted_provider import ScriptedProvider

STORY = prose(360)
WAIT_SECONDS = 90.0


def worker_environment(paths: DataPaths, provider: ScriptedProvider) -> dict[str, str]:
    """The environment of a worker that asks the scripted provider."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    server = {"ARBORIS_DATABASE_URL": paths.server} if paths.server else {}
    return {
        **kept,
        **server,
        "ARBORIS_HOME": str(paths.home),
        "ARBORIS_BASE_URL": provider.base_url,
        "ARBORIS_MODEL": "scripted",
    }


def started(
    environment: dict[str, str], *arguments: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    """The running process, which is over at the end of the block at the latest."""
    return CommandLine(environment).started(*arguments)


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    with started(environment, *arguments) as process:
        output, errors = process.communicate(timeout=WAIT_SECONDS)
    assert "Traceback" not in errors
    return process.returncode, output + errors


def queued(environment: dict[str, str], database: object, novel: NovelContents) -> list[int]:
    """The novel's chapters, written and queued; ``database`` is that of the environment's home."""
    services = build_services(environment)
    try:
        return [
            store_chapter(services.database, chapter.id, STORY, provider="p")[1]
            for chapter in novel.chapters
        ]
    finally:
        services.close()


def await_all(condition: Callable[[QueueCounts], bool], environment: dict[str, str]) -> None:
    """Waits until the condition holds for the counts of the queue."""
    services = build_services(environment)
    try:
        end_by = time.monotonic() + WAIT_SECONDS
        while not condition(services.queue.counts()):
            assert time.monotonic() < end_by, services.queue.counts()
            time.sleep(0.1)
    finally:
        services.close()


def set_paused(environment: dict[str, str], *, paused: bool) -> None:
    """Pauses the queue for all, or lets it go on, as a window does."""
    services = build_services(environment)
    try:
        settings = services.preferences.get(QueueSettings)
        services.preferences.set(replace(settings, paused=paused))
    finally:
        services.close()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying '{words}'")


def end(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=WAIT_SECONDS)
