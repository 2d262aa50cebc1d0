"""``import``, ``export``, ``codex`` and ``arrivals`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.settings import ExportSettings
from arboris_desktop.services import build_services
from tests.support.scripted_provider import ScriptedProvider
from tests.unit.commands.command_setup import begin


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
    export = ["export", project_id, "--format", "txt", "--file-per-chapter", "--out"]
    assert main([*export, str(tmp_path / "书"), "--encoding", "gb18030"]) == 0
    assert "马拉点灯。" in (tmp_path / "书" / "001 夜.txt").read_text(encoding="gb18030")
    assert main([*export, "-"]) == 2
    project = ["export", project_id, "--format", "novelwriter", "--out"]
    assert main([*project, str(tmp_path / "nw")]) == 0
    assert (tmp_path / "nw" / "nwProject.nwx").is_file()
    assert main([*project, "-"]) == 2
    assert "needs a folder" in capsys.readouterr().err
    assert main([*export, str(tmp_path / "x"), "--content", "codex"]) == 2
    assert "leave out --content codex" in capsys.readouterr().err
    front = ["export", project_id, "--format", "txt", "--front", str(source), "--out", "-"]
    assert main([*front, "--platform", "qidian"]) == 2
    assert "leave out --front" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "absent.txt")]) == 1

    services = build_services()
    kept = {"mine": {"encoding": "utf-16", "line_ends": "crlf", "front": "献词"}}
    services.preferences.set(ExportSettings({}, kept))
    services.close()
    text = ["export", project_id, "--format", "txt", "--preset", "mine", "--out"]
    assert main([*text, str(tmp_path / "a.txt")]) == 0
    assert "献词\r\n" in (tmp_path / "a.txt").read_bytes().decode("utf-16")
    assert main([*text, str(tmp_path / "b.txt"), "--encoding", "gb18030"]) == 0
    assert "献词\r\n" in (tmp_path / "b.txt").read_bytes().decode("gb18030")
    assert main(["export", project_id, "--format", "txt", "--preset", "x", "--out", "-"]) == 2
    assert "those kept: mine" in capsys.readouterr().err

    table = tmp_path / "codex.csv"
    table.write_text("name,aliases\n马拉,小马\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["codex", project_id, "--import", str(table)]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": 1, "changed": 0}
    assert main(["codex", project_id, "--export", str(tmp_path / "out.csv")]) == 0
    assert "character,马拉,小马" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert main(["codex", "no-such-project", "--import", str(table)]) == 1


def test_what_came_with_a_novel_file_waits_for_a_decision(
    provider: ScriptedProvider,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project_id = begin(capsys)
    assert main(["write", project_id, "--chapter", "1"]) == 0
    services = build_services()
    services.guides.save(project_id, WritingGuide("A spy.", (), ("No rain.", "No sun.")))
    services.close()
    novel_file = tmp_path / "lamp.arboris"
    assert main(["export", project_id, "--format", "arboris", "--out", str(novel_file)]) == 0
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "elsewhere"))
    capsys.readouterr()
    asked = len(provider.requests)

    assert main(["import", str(novel_file)]) == 0

    arrived, told = capsys.readouterr()
    arrived = arrived.strip()
    assert "1 chapters wait for analysis" in told
    assert "instructions for the model (voice, 2 rules), which are off" in told
    assert main(["analyse", "--until-empty"]) == 0
    assert len(provider.requests) == asked, "nobody has asked for anything here"
    assert main(["arrivals", arrived, "--analyse", "--accept-instructions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"resting": 0, "instructions": []}
    assert main(["analyse", "--until-empty"]) == 0
    assert len(provider.requests) > asked
    services = build_services()
    assert services.guides.get(arrived).constitution == ("No rain.", "No sun.")
    services.close()

    capsys.readouterr()
    assert main(["import", str(novel_file), "--accept-instructions", "--json"]) == 0
    trusted = json.loads(capsys.readouterr().out)
    assert (trusted["resting"], trusted["instructions"]) == (1, [])
    assert main(["arrivals", trusted["project_id"], "--leave"]) == 0
    assert capsys.readouterr().out.startswith("0 chapters")
