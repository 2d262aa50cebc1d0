from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from tests.support.scripted_provider import (
    ChapterFacts,
    ScriptedProvider,
    perfect_rule,
    status,
)

STORY = "Mara lit the lamp. " * 80


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home with space 书"))
    monkeypatch.delenv("ARBORIS_BASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def provider(
    scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> ScriptedProvider:
    monkeypatch.setenv("ARBORIS_BASE_URL", scripted_provider.base_url)
    monkeypatch.setenv("ARBORIS_MODEL", "test")
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp.", {}))
    return scripted_provider


def begin(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["new", "The Lamp", "--premise", "A keeper.", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["project_id"])


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


def test_a_chapter_without_a_plan_is_written_from_the_premise(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)

    assert main(["write", project_id, "--chapter", "1"]) == 0

    assert capsys.readouterr().out.strip() == STORY.strip()
    assert "A keeper." in json.dumps(provider.requests[-1])
    assert main(["status", project_id, "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert (counts["total"], counts["pending"]) == (1, 1)
    assert counts["recent_tasks"][0]["chapter_number"] == 1


def test_write_as_json_prints_nothing_else(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)

    assert main(["write", project_id, "--chapter", "1", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["characters"] == len(STORY)


def test_a_chapter_beyond_the_next_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    project_id = begin(capsys)

    assert main(["write", project_id, "--chapter", "3"]) == 2
    assert "the next one is 1" in capsys.readouterr().err


def test_a_provider_that_refuses_is_named_and_nothing_is_stored(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)
    provider.behaviours.append(status(401, '{"error": {"message": "bad key"}}'))

    assert main(["write", project_id, "--chapter", "1"]) == 1

    assert "unauthorized" in capsys.readouterr().err
    main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["total"] == 0


def test_unknown_numbers_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retry", "99"]) == 1
    assert main(["cancel", "99"]) == 1
    assert main(["notifications", "read", "99"]) == 1
    assert main(["status", "no-such-project"]) == 1
    assert capsys.readouterr().err.count("arboris-desktop: no ") == 4


def test_a_book_comes_back_as_it_was_brought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "书.md"
    source.write_text("# 灯塔\n\n## 第1章 夜\n\n马拉点灯。\n", encoding="utf-8")

    assert main(["import", str(source), "--json"]) == 0
    project_id = json.loads(capsys.readouterr().out)["project_id"]
    target = tmp_path / "out.md"
    assert main(["export", project_id, "--format", "md", "--out", str(target)]) == 0

    assert "马拉点灯。" in target.read_text(encoding="utf-8")
    assert main(["import", str(tmp_path / "absent.txt")]) == 1


def test_doctor_reports_a_dead_provider(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARBORIS_BASE_URL", "http://127.0.0.1:9/v1")

    assert main(["doctor"]) == 1

    assert "problem" in capsys.readouterr().out
