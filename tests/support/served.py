"""``arboris-desktop serve`` as a process of its own, and who writes beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.outsider import Outsider, outside

WAIT_SECONDS = 60.0


@dataclass
class Served:
    """A running server, and how it is called."""

    process: subprocess.Popen[str]
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Gets a path, with more headers."""
        return httpx.get(self.address + path, headers=self.headers | headers, timeout=WAIT_SECONDS)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Posts to a path."""
        return httpx.post(
            self.address + path, headers=self.headers, timeout=WAIT_SECONDS, **options
        )

    def follow(self, query: str = "") -> ClientConnection:
        """Follows the notifications."""
        address = self.address.replace("http://", "ws://")
        return connect(f"{address}/ws/notifications{query}", open_timeout=WAIT_SECONDS, proxy=None)


def environment_of(home: Path, **variables: str) -> dict[str, str]:
    """The variables of a process with its data in ``home``, and none of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    return {**kept, "ARBORIS_HOME": str(home), **variables}


@contextmanager
def serving(home: Path, *arguments: str, **variables: str) -> Iterator[Served]:
    """Runs the server on a free port while the block runs."""
    command = [sys.executable, "-m", "arboris_desktop", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command,
        env=environment_of(home, **variables),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert line.startswith("serves "), line + process.stderr.read()
            yield Served(process, line.split()[1].replace("0.0.0.0", "127.0.0.1"))
        finally:
            process.kill()


def refused(home: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """The code and the words of a server that does not start."""
    command = [sys.executable, "-m", "arboris_desktop", "serve", *arguments]
    ended = subprocess.run(
        command,
        env=environment_of(home, **variables),
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_SECONDS,
        check=False,
    )
    return ended.returncode, ended.stderr


def notify_from_here(database: Database, task_id: int) -> int:
    """Commits a notification from this process."""
    with database.write() as transaction:
        task = transaction.queue.get(task_id)
        return transaction.notifications.add(
            task, NotificationType.PROGRESS, title="T", message="M"
        )


def notify(paths: DataPaths, task: int, chapter: int, number: int) -> int:
    """Commits a notification from a connection of its own, as another program does."""
    with outside(paths) as writer:
        insert(writer, task, chapter, number)
        writer.commit()
    return number


def insert(writer: Outsider, task: int, chapter: int, number: int) -> None:
    """Writes a notification, which is not committed."""
    writer.run(
        "INSERT INTO analysis_notifications (id, pending_analysis_id, chapter_id,"
        " notification_type, title, message, data, is_read, created_at)"
        " VALUES (?, ?, ?, 'progress', 'T', 'M', '{}', 0, '2026-01-01 00:00:00.000000')",
        number,
        task,
        chapter,
    )
