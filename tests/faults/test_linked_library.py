"""A database that is a link to a file elsewhere: on another disk, or in another data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.side_files import log_of
from arboris_desktop.ui.single_instance import SingleInstance

_KILLED = """
import os, sys
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.services import build_services
build_services({"ARBORIS_HOME": sys.argv[1]}).novels.create(NewNovel("Written before the end"))
os._exit(0)
"""

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """The folder that the link leads into."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def linked(tmp_path: Path, disk: Path) -> DataPaths:
    """A data folder whose database is on the disk, under another name, with one novel."""
    first = DataPaths(tmp_path / "first")
    with_novel = build(first)
    with_novel.novels.create(NewNovel("The Long Ebb"))
    with_novel.close()
    os.rename(first.database, disk / "novels.db")
    first.database.symlink_to(disk / "novels.db")
    return first


def build(paths: DataPaths) -> Services:
    environment: Mapping[str, str] = {"ARBORIS_HOME": str(paths.home)}
    return build_services(environment)


def titles(services: Services) -> list[str]:
    return [each.title for each in services.novels.all()]


def test_whoever_comes_by_another_link_sees_who_has_it_open(
    linked: DataPaths, tmp_path: Path, disk: Path
) -> None:
    other = DataPaths(tmp_path / "other")
    other.home.mkdir()
    (other.home / "arboris.db").symlink_to(disk / "novels.db")
    services, there = build(linked), build(other)

    assert sorted(services.instance.live_owners()) == sorted(
        [services.instance.owner, there.instance.owner]
    )
    there.close()
    made = Backups(linked).make()
    with pytest.raises(StorageError) as caught:
        Backups(other).restore(made)
    assert caught.value.kind is ErrorKind.DATABASE_LOCKED
    first, second = SingleInstance(linked), SingleInstance(other)
    assert first.claim()
    assert not second.claim()
    first.release()
    services.close()


def test_a_backup_is_restored_where_the_link_leads(linked: DataPaths, disk: Path) -> None:
    services = build(linked)
    made = Backups(linked).make()
    services.novels.create(NewNovel("Another"))
    services.close()

    Backups(linked).restore(made)

    assert (linked.home / "arboris.db").is_symlink()
    again = build(linked)
    assert titles(again) == ["The Long Ebb"]
    again.close()
    assert [path.name for path in disk.glob("novels.db*")] == ["novels.db"]


def test_what_a_killed_program_left_beside_the_file_is_read(linked: DataPaths, disk: Path) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(linked.home)], check=True)
    assert log_of(disk / "novels.db").stat().st_size

    again = build(linked)

    assert sorted(titles(again)) == ["The Long Ebb", "Written before the end"]
    again.close()


@pytest.mark.parametrize("is_folder_there", [True, False])
def test_a_disk_that_is_not_connected_gets_no_new_library_in_its_place(
    linked: DataPaths, disk: Path, is_folder_there: bool
) -> None:
    away = disk.rename(disk.with_name("away"))
    if is_folder_there:
        disk.mkdir()

    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            build(linked)
        assert caught.value.kind is ErrorKind.DATABASE_AWAY
        assert str(disk) in caught.value.message
    assert list(disk.iterdir() if disk.exists() else ()) == []
    assert (linked.home / "arboris.db").is_symlink()

    if is_folder_there:
        disk.rmdir()
    away.rename(disk)
    again = build(linked)
    assert titles(again) == ["The Long Ebb"]
    again.close()
