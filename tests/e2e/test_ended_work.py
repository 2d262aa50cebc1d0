"""Commands that work the queue, ended in the ways processes end: the next one goes on."""

from __future__ import annotations

import json
import signal

import pytest

from tests.e2e.command_line import ENDS, WAIT_SECONDS, CommandLine, ignored, on_posix
from tests.support.scripted_provider import ScriptedProvider, stall

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.faults,
    pytest.mark.timeout(300),
    on_posix,
]


@pytest.mark.parametrize("number", ENDS)
def test_a_stopped_run_waits_and_goes_on_with_what_came(
    cli: CommandLine, scripted_provider: ScriptedProvider, number: signal.Signals
) -> None:
    project_id = cli.begin()
    scripted_provider.behaviours.append(stall(after="Mara lit the lamp."))

    with cli.started("auto", project_id, "--to", "2", "--json") as process:
        scripted_provider.wait_for_requests(1)
        process.send_signal(number)
        output, errors = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 130
    assert "the run waits at chapter 1: stopped" in errors
    assert "Traceback" not in errors
    stopped = json.loads(output)
    assert (stopped["status"], stopped["stop_reason"]) == ("paused", "author")

    done = cli.json("auto", project_id, "--continue", "--max-minutes", "5")

    assert (done["run_id"], done["status"]) == (stopped["run_id"], "completed")
    assert [chapter["analysis"] for chapter in done["chapters"]] == ["completed"] * 2


def test_a_run_in_the_background_of_a_script_is_stopped_too(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    scripted_provider.behaviours.append(stall(after="Mara lit the lamp."))

    with (
        ignored(signal.SIGINT),
        cli.started("auto", project_id, "--to", "2", "--json") as process,
    ):
        scripted_provider.wait_for_requests(1)
        process.terminate()
        output, errors = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 130
    assert "Traceback" not in errors
    stopped = json.loads(output)
    assert (stopped["status"], stopped["stop_reason"]) == ("paused", "author")


@pytest.mark.parametrize("number", ENDS)
def test_a_stopped_analysis_puts_its_task_back(
    cli: CommandLine, scripted_provider: ScriptedProvider, number: signal.Signals
) -> None:
    project_id = cli.begin()
    cli.run("write", project_id, "--chapter", "1")
    before = len(scripted_provider.requests)
    scripted_provider.behaviours.append(stall())

    with cli.started("analyse") as process:
        scripted_provider.wait_for_requests(before + 1)
        process.send_signal(number)
        _, errors = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 130
    assert errors.splitlines()[-1] == "arboris-desktop: stopped; what ran is back in the queue"
    status = cli.json("status")
    assert (status["pending"], status["processing"]) == (1, 0)


def test_a_killed_analysis_is_finished_by_the_next_one(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    cli.run("write", project_id, "--chapter", "1")
    before = len(scripted_provider.requests)
    scripted_provider.behaviours.append(stall())
    with cli.started("analyse", "--until-empty"):
        scripted_provider.wait_for_requests(before + 1)
    assert cli.json("status")["processing"] == 1

    cli.run("analyse", "--until-empty")

    status = cli.json("status")
    assert (status["total"], status["completed"]) == (1, 1)
    assert len(cli.completed()) == 1
