"""Half-written copies that a killed process left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arboris_desktop.storage.backups.leftovers import clear_leftovers
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths


@pytest.fixture
def left(paths: DataPaths) -> list[Path]:
    """Leftovers of each kind of killed copy, an hour old."""
    places = (
        paths.backups / "arboris-20261128T101112Z-daily.db.partial",
        paths.backups / "arboris-20261128T101112Z-daily.db.partial-journal",
        paths.home / "arboris.db.restoring",
        paths.home / "arboris.db.restoring.partial",
        paths.rescue / "chapter-7.140.partial",
    )
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_text("half")
        os.utime(place, (1_000_000_000, 1_000_000_000))
    return list(places)


def test_they_go_when_nobody_can_be_writing_them(
    paths: DataPaths, instance: Instance, left: list[Path]
) -> None:
    kept = [paths.backups / "arboris-20261128T101112Z-daily.db", paths.rescue / "chapter-7.json"]
    for place in kept:
        place.write_text("whole")
        os.utime(place, (1_000_000_000, 1_000_000_000))
    clear_leftovers(paths, instance)
    assert [place.exists() for place in (*left, *kept)] == [False] * 5 + [True] * 2


def test_they_stay_while_another_process_lives(
    paths: DataPaths, instance: Instance, left: list[Path]
) -> None:
    other = Instance(paths.instances)
    clear_leftovers(paths, instance)
    assert all(place.exists() for place in left)
    other.close()


def test_what_is_being_written_stays(paths: DataPaths, instance: Instance) -> None:
    paths.backups.mkdir()
    fresh = paths.backups / "arboris-20261128T101112Z-daily.db.partial"
    fresh.write_text("half")
    clear_leftovers(paths, instance)
    assert fresh.exists()
