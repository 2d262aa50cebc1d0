"""``arboris-desktop --self-test`` on a whole installation and on one that lacks a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop import __version__
from arboris_desktop.llm.builtin_files import find_bundled_model

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def self_test(root: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the self-test of the package in ``root``, beside an author's data in ``home``."""
    environment = os.environ | {
        "ARBORIS_HOME": str(home),
        # It must not ask the author's server.
        "ARBORIS_BASE_URL": "http://127.0.0.1:9/v1",
        "PYTHONPATH": str(root),
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "arboris_desktop", "--self-test", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.long
@pytest.mark.alone
@pytest.mark.skipif(find_bundled_model() is None, reason="the model is not installed")
def test_a_whole_installation_passes(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "report.json"
    ended = self_test(ROOT, home, "--report", str(file))
    assert ended.returncode == 0, ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    assert json.loads(file.read_text(encoding="utf-8")) == report
    assert (report["passed"], report["failed"], report["version"]) == (True, None, __version__)
    assert report["model"]["tokens"] == 50
    assert report["analysis"]["tokens"] > 0
    assert {"keyring", "notifications"} <= report.keys()
    assert not home.exists(), "the author's data folder was touched"


def copy_installation(folder: Path, *left_out: str) -> None:
    # Whoever runs beside may be compiling a module, whose file then has another name for a moment.
    left_out = (*left_out, "*.pyc.*")
    for part in ("arboris_desktop", "resources"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(*left_out))


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    copy_installation(tmp_path, "*.qm")
    ended = self_test(tmp_path, tmp_path / "home")
    assert ended.returncode == 1
    report = json.loads(ended.stdout)
    assert report["passed"] is False
    assert report["failed"] == "'&Novel' of Menus is not translated"
    assert report["failed"] in ended.stderr


def test_a_broken_schema_is_noticed(tmp_path: Path) -> None:
    copy_installation(tmp_path)
    (migration,) = (tmp_path / "arboris_desktop/storage/migrations/versions").glob("0002_*.py")
    migration.unlink()
    ended = self_test(tmp_path, tmp_path / "home")
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["passed"] is False


@pytest.mark.parametrize("arguments", [["--self-test", "status"], ["--report", "here.json"]])
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "arboris_desktop", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
