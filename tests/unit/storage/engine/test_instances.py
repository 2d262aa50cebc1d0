"""Living processes are known by locks that die with them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths, data_paths

_OTHER_PROCESS = """
import sys
from pathlib import Path
from arboris_desktop.storage.engine.instances import Instance
instance = Instance(Path(sys.argv[1]))
with instance.claim("auto-run-7"), instance.noting(Path(sys.argv[2])):
    print(instance.owner, flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_process(paths: DataPaths, noted: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a claim and has noted a file, until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(paths.instances), str(noted)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        yield other


def left_in(paths: DataPaths) -> list[str]:
    return sorted(path.name for path in paths.instances.iterdir())


def test_a_killed_process_is_dead_at_once(paths: DataPaths, instance: Instance) -> None:
    with other_process(paths, paths.home / "noted") as other:
        assert other.stdout is not None
        owner = other.stdout.readline().strip()
        while_alive = instance.live_owners()
        other.kill()
        other.wait()
        after_death = instance.live_owners()

    assert sorted(while_alive) == sorted([instance.owner, owner])
    assert after_death == [instance.owner]
    assert [path.stem for path in paths.instances.glob("*.lock")] == [instance.owner]


def test_looking_twice_finds_the_same(paths: DataPaths, instance: Instance) -> None:
    second = Instance(paths.instances)

    assert instance.live_owners() == instance.live_owners() == second.live_owners()
    assert set(instance.live_owners()) == {instance.owner, second.owner}

    second.close()
    assert instance.live_owners() == [instance.owner]


def test_what_a_killed_process_left_is_cleared_away_by_the_next(paths: DataPaths) -> None:
    noted = paths.home / "half a file 书"
    noted.write_text("half")
    with other_process(paths, noted) as other:
        assert other.stdout is not None
        other.stdout.readline()
        beside = Instance(paths.instances)
        beside.close()
        with beside.claim("auto-run-7") as is_free:
            assert not is_free
        assert noted.exists()
        other.kill()
    assert len(left_in(paths)) == 3

    Instance(paths.instances).close()

    assert left_in(paths) == []
    assert not noted.exists()


def test_a_noted_file_waits_for_its_folder(paths: DataPaths) -> None:
    stick = paths.home / "stick"
    with other_process(paths, stick / "half") as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    Instance(paths.instances).close()
    stick.mkdir()
    (stick / "half").write_text("half")

    Instance(paths.instances).close()

    assert left_in(paths) == []
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(("name", "goes"), [(f".{'a' * 32}.tmp", True), ("Letters", False)])
def test_a_folder_is_removed_only_if_it_was_being_filled(
    paths: DataPaths, name: str, goes: bool
) -> None:
    noted = paths.home / name
    (noted / "inner").mkdir(parents=True)
    dead = Instance(paths.instances)
    (paths.instances / f"{dead.owner}.{'b' * 12}.note").write_bytes(os.fsencode(noted))
    dead.close()
    (paths.instances / f"{dead.owner}.lock").touch()
    Instance(paths.instances).close()
    assert noted.exists() is not goes


def test_what_ends_in_order_leaves_nothing(paths: DataPaths) -> None:
    only = Instance(paths.instances)
    noted = paths.home / "whole"
    noted.write_text("whole")
    with only.claim("auto-run-7") as first, only.claim("auto-run-7") as second:
        assert (first, second) == (True, False)
    with only.noting(noted):
        pass
    only.close()
    assert left_in(paths) == []
    assert noted.exists()


def test_the_environment_names_the_data_folder(paths: DataPaths) -> None:
    assert data_paths({"ARBORIS_HOME": str(paths.home)}) == paths
    assert data_paths({}).home.is_absolute()
