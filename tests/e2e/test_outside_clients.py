"""The interface called by what others have: ``curl``, and a page in a browser.

Both are written from the table of the original's documentation alone.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.novels import NovelContents
from tests.support.served import WAIT_SECONDS, environment_of, notify_from_here, serving

CURL = shutil.which("curl")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PAGE = Path(__file__).parents[1] / "support" / "follower_page.html"
TOKEN = "a-token-of-this-test"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="ends the server as POSIX does"),
]


def curl(address: str, *arguments: str) -> tuple[int, Any]:
    """The status and the answer."""
    assert CURL is not None
    authorization = ("--header", f"Authorization: Bearer {TOKEN}")
    command = [CURL, "--silent", "--show-error", "--noproxy", "*", *authorization]
    called = subprocess.run(
        [*command, "--write-out", "\n%{http_code}", *arguments, address],
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_SECONDS,
        check=True,
    )
    body, _, status = called.stdout.rpartition("\n")
    return int(status), json.loads(body)


@pytest.mark.skipif(CURL is None, reason="needs curl (Debian: apt-get install curl)")
@pytest.mark.every_database
def test_curl_makes_the_five_calls(
    database: Database, novel: NovelContents, instance: Instance, task_id: int
) -> None:
    number = notify_from_here(database, task_id)
    chapter = novel.chapters[0].id
    server = database.paths.server
    variables = {"ARBORIS_API_TOKEN": TOKEN} | ({"ARBORIS_DATABASE_URL": server} if server else {})
    with serving(database.paths.home, **variables) as served:
        api = f"{served.address}/api/async-analysis"
        code, status = curl(f"{api}/status?project_id={novel.project.id}")
        assert (code, status["total"], status["pending"]) == (200, 1, 1)
        assert {"id", "chapter_id", "chapter_number", "status", "duration_seconds"} <= set(
            status["recent_tasks"][0]
        )
        code, unread = curl(f"{api}/notifications?unread_only=true")
        assert [(one["id"], one["is_read"]) for one in unread] == [(number, 0)]
        assert {"chapter_id", "chapter_number", "notification_type", "title", "message"} <= set(
            unread[0]
        )
        code, read = curl(f"{api}/notifications/{number}/read", "--request", "POST")
        assert (code, list(read)) == (200, ["message"])
        assert curl(f"{api}/notifications?unread_only=true") == (200, [])

        code, refused = curl(f"{api}/tasks/{task_id}/retry", "--request", "POST")
        assert (code, bool(refused["detail"])) == (409, True)
        AnalysisQueue(database, instance).cancel(task_id)
        code, retried = curl(f"{api}/tasks/{task_id}/retry", "--request", "POST")
        assert (code, list(retried)) == (200, ["message"])

        code, latest = curl(f"{api}/tasks/{chapter}/latest")
        assert (code, latest["id"], latest["status"]) == (200, task_id, "pending")
        assert curl(f"{api}/tasks/{novel.chapters[1].id}/latest")[0] == 404


class Website:
    """Serves a page from an origin of its own, and hears what that page saw."""

    def __init__(self, page: bytes) -> None:
        self._seen: queue.Queue[list[Any]] = queue.Queue()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(page if self.path.startswith("/?") else b"")

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                outer._seen.put(json.loads(self.rfile.read(size)))
                self._answer(b"")

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Website:
        threading.Thread(target=self._server.serve_forever, args=(0.02,)).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def seen(self) -> list[Any]:
        """The next thing that the page tells, with its sight of it."""
        return self._seen.get(timeout=WAIT_SECONDS)


@contextmanager
def visiting(address: str, profile: Path) -> Iterator[None]:
    """A browser without a screen on a page, while the block runs."""
    assert CHROMIUM is not None
    # As root it runs without its sandbox only; in containers /dev/shm is small.
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    quiet = ["--no-first-run", "--disable-background-networking", "--no-proxy-server"]
    with subprocess.Popen(
        [CHROMIUM, *options, *quiet, f"--user-data-dir={profile}", address],
        env=environment_of(profile, HOME=str(profile)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as browser:
        try:
            yield
        finally:
            browser.terminate()


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian: apt-get install chromium)")
def test_a_page_in_a_browser_follows_the_notifications(
    database: Database, task_id: int, tmp_path: Path
) -> None:
    with (
        Website(PAGE.read_bytes()) as site,
        serving(
            database.paths.home, "--allow-origin", site.origin, ARBORIS_API_TOKEN=TOKEN
        ) as served,
    ):
        query = urlencode({"api": served.address, "token": TOKEN})
        with visiting(f"{site.origin}/?{query}", tmp_path):
            assert site.seen() == ["open", None]
            first = notify_from_here(database, task_id)
            what, told = site.seen()
            assert (what, told["id"], told["is_read"]) == ("told", first, 0)

            what, (code, listed) = site.seen()
            assert (what, code) == ("listed", 200), listed
            assert [one["id"] for one in listed] == [first]
            what, (code, message) = site.seen()
            assert (what, code, list(message)) == ("read", 200, ["message"]), message

            # The page goes away and comes back, and one is committed meanwhile or soon after.
            second = notify_from_here(database, task_id)
            rest = [site.seen() for _ in range(3)]
            assert sorted(what for what, _seen in rest) == ["closed", "open", "told"]
            [told] = [seen for what, seen in rest if what == "told"]
            assert told["id"] == second


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian: apt-get install chromium)")
@pytest.mark.parametrize("wrong", ["origin", "token"])
def test_a_page_that_may_not_is_told_nothing(
    database: Database, task_id: int, tmp_path: Path, wrong: str
) -> None:
    with Website(PAGE.read_bytes()) as site:
        allowed = () if wrong == "origin" else ("--allow-origin", site.origin)
        with serving(database.paths.home, *allowed, ARBORIS_API_TOKEN=TOKEN) as served:
            given = TOKEN if wrong == "origin" else "guessed"
            query = urlencode({"api": served.address, "token": given})
            with visiting(f"{site.origin}/?{query}", tmp_path):
                assert site.seen() == ["closed", False]
