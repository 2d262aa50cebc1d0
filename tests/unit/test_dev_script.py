"""The developer command, the pinned requirements and the project file agree with each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dev


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    with (dev.ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def listed(name: str) -> list[str]:
    """Returns the requirements of a `.in` file, without comments and options."""
    lines = (dev.REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] not in "#-"]


def pinned(name: str) -> dict[str, str]:
    """Returns package -> the rest of its entry in a pinned file."""
    text = (dev.REQUIREMENTS / name).read_text(encoding="utf-8").rstrip()
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M))
    return dict(entry.split("==", 1) for entry in entries if entry)


def test_project_file_and_requirement_files_list_the_same(project: dict[str, Any]) -> None:
    assert listed("runtime.in") == project["dependencies"]
    assert listed("server.in") == project["optional-dependencies"]["server"]
    assert listed("databases.in") == project["optional-dependencies"]["databases"]
    assert listed("dev.in") == project["optional-dependencies"]["dev"]


def test_developing_uses_the_versions_that_are_shipped() -> None:
    shipped, developed = pinned("runtime.txt"), pinned("dev.txt")
    assert "pyside6-essentials" in shipped
    assert shipped == {name: developed[name] for name in shipped}


@pytest.mark.parametrize(
    "name",
    ["runtime.txt", "server.txt", "databases.txt", "dev.txt", "model.txt", "bench.txt"],
)
def test_every_pin_has_hashes_and_names_no_place(name: str) -> None:
    entries = pinned(name)
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries.values())
    text = (dev.REQUIREMENTS / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|^-[erf]|file:", text, flags=re.M)


@pytest.mark.parametrize(
    ("environ", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_has_screen(environ: dict[str, str], platform: str, seen: bool) -> None:
    assert dev.has_screen(environ, platform) is seen


def test_what_follows_test_goes_to_pytest() -> None:
    options, extra = dev.parse(["test", "-q", "--ou", "tests/unit", "-k", "name"])
    assert options.command == "test"
    assert extra == ["-q", "--ou", "tests/unit", "-k", "name"]


def test_out_folder_is_ours_and_has_a_default() -> None:
    assert dev.parse(["demo"])[0].out == Path("demo-out")
    options, extra = dev.parse(["run", "--out", "pictures", "--verbose"])
    assert (options.out, extra) == (Path("pictures"), ["--verbose"])


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check", "more"]])
def test_wrong_arguments_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        dev.parse(arguments)
    assert "usage: dev.py" in capsys.readouterr().err


def test_exit_code_of_the_program_is_passed_on() -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(3)"]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_exit_code_of_a_killed_program_is_that_of_a_shell() -> None:
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert dev.call([sys.executable, "-c", killed]) == 137


@pytest.mark.parametrize(
    ("stderr", "advice"),
    [
        ("ERROR: No matching distribution (from versions: none)", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "hash differs"),
        ("ERROR: something else", "its reason is above"),
    ],
)
def test_pip_advice(stderr: str, advice: str) -> None:
    assert advice in dev.pip_advice(stderr)


def test_a_broken_environment_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert dev.usable_venv()
    monkeypatch.setattr(dev, "VENV", tmp_path)
    assert not dev.usable_venv()


def test_an_edited_pin_changes_the_fingerprint(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = dev.fingerprint()
    for name in ("dev.txt", "model.txt"):
        (tmp_path / name).write_bytes((dev.REQUIREMENTS / name).read_bytes())
    monkeypatch.setattr(dev, "REQUIREMENTS", tmp_path)
    assert dev.fingerprint() == before
    (tmp_path / "model.txt").write_text("other==1", encoding="utf-8")
    assert dev.fingerprint() != before


@pytest.mark.parametrize("name", ["qt", "fonts", "ci"])
def test_system_packages_are_listed_once_and_sorted(name: str) -> None:
    packages = dev.apt_packages(name)
    assert packages == sorted(set(packages))
    assert all(re.fullmatch(r"[a-z0-9.+-]+", package) for package in packages)


def test_the_script_needs_the_standard_library_only() -> None:
    # -I -S: no site-packages, so an import from outside the standard library would fail.
    command = [sys.executable, "-I", "-S", str(dev.ROOT / "dev.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in dev.COMMANDS)
