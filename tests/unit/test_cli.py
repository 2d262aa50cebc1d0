from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ExportSettings, ProviderKind, ProviderSettings
from arboris_desktop.services import build_services
from tests.support.prose import prose
from tests.support.scripted_provider import (
    MODEL,
    ChapterFacts,
    ScriptedProvider,
    json_answer,
    perfect_rule,
    schema_name,
    status,
    text,
)
from tests.unit.writing.blueprint.blueprint_answers import whole_blueprint

STORY = prose(320)


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
    monkeypatch.setenv("ARBORIS_MAX_PARALLEL", "16")
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

    written = json.loads(capsys.readouterr().out)
    assert (written["characters"], written["doubtful"]) == (len(STORY), "")


def test_a_chapter_that_the_model_leaves_cut_is_kept_as_a_draft(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)
    provider.behaviours.extend([text(STORY, finish_reason="length")] * 2)

    assert main(["write", project_id, "--chapter", "1"]) == 1

    assert "answer cut" in capsys.readouterr().err
    assert main(["write", project_id, "--chapter", "1", "--draft", "continue"]) == 0


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
    export = ["export", project_id, "--format", "txt", "--file-per-chapter", "--out"]
    assert main([*export, str(tmp_path / "书"), "--encoding", "gb18030"]) == 0
    assert "马拉点灯。" in (tmp_path / "书" / "001 夜.txt").read_text(encoding="gb18030")
    assert main([*export, "-"]) == 2
    project = ["export", project_id, "--format", "novelwriter", "--out"]
    assert main([*project, str(tmp_path / "nw")]) == 0
    assert (tmp_path / "nw" / "nwProject.nwx").is_file()
    assert main([*project, "-"]) == 2
    assert "needs a folder" in capsys.readouterr().err
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


def test_doctor_reports_a_dead_provider(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARBORIS_BASE_URL", "http://127.0.0.1:9/v1")

    assert main(["doctor"]) == 1

    assert "problem" in capsys.readouterr().out


def test_doctor_tells_what_to_do_about_a_damaged_database(
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = Path(os.environ["ARBORIS_HOME"])
    home.mkdir()
    (home / "arboris.db").write_bytes(b"this was a database once " * 400)

    assert main(["doctor"]) == 1

    [line] = [one for one in capsys.readouterr().out.splitlines() if one.startswith("problem")]
    assert "doctor --restore newest" in line


@pytest.mark.skipif(sys.platform == "win32", reason="folders of a user are closed there")
def test_doctor_tells_when_others_may_read_the_novels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_to_all = tmp_path / "like tmp"
    open_to_all.mkdir()
    open_to_all.chmod(0o1777)
    for home, notes in ((os.environ["ARBORIS_HOME"], 0), (str(open_to_all), 1)):
        monkeypatch.setenv("ARBORIS_HOME", home)
        main(["doctor"])
        said = capsys.readouterr().out
        assert said.count("note     other users of this computer may look into") == notes


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have one of their own")
@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "note     input method: no variable names one: to type Chinese"),
        ({"QT_IM_MODULE": "fcitx"}, "note     input method: QT_IM_MODULE=fcitx: nothing runs"),
        ({"QT_IM_MODULES": "compose"}, "note     input method: QT_IM_MODULES=compose: only ibus"),
        ({"WAYLAND_DISPLAY": "w"}, "ok       input method: no variable names one: the Wayland"),
    ],
)
def test_doctor_tells_how_chinese_is_typed(
    variables: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("QT_IM_MODULES", "QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS")
    for name in (*names, "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    address = tmp_path / "address"
    monkeypatch.setenv("IBUS_ADDRESS_FILE", str(address))

    def line() -> str:
        main(["doctor"])
        [found] = [one for one in capsys.readouterr().out.splitlines() if "input method" in one]
        return found

    assert line().startswith(said)
    address.write_text(f"IBUS_ADDRESS=unix:path=/x\nIBUS_DAEMON_PID={os.getpid()}\n")
    if "fcitx" in said:
        assert line().startswith("ok       input method: QT_IM_MODULE=fcitx: it runs")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these always have a screen")
def test_doctor_says_nothing_of_typing_where_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    main(["doctor"])
    assert "input method" not in capsys.readouterr().out


def test_the_built_in_model_is_used_when_it_is_asked_for(
    provider: ScriptedProvider, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)
    services = build_services()
    absent = str(tmp_path / "absent.gguf")
    services.preferences.set(
        ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, provider.base_url, model_path=absent)
    )
    services.close()

    assert main(["write", project_id, "--chapter", "1", "--provider", "built-in"]) == 1

    assert "built in model missing" in capsys.readouterr().err
    assert provider.requests == []


def set_up(*servers: ScriptedProvider) -> None:
    """Profiles called "Model 1", "Model 2"… for these servers."""
    services = build_services()
    profiles = tuple(
        ProviderProfile(
            f"provider-{number}",
            f"Model {number}",
            ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, server.base_url, MODEL),
        )
        for number, server in enumerate(servers, 1)
    )
    services.providers.store(ProviderRoster(profiles))
    services.close()


def test_a_model_of_the_settings_is_chosen_by_its_name(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)
    with ScriptedProvider(lambda _request: text("Another hand.")) as other:
        set_up(provider, other)
        chapter = ["write", project_id, "--chapter", "1"]
        assert main([*chapter, "--provider", "model 2"]) == 0
        assert other.requests
    assert provider.requests == []
    assert "Another hand." in capsys.readouterr().out

    assert main([*chapter, "--provider", "nobody"]) == 2
    said = capsys.readouterr().err
    assert "no provider is called 'nobody' (there is: Model 1, Model 2)" in said


def test_doctor_asks_every_model_of_the_settings(
    provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("ARBORIS_BASE_URL")
    monkeypatch.delenv("ARBORIS_MODEL", raising=False)
    with ScriptedProvider() as other:
        refusal = status(401, '{"error": {"message": "bad key"}}')
        other.listing, other.rule = refusal, lambda _request: refusal
        set_up(provider, other)
        assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "ok       Model 1 (scripted · 127.0.0.1) offers 1 model" in lines
    (problem,) = [line for line in lines if line.startswith("problem")]
    assert "Model 2 (scripted · 127.0.0.1): unauthorized (bad key)" in problem


@pytest.mark.parametrize("configured", [True, False])
def test_a_key_is_shown_to_its_own_server_only(
    provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    configured: bool,
) -> None:
    monkeypatch.setenv("ARBORIS_API_KEY", "sk-of-one-server")
    address = provider.base_url if configured else "http://127.0.0.1:9/v1"
    monkeypatch.setenv("ARBORIS_BASE_URL", address)
    project_id = begin(capsys)

    main(["write", project_id, "--chapter", "1", "--provider", provider.base_url])

    assert set(provider.keys) == {"Bearer sk-of-one-server" if configured else None}


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


def test_a_whole_book_is_estimated_queued_held_and_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.md"
    book.write_text("# The Lamp\n\n" + "".join(f"## Chapter {n}\n\n{STORY}\n\n" for n in (1, 2, 3)))
    assert main(["import", str(book)]) == 0
    project_id = capsys.readouterr().out.strip()

    assert main(["batch", "estimate", project_id, "--chapters", "1-2", "--json"]) == 0
    estimate = json.loads(capsys.readouterr().out)
    assert (estimate["chapters"], estimate["cost"]) == (2, None)
    assert main(["batch", "start", project_id, "--json"]) == 0
    batch_id = json.loads(capsys.readouterr().out)["batch_id"]
    assert main(["batch", "pause", str(batch_id)]) == 0
    assert main(["batch", "pause", str(batch_id)]) == 2
    assert main(["batch", "start", project_id]) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith(": a batch of this novel is under way")
    assert main(["batch", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["status"], listed["total"], listed["unfinished"]) == ("paused", 3, 3)
    assert main(["batch", "cancel", str(batch_id)]) == 0
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cancelled"] == 3
    assert main(["batch", "resume", "99"]) == 1


def test_of_several_candidates_the_recommended_one_is_taken(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    def said_of(letter: str, overall: int) -> dict[str, object]:
        return {"candidate": letter, "pros": [], "cons": [], "overall": overall}

    verdict = {"candidates": [said_of("A", 40), said_of("B", 90)], "recommended": "B",
               "reason": "Brighter."}  # fmt: skip
    project_id = begin(capsys)
    whole = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp.", {}))
    provider.rule = lambda request: (
        json_answer(verdict) if schema_name(request) == "evaluate_candidates" else whole(request)
    )

    assert main(["write", project_id, "--chapter", "1", "--candidates", "2", "--json"]) == 0

    written = json.loads(capsys.readouterr().out)
    assert written["characters"] == len(STORY)
    assert (written["finished"], written["reason"]) == (2, "Brighter.")
    assert main(["status", project_id, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pending"] == 1


def test_candidates_that_all_fail_end_in_1_with_the_reason(
    provider: ScriptedProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    project_id = begin(capsys)
    provider.rule = lambda _request: status(401, '{"error": {"message": "bad key"}}')

    assert main(["write", project_id, "--chapter", "1", "--candidates", "2"]) == 1

    errors = capsys.readouterr().err
    assert "A: unauthorized" in errors
    assert "no version was finished" in errors


def test_a_blueprint_is_made_of_a_premise_and_adopted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedProvider(whole_blueprint) as provider:
        provider.behaviours.append(json_answer({"genre": "mystery"}))
        monkeypatch.setenv("ARBORIS_BASE_URL", provider.base_url)
        assert main(["new", "Untitled", "--premise", "A dark lighthouse.", "--json"]) == 0
        project_id = json.loads(capsys.readouterr().out)["project_id"]

        assert main(["blueprint", project_id, "--adopt", "--json"]) == 0

        made = json.loads(capsys.readouterr().out)
        assert made["missing"] == []
        assert made["blueprint"]["characters"][0]["name"] == "Mara"
        assert len(provider.requests) == 6

        assert main(["blueprint", project_id]) == 0
        assert "Mara → To: does not trust him" in capsys.readouterr().out
        assert len(provider.requests) == 6, "nothing was missing any more"


def test_what_a_model_left_out_of_the_blueprint_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedProvider(lambda _request: text(" ")) as provider:
        monkeypatch.setenv("ARBORIS_BASE_URL", provider.base_url)
        assert main(["new", "Ebb", "--premise", "A dark lighthouse."]) == 0
        project_id = capsys.readouterr().out.strip()

        assert main(["blueprint", project_id]) == 1

        assert "the model left out: basics, synopsis" in capsys.readouterr().err


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
