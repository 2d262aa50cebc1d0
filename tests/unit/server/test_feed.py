"""The feed tells all who follow: the same, in the same order, and read once."""

from __future__ import annotations

import asyncio
import json

import pytest

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.server.feed import NotificationFeed
from arboris_desktop.storage.database import Database
from arboris_desktop.tasks.inbox import Inbox
from tests.support.statements import counted

FOLLOWERS = 30


def notify(database: Database, task_id: int, message: str) -> int:
    with database.write() as transaction:
        return transaction.notifications.add(
            transaction.queue.get(task_id), NotificationType.PROGRESS, title="题", message=message
        )


@pytest.fixture
def feed(database: Database) -> NotificationFeed:
    return NotificationFeed(Inbox(database), database.changed_elsewhere, database.on_change)


def test_all_who_follow_are_told_the_same_by_one_reading(
    database: Database, feed: NotificationFeed, task_id: int
) -> None:
    async def told() -> tuple[list[str], list[str]]:
        await feed.begin()
        followed = [feed.follow(None) for _ in range(FOLLOWERS)]
        waiting = [asyncio.ensure_future(anext(one)) for one in followed]
        await asyncio.sleep(0)
        with counted(database) as statements:
            notify(database, task_id, "“M”")
            await feed.look()
            return await asyncio.gather(*waiting), statements

    texts, statements = asyncio.run(told())
    assert len(set(texts)) == 1
    assert (json.loads(texts[0])["title"], json.loads(texts[0])["message"]) == ("题", "“M”")
    of_texts = [statement for statement in statements if "message" in statement]
    assert len(of_texts) == 1, f"{FOLLOWERS} follow, and it was read {len(of_texts)} times"


def test_one_who_leaves_meanwhile_takes_nothing_from_the_others(
    database: Database, feed: NotificationFeed, task_id: int
) -> None:
    async def told() -> str:
        await feed.begin()
        leaving = asyncio.ensure_future(anext(feed.follow(None)))
        staying = asyncio.ensure_future(anext(feed.follow(None)))
        await asyncio.sleep(0)
        number = notify(database, task_id, "M")
        feed.add([number])
        # Both wake and share a reading, which then runs on a thread.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert json.loads(asyncio.run(told()))["message"] == "M"


def test_who_is_behind_gets_all_in_the_order_in_which_they_appeared(
    database: Database, feed: NotificationFeed, task_id: int
) -> None:
    first = notify(database, task_id, "before")

    async def told() -> list[str]:
        await feed.begin()
        behind = feed.follow(first)
        for number in range(450):
            notify(database, task_id, str(number))
        await feed.look()
        return [json.loads(await anext(behind))["message"] for _ in range(450)]

    assert asyncio.run(told()) == [str(number) for number in range(450)]


def test_a_fault_of_the_database_is_told_to_all_who_wait(
    database: Database, feed: NotificationFeed, task_id: int
) -> None:
    async def told() -> list[object]:
        await feed.begin()
        waiting = [asyncio.ensure_future(anext(feed.follow(None))) for _ in range(3)]
        await asyncio.sleep(0)
        number = notify(database, task_id, "M")
        database.close()
        database.paths.database.write_bytes(b"this is no database file any more")
        feed.add([number])
        return await asyncio.gather(*waiting, return_exceptions=True)

    ends = asyncio.run(told())
    assert len(ends) == 3
    assert all(isinstance(end, StorageError) for end in ends), ends
