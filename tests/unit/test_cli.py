"""The command line as a whole: wrong use, what no command foresaw, and the data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.services import build_services


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home with space 书"))
    monkeypatch.delenv("ARBORIS_BASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["write"], ["write", "x", "--chapter", "one"], ["new", " "], ["retry", "x"]],
)
def test_wrong_use_exits_2_with_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_unknown_numbers_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retry", "99"]) == 1
    assert main(["cancel", "99"]) == 1
    assert main(["notifications", "read", "99"]) == 1
    assert main(["status", "no-such-project"]) == 1
    assert capsys.readouterr().err.count("arboris-desktop: no ") == 4


def test_an_unforeseen_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    half_a_character = "\ud83d"
    assert main(["new", half_a_character]) == 1

    errors = capsys.readouterr().err
    assert errors.startswith("arboris-desktop: internal error: UnicodeEncodeError")
    assert len(errors.splitlines()) == 1


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = {"PySide6", "sqlalchemy", "alembic", "httpx", "pydantic", "keyring", "qasync"}
    script = "import sys, arboris_desktop.cli; print(*{m.partition('.')[0] for m in sys.modules})"

    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    assert heavy.isdisjoint(printed.split())


@pytest.mark.parametrize("home", ["x" * 300, "/".join(["deep"] * 1200)])
def test_a_data_folder_whose_name_is_too_long_is_told_in_words(
    home: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / home))
    assert main(["status", "--json"]) == 1
    assert "internal error" not in capsys.readouterr().err


def test_a_file_in_the_place_of_the_data_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for home in ("file", "file/within"):
        monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / home))
        assert main(["new", "Tide"]) == 1
        assert "a file stands where a folder is needed" in capsys.readouterr().err


def test_letters_that_the_locale_does_not_know_are_read_as_they_were_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A locale of ASCII gives the program each byte of a title alone."""
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home"))
    title = "潮".encode().decode("ascii", "surrogateescape")
    assert main(["new", title]) == 0
    services = build_services()
    assert [novel.title for novel in services.novels.all()] == ["潮"]
    services.close()
    capsys.readouterr()
    assert main(["new", "\udcff"]) == 2
    assert "it is not written in UTF-8" in capsys.readouterr().err
