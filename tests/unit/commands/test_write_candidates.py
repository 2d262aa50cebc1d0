"""``write --candidates`` on the command line."""

from __future__ import annotations

import json

import pytest

from arboris_desktop.cli import main
from tests.support.scripted_provider import (
    ChapterFacts,
    ScriptedProvider,
    json_answer,
    perfect_rule,
    schema_name,
    status,
)
from tests.unit.commands.command_setup import STORY, begin


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
