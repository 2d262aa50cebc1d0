"""Which processes live: told by locks that die with their process."""

from __future__ import annotations

import subprocess
import sys

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths, data_paths

_OTHER_PROCESS = """
import sys
from pathlib import Path
from arboris_desktop.storage.engine.instances import Instance
instance = Instance(Path(sys.argv[1]))
print(instance.owner, flush=True)
sys.stdin.read()
"""


def test_a_killed_process_is_dead_at_once(paths: DataPaths, instance: Instance) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(paths.instances)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
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


def test_the_environment_names_the_data_folder(paths: DataPaths) -> None:
    assert data_paths({"ARBORIS_HOME": str(paths.home)}) == paths
    assert data_paths({}).home.is_absolute()
