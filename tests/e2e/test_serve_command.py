"""``arboris-desktop serve`` as a process of its own, called over real sockets."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.support.outsider import outside
from tests.support.served import (
    WAIT_SECONDS,
    Served,
    insert,
    notify,
    notify_from_here,
    refused,
    serving,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="ends the server as POSIX does"),
]

TOKEN = "a-token-of-this-test"
API = "/api/async-analysis"


def received(connection: ClientConnection) -> int:
    return int(json.loads(connection.recv(timeout=WAIT_SECONDS))["id"])


@pytest.mark.every_database
def test_the_five_calls_answer_as_the_original_does(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    chapter = novel.chapters[0]
    number = notify_from_here(database, task_id)

    status = served.get(f"{API}/status?project_id={novel.project.id}").json()
    assert [status[name] for name in ("total", "pending", "processing", "completed", "failed")] == [
        1,
        1,
        0,
        0,
        0,
    ]
    [task] = status["recent_tasks"]
    assert (task["id"], task["chapter_id"], task["chapter_number"]) == (task_id, chapter.id, 1)
    assert (task["status"], task["duration_seconds"]) == ("pending", None)

    [told] = served.get(f"{API}/notifications?unread_only=true").json()
    assert (told["id"], told["notification_type"], told["is_read"]) == (number, "progress", 0)
    assert (told["chapter_id"], told["chapter_number"]) == (chapter.id, 1)
    assert "message" in served.post(f"{API}/notifications/{number}/read").json()
    assert served.get(f"{API}/notifications?unread_only=true").json() == []
    [told] = served.get(f"{API}/notifications?unread_only=false").json()
    assert told["is_read"] == 1

    assert served.get(f"{API}/tasks/{chapter.id}/latest").json()["id"] == task_id
    assert served.get(f"{API}/tasks/{novel.chapters[1].id}/latest").status_code == 404


@pytest.mark.every_database
def test_retry_is_refused_with_the_reason_until_the_task_has_ended(
    served: Served, database: Database, instance: Instance, task_id: int
) -> None:
    answer = served.post(f"{API}/tasks/{task_id}/retry")
    assert answer.status_code == 409
    assert "already queued" in answer.json()["detail"]

    AnalysisQueue(database, instance).cancel(task_id)
    answer = served.post(f"{API}/tasks/{task_id}/retry")
    assert (answer.status_code, "message" in answer.json()) == (200, True)
    assert served.post(f"{API}/tasks/999/retry").status_code == 404


@pytest.mark.parametrize(
    "path", [f"{API}/tasks/x/latest", f"{API}/tasks/0/latest", f"{API}/tasks/{2**63}/latest"]
)
def test_a_number_that_is_none_is_told(served: Served, path: str) -> None:
    assert served.get(path).status_code == 422


def test_an_unknown_novel_is_told(served: Served) -> None:
    assert served.get(f"{API}/status?project_id=none").status_code == 404


@pytest.mark.every_database
def test_what_another_process_commits_comes_at_once_and_in_any_order(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    with served.follow() as connection:
        first = notify_from_here(database, task_id)
        assert received(connection) == first
        # A writer that took its ids before, and commits after another one.
        notify(path, task_id, chapter, 40)
        assert received(connection) == 40
        notify(path, task_id, chapter, 30)
        assert received(connection) == 30


@pytest.mark.every_database
def test_after_a_reconnect_nothing_is_missing_and_nothing_comes_twice(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    with served.follow() as connection:
        notify(path, task_id, chapter, 10)
        notify(path, task_id, chapter, 20)
        assert sorted([received(connection), received(connection)]) == [10, 20]
    notify(path, task_id, chapter, 15)

    with served.follow("?after=20") as connection:
        assert received(connection) == 15
        notify(path, task_id, chapter, 21)
        assert received(connection) == 21
    with served.follow("?after=15") as connection:
        assert received(connection) == 21
    with served.follow("?after=0") as connection:
        assert sorted(received(connection) for _ in range(4)) == [10, 15, 20, 21]


@pytest.mark.parametrize("paths", ["postgresql"], indirect=True)
def test_two_writers_who_commit_out_of_order_are_both_told(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    with outside(path) as slow, outside(path) as quick:
        with served.follow() as connection:
            insert(slow, task_id, chapter, 10)
            insert(quick, task_id, chapter, 11)
            quick.commit()
            assert received(connection) == 11
        with served.follow("?after=11") as connection:
            slow.commit()
            assert received(connection) == 10
            insert(quick, task_id, chapter, 12)
            quick.commit()
            assert received(connection) == 12


@pytest.mark.every_database
def test_going_on_from_what_was_listed_misses_nothing(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    notify(path, task_id, chapter, 10)
    assert [one["id"] for one in served.get(f"{API}/notifications").json()] == [10]
    notify(path, task_id, chapter, 9)

    with served.follow("?after=10") as connection:
        assert received(connection) == 9


@pytest.mark.every_database
def test_an_id_that_is_given_again_is_told_again(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    with served.follow() as connection:
        notify(path, task_id, chapter, 7)
        assert received(connection) == 7
        with outside(path) as writer:
            writer.run("DELETE FROM analysis_notifications WHERE id = 7")
            writer.commit()
        notify(path, task_id, chapter, 8)
        assert received(connection) == 8
        notify(path, task_id, chapter, 7)
        assert received(connection) == 7


@pytest.mark.every_database
def test_what_is_rolled_back_is_never_told(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    path, chapter = database.paths, novel.chapters[0].id
    with served.follow() as connection, outside(path) as writer:
        insert(writer, task_id, chapter, 5)
        writer.rollback()
        insert(writer, task_id, chapter, 6)
        writer.commit()
        assert received(connection) == 6


@pytest.mark.every_database
def test_metrics_are_counted_when_they_are_read(
    served: Served, database: Database, novel: NovelContents, task_id: int
) -> None:
    store_chapter(database, novel.chapters[1].id, "Another chapter.", provider="p")
    families = {
        family.name: family
        for family in text_string_to_metric_families(served.get("/metrics").text)
    }
    tasks = {
        sample.labels["status"]: sample.value
        for family in families.values()
        for sample in family.samples
        if sample.name == "pending_analysis_total"
    }
    assert tasks == {"pending": 2, "processing": 0, "completed": 0, "failed": 0}
    durations = families["pending_analysis_duration_seconds"]
    assert {sample.labels.get("le") for sample in durations.samples} >= {"1", "900", "+Inf"}
    assert families["arboris_workers_alive"].samples[0].value == 0
    assert families["arboris_database_reachable"].samples[0].value == 1
    assert families["arboris_oldest_waiting_seconds"].samples[0].value >= 0


def test_only_who_knows_the_token_may_call(database: Database, task_id: int) -> None:
    with serving(database.paths.home, ARBORIS_API_TOKEN=TOKEN) as served:
        for given in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
            answer = served.get("/metrics", **given)
            assert answer.status_code == 401
            assert "token" in answer.json()["detail"]
        assert served.get("/metrics", Authorization=f"Bearer {TOKEN}").status_code == 200
        with pytest.raises(InvalidStatus, match="401"), served.follow("?token=wrong"):
            pass
        with served.follow(f"?token={TOKEN}"):
            pass


def test_a_token_may_come_from_a_file(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    with serving(database.paths.home, "--token-file", str(file)) as served:
        assert served.get("/metrics").status_code == 401
        assert served.get("/metrics", Authorization=f"Bearer {TOKEN}").status_code == 200


def test_no_web_page_and_no_rebound_name_reaches_it(served: Served) -> None:
    assert served.get("/metrics", Origin="https://elsewhere.example").status_code == 403
    assert served.get("/metrics", Origin="null").status_code == 403
    assert served.get("/metrics", Host="rebound.example").status_code == 403
    assert served.get("/metrics", Origin=served.address).status_code == 200


@pytest.mark.parametrize("chunked", [True, False])
def test_too_much_is_refused(served: Served, chunked: bool) -> None:
    body = b"x" * 70_000
    content = iter([body]) if chunked else body
    assert served.post(f"{API}/notifications/1/read", content=content).status_code == 413


def test_it_refuses_to_be_reached_from_elsewhere_without_a_token(tmp_path: Path) -> None:
    code, told = refused(tmp_path / "home", "--host", "0.0.0.0", "--port", "0")
    assert code == 2
    assert "ARBORIS_API_TOKEN" in told


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, told = refused(tmp_path / "home", "--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "cannot listen" in told


def test_it_tells_its_service_manager_and_ends_cleanly_with_somebody_connected(
    database: Database, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(WAIT_SECONDS)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
        with serving(database.paths.home, **told) as served, served.follow():
            assert manager.recv(256).startswith(b"READY=1")
            assert manager.recv(256) == b"WATCHDOG=1"
            served.process.send_signal(signal.SIGTERM)
            while (news := manager.recv(256)) == b"WATCHDOG=1":
                pass
            assert news.startswith(b"STOPPING=1")
            assert served.process.wait(timeout=WAIT_SECONDS) == 0
