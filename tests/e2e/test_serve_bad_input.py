"""Answers of ``arboris-desktop serve`` to bad input: a status, a reason, and nothing changed."""

from __future__ import annotations

import json
import os

import pytest
from websockets.exceptions import InvalidStatus

from arboris_desktop.storage.database import Database
from tests.support.served import WAIT_SECONDS, Served, notify_from_here

API = "/api/async-analysis"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="ends the server as POSIX does"),
]


@pytest.mark.every_database
def test_each_has_its_status_and_its_reason(
    served: Served, database: Database, task_id: int
) -> None:
    wanted = {
        f"{API}/status?project_id=a%00b": 404,
        f"{API}/status?project_id=%ED%A0%80": 404,
        f"{API}/status?project_id=../../etc/passwd": 404,
        f"{API}/status?project_id={'x' * 10_000}": 404,
        f"{API}/tasks/{2**31 - 1}/latest": 404,
        f"{API}/tasks/{2**31}/latest": 422,
        f"{API}/tasks/-1/latest": 422,
        f"{API}/tasks/%E4%B8%80/latest": 422,
        f"{API}/tasks/..%2f..%2fetc/latest": 404,
        f"{API}/notifications?limit=1001": 422,
        f"{API}/notifications?unread_only=maybe": 422,
        f"{API}/tasks/{task_id}/retry": 405,
    }
    assert {path: served.get(path).status_code for path in wanted} == wanted
    posted = {
        f"{API}/tasks/{2**31}/retry": 422,
        f"{API}/tasks/{2**31 - 1}/retry": 404,
        f"{API}/notifications/{2**63}/read": 422,
        f"{API}/notifications/{2**31 - 1}/read": 404,
        f"{API}/status": 405,
    }
    assert {path: served.post(path).status_code for path in posted} == posted
    assert all(served.get(path).json()["detail"] for path in wanted)
    assert served.get(f"{API}/status").json()["pending"] == 1


@pytest.mark.parametrize("after", ["-1", "x", str(2**64)])
def test_a_place_that_is_none_is_told_to_who_wants_to_follow(served: Served, after: str) -> None:
    with pytest.raises(InvalidStatus) as refused, served.follow(f"?after={after}"):
        pass
    assert refused.value.response.status_code == 422
    assert b"after" in (refused.value.response.body or b"")


def test_what_a_follower_sends_is_dropped(served: Served, database: Database, task_id: int) -> None:
    with served.follow() as connection:
        connection.send("text")
        connection.send(b"\x00\xff" * 1000)
        number = notify_from_here(database, task_id)
        assert json.loads(connection.recv(timeout=WAIT_SECONDS))["id"] == number
