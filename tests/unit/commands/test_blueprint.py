"""``blueprint`` on the command line."""

from __future__ import annotations

import json

import pytest

from arboris_desktop.cli import main
from tests.support.scripted_provider import ScriptedProvider, json_answer, text
from tests.unit.writing.blueprint.blueprint_answers import whole_blueprint


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
