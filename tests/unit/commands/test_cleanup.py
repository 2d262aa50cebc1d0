"""Forgetting finished work from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from arboris_desktop.cli import main
from arboris_desktop.domain.tasks import DURATION_BOUNDS, duration_bound
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.tables.tasks import analysis_notifications, pending_analysis
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents

OLD = datetime.now(UTC) - timedelta(days=40)


def tasks_of_one_chapter(database: Database, novel: NovelContents, states: list[str]) -> list[int]:
    """Tasks of the first chapter in the given states, all of them old, and one that waits."""
    ids = []
    for state in [*states, "pending"]:
        ids.append(store_chapter(database, novel.chapters[0].id, "Text.", provider="p")[1])
        with database.write() as transaction:
            transaction.queue._connection.execute(
                update(pending_analysis)
                .where(pending_analysis.c.id == ids[-1])
                .values(status=state, completed_at=OLD if state != "pending" else None)
            )
    return ids


def left(database: Database) -> list[int]:
    with database.read() as transaction:
        query = select(pending_analysis.c.id).order_by(pending_analysis.c.id)
        return list(transaction.queue._connection.execute(query).scalars())


def test_what_failed_or_waits_is_kept(
    database: Database, novel: NovelContents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARBORIS_HOME", str(database.paths.home))
    ids = tasks_of_one_chapter(database, novel, ["cancelled", "failed", "cancelled"])
    with database.write() as transaction:
        transaction.queue._connection.execute(
            update(analysis_notifications).values(is_read=1, read_at=datetime.now(UTC))
        )

    assert main(["cleanup", "--older-than", "60d"]) == 0
    assert left(database) == ids
    assert main(["cleanup", "--older-than", "30d"]) == 0
    assert left(database) == [ids[1], ids[3]]


@pytest.mark.parametrize("age", ["30", "0d", "d", "3651d", "-1d", "30 d", "٣d"])
def test_what_is_no_age_is_refused(age: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cleanup", f"--older-than={age}"]) == 2
    assert "is no age" in capsys.readouterr().err


def test_every_bound_has_a_row_from_the_start(database: Database) -> None:
    with database.write() as transaction:
        for task, seconds in enumerate((0.2, 1.0, 1.1, 5000.0)):
            transaction.durations.count(task, seconds)
        buckets = transaction.durations.buckets()

    assert tuple(bucket.bound for bucket in buckets) == DURATION_BOUNDS
    assert [bucket.number for bucket in buckets] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert sum(bucket.seconds for bucket in buckets) == pytest.approx(5002.3)
    assert duration_bound(900.0) == "900"
