"""``import`` on the command line: the preview, the choices, and the book that comes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.cli import main
from arboris_desktop.services import Services, build_services

ZH = "　　傍晚的風把晾在竹竿上的衣裳吹得獵獵作響，巷口賣餛飩的老人剛剛支起爐子。\n" * 3


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A book of three chapters."""
    path = tmp_path / "雨巷.txt"
    chapters = "\n".join(f"{n}、{title}\n{ZH}" for n, title in enumerate("甲乙丙", 1))
    path.write_text(f"第一卷 春\n{chapters}\n", encoding="big5")
    return path


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    """The data of the command, after it."""
    services = build_services()
    yield services
    services.close()


def preview(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["import", *arguments, "--preview", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_preview_imports_nothing(
    file: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = preview(capsys, str(file))
    assert (found["title"], found["format"], found["rule"]) == ("雨巷", "txt", "1、")
    assert (found["encoding"], found["chapter_count"]) == ("cp950", 3)
    assert [volume["title"] for volume in found["volumes"]] == ["春"]
    assert found["chapters"][0] == {
        "line": 2,
        "label": "1",
        "number": 1,
        "title": "甲",
        "text": "1、甲",
        "rule": "1、",
        "note": None,
        "length": found["chapters"][1]["length"],
        "volume": "春",
    }
    assert {"rule": "1、", "headings": 3} in found["rules"]
    assert found["warnings"] == []
    assert not home.exists()


def test_a_preview_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), "--preview"]) == 0
    told = capsys.readouterr()
    assert "雨巷: 3 chapters" in told.err
    assert [line.split()[2:] for line in told.out.splitlines()][1:] == [
        ["1", "甲"],
        ["2", "乙"],
        ["3", "丙"],
    ]


def test_the_choices_make_the_book(
    file: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--rule", "regex:^[13]、", "--title", "别的书", "--encoding", "big5"]
    assert preview(capsys, str(file), *options)["chapter_count"] == 3  # with the front matter
    assert main(["import", str(file), *options, "--json"]) == 0
    project_id = json.loads(capsys.readouterr().out)["project_id"]
    contents = services.novels.open(project_id)
    assert contents.project.title == "别的书"
    assert [chapter.title for chapter in contents.chapters] == ["前言", "甲", "丙"]


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        (["--rule", "第N回"], "1、", 2),
        (["--rule", "regex:("], "the pattern is wrong", 2),
        (["--encoding", "klingon"], "no encoding 'klingon'", 1),
    ],
)
def test_choices_that_cannot_be_followed(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str, code: int
) -> None:
    for more in ([], ["--preview"]):
        assert main(["import", str(file), *options, *more]) == code
        assert words in capsys.readouterr().err


def test_a_novel_file_takes_no_choices(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(file)])
    project_id = capsys.readouterr().out.strip()
    whole = tmp_path / "novel.arboris"
    main(["export", project_id, "--format", "arboris", "--out", str(whole)])
    assert preview(capsys, str(whole))["chapter_count"] == 3
    assert main(["import", str(whole), "--rule", "none"]) == 2
    assert "says all by itself" in capsys.readouterr().err
