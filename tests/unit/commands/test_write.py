"""``write`` on the command line: the chapter, the model that is asked, and failures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.services import build_services
from tests.support.scripted_provider import ScriptedProvider, status, text
from tests.unit.commands.command_setup import STORY, begin, set_up


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
