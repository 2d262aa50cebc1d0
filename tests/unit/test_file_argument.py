"""Arguments that are files, and those that are commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest

from arboris_desktop import app
from arboris_desktop.cli import main
from arboris_desktop.file_argument import take_file

COMMANDS = ("status", "import", "new")


class RefusedError(Exception):
    pass


def fail(line: str) -> NoReturn:
    raise RefusedError(line)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, one of them called like a command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home"))
    for name in ("status", "归潮.arboris", "plain", "-odd.md"):
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "others", "file"),
    [
        ([], [], None),
        (["status"], ["status"], None),
        (["status", "plain"], ["status", "plain"], None),
        (["./status"], [], "status"),
        (["--", "status"], [], "status"),
        (["--tray", "--", "-odd.md"], ["--tray"], "-odd.md"),
        (["归潮.arboris"], [], "归潮.arboris"),
        (["plain"], [], "plain"),
        (["--tray", "plain"], ["--tray"], "plain"),
        (["plain", "--tray"], ["--tray"], "plain"),
        (["nonsense"], ["nonsense"], None),
        (["--report", "plain", "--self-test"], ["--report", "plain", "--self-test"], None),
        (["import", "归潮.arboris"], ["import", "归潮.arboris"], None),
    ],
)
def test_the_rule(folder: Path, given: list[str], others: list[str], file: str | None) -> None:
    expected = None if file is None else folder / file
    assert take_file(given, COMMANDS, fail) == (others, expected)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["absent.arboris"], "there is no file absent.arboris"),
        (["/absent"], "there is no file /absent"),
        (["."], None),
        (["plain", "归潮.arboris"], "one file can be opened at a time"),
        (["--", "plain", "status"], "one file can be opened at a time"),
        (["--"], "one file can be opened at a time"),
    ],
)
def test_what_cannot_be_opened(given: list[str], line: str | None) -> None:
    if line is None:
        assert take_file(given, COMMANDS, fail) == (given, None)
    else:
        with pytest.raises(RefusedError, match=line):
            take_file(given, COMMANDS, fail)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Records how the window was started, instead of starting it."""
    starts: list[dict[str, Any]] = []

    def run(_arguments: list[str], **options: Any) -> int:
        starts.append(options)
        return 0

    monkeypatch.setattr(app, "run", run)
    return starts


def test_the_window_is_told_the_whole_path(folder: Path, started: list[dict[str, Any]]) -> None:
    assert main(["归潮.arboris"]) == 0
    assert main(["--tray"]) == 0
    assert started == [
        {"in_tray": False, "file": folder / "归潮.arboris"},
        {"in_tray": True, "file": None},
    ]


@pytest.mark.parametrize("given", [["absent.md"], ["plain", "--self-test"], ["plain", "status"]])
def test_wrong_use_is_one_line(
    given: list[str], started: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given) == 2
    assert started == []
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_novel_is_carried_by_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "归潮", "--language", "zh", "--json"]) == 0
    project_id = json.loads(capsys.readouterr().out)["project_id"]
    export = ["export", project_id, "--format", "arboris", "--out", str(folder / "out.arboris")]
    assert main(export) == 0
    assert main(["import", "out.arboris", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["project_id"] != project_id

    assert main(export) == 1
    assert "out.arboris is there already" in capsys.readouterr().err
    assert main([*export, "--overwrite"]) == 0

    (folder / "out.arboris").write_bytes(b"x")
    assert main(["import", "out.arboris"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("arboris-desktop: novel file damaged: out.arboris: ")
