"""``arboris-desktop auto``: chapters in a row, from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.auto_runs import estimate_tokens_of_run
from arboris_desktop.domain.settings import QueueSettings, WritingSettings
from arboris_desktop.services import Services, build_services
from tests.support.scripted_book import CHAPTER, book_rule
from tests.support.scripted_provider import ScriptedProvider, error, schema_name, text

WORDS = 300
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def provider(
    tmp_path: Path, scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> ScriptedProvider:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home 书"))
    monkeypatch.setenv("ARBORIS_BASE_URL", scripted_provider.base_url)
    monkeypatch.setenv("ARBORIS_MAX_PARALLEL", "16")
    monkeypatch.setenv("ARBORIS_MODEL", "test")
    scripted_provider.rule = book_rule()
    with services() as opened:
        opened.preferences.set(WritingSettings(WORDS))
    return scripted_provider


@contextmanager
def services() -> Iterator[Services]:
    """The data folder of the commands."""
    opened = build_services()
    try:
        yield opened
    finally:
        opened.close()


def planned_novel(capsys: Out, chapters: int) -> str:
    assert main(["new", "The Lamp", "--premise", "A keeper."]) == 0
    project_id = capsys.readouterr().out.strip()
    assert main(["outline", project_id, "--chapters", str(chapters)]) == 0
    capsys.readouterr()
    return project_id


def auto(capsys: Out, *arguments: str, code: int = 0) -> tuple[dict[str, Any], str]:
    """The JSON that it printed, and its messages."""
    assert main(["auto", *arguments, "--json"]) == code
    captured = capsys.readouterr()
    return json.loads(captured.out), captured.err


def test_all_planned_chapters_are_written_and_analysed_within_twice_the_estimate(
    capsys: Out,
) -> None:
    project_id = planned_novel(capsys, 2)

    done, said = auto(capsys, project_id)

    assert (done["status"], done["next_chapter"]) == ("completed", 3)
    assert [each["analysis"] for each in done["chapters"]] == ["completed"] * 2
    assert done["options"]["max_tokens"] == 2 * estimate_tokens_of_run(2, WORDS, 1)
    assert done["tokens"] > 0
    assert "chapter 2: analysing" in said


def test_some_chapters_are_written_without_waiting_for_their_analyses(capsys: Out) -> None:
    project_id = planned_novel(capsys, 3)

    done, _ = auto(
        capsys, project_id, "--from", "1", "--to", "2", "--no-wait", "--max-minutes", "9"
    )

    assert [each["analysis"] for each in done["chapters"]] == ["pending"] * 2
    assert (done["options"]["max_tokens"], done["options"]["max_minutes"]) == (0, 9)


def test_of_two_versions_the_recommended_one_is_taken(
    capsys: Out, provider: ScriptedProvider
) -> None:
    project_id = planned_novel(capsys, 1)

    auto(capsys, project_id, "--candidates", "2")

    assert "evaluate_candidates" in provider.schema_names()
    with services() as opened:
        chapter = opened.novels.open(project_id).chapters[0]
        assert len(opened.editing.open(chapter.id).versions) == 2


def test_it_stops_at_its_bound_with_the_reason_and_goes_on_with_a_higher_one(capsys: Out) -> None:
    project_id = planned_novel(capsys, 2)

    stopped, said = auto(capsys, project_id, "--max-tokens", "1", code=1)

    assert (stopped["stop_reason"], stopped["next_chapter"]) == ("tokens", 1)
    assert "the run waits at chapter 1: the limit of tokens is reached" in said
    assert main(["auto", project_id]) == 2
    assert "give --continue or --cancel" in capsys.readouterr().err

    done, _ = auto(capsys, project_id, "--continue", "--max-tokens", "1000000")

    assert (done["run_id"], done["status"]) == (stopped["run_id"], "completed")


def test_a_provider_that_refuses_stops_it_and_the_run_can_be_ended(
    capsys: Out, provider: ScriptedProvider
) -> None:
    project_id = planned_novel(capsys, 2)
    provider.rule = lambda _request: error(401, "bad key")

    stopped, said = auto(capsys, project_id, code=1)

    assert stopped["stop_reason"] == "provider"
    assert "unauthorized" in said
    ended, _ = auto(capsys, project_id, "--cancel")
    assert ended["status"] == "cancelled"
    assert main(["auto", project_id, "--continue"]) == 2
    assert "no run of this novel is unfinished" in capsys.readouterr().err


def test_an_analysis_that_fails_stops_it(capsys: Out, provider: ScriptedProvider) -> None:
    project_id = planned_novel(capsys, 2)
    whole = book_rule()
    provider.rule = lambda request: (
        error(401, "bad key") if schema_name(request) == "new_characters" else whole(request)
    )

    stopped, said = auto(capsys, project_id, code=1)

    assert (stopped["stop_reason"], stopped["next_chapter"]) == ("analysis", 1)
    assert "failed: unauthorized" in said


def test_a_paused_queue_is_not_waited_for(capsys: Out) -> None:
    project_id = planned_novel(capsys, 2)
    with services() as opened:
        opened.preferences.set(QueueSettings(paused=True))

    stopped, said = auto(capsys, project_id, code=1)

    assert (stopped["stop_reason"], stopped["next_chapter"]) == ("analysis", 1)
    assert "the queue is paused" in said


def test_another_provider_writes_when_it_is_named(capsys: Out, provider: ScriptedProvider) -> None:
    project_id = planned_novel(capsys, 1)
    asked = len(provider.requests)
    with ScriptedProvider(lambda _request: text(CHAPTER)) as other:
        auto(capsys, project_id, "--no-wait", "--provider", other.base_url)
        assert other.requests
    assert len(provider.requests) == asked


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "3", "--to", "2"],
        ["--from", "0"],
        ["--max-tokens", "-1"],
        ["--continue"],
        ["--continue", "--cancel"],
        ["--candidates", "9"],
    ],
)
def test_wrong_use_exits_2_with_one_line(arguments: list[str], capsys: Out) -> None:
    project_id = planned_novel(capsys, 1)

    assert main(["auto", project_id, *arguments]) == 2

    said = capsys.readouterr().err.strip().splitlines()
    assert said[-1].startswith("arboris-desktop")


def test_without_json_the_end_is_told_in_a_line(capsys: Out) -> None:
    project_id = planned_novel(capsys, 1)

    assert main(["auto", project_id]) == 0

    assert capsys.readouterr().out.startswith("1 of 1 chapters, ")


def test_an_unknown_novel_is_named() -> None:
    assert main(["auto", "no-such-project"]) == 1


def test_ten_chapters_are_summed_up_while_the_run_goes_on(
    capsys: Out, provider: ScriptedProvider
) -> None:
    project_id = planned_novel(capsys, 10)

    auto(capsys, project_id)

    with services() as opened:
        state = opened.summaries.state(project_id)
    assert (state.made, state.due) == (1, 0)
    asked = [request for request in provider.requests if "10. " in str(request)]
    assert asked
