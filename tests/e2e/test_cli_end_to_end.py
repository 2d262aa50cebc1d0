"""From a new novel to a read notification by commands alone, in real processes."""

from __future__ import annotations

import importlib.util

import pytest

from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.builtin_files import find_bundled_model
from tests.e2e.command_line import REAL_MODEL_SECONDS, SECRET, STORY, CommandLine
from tests.support.scripted_provider import ScriptedProvider, error

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


@pytest.mark.every_database
@pytest.mark.usefixtures("paths")
def test_from_a_new_novel_to_a_read_notification(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()

    assert cli.run("write", project_id, "--chapter", "1").strip() == STORY.strip()
    cli.run("analyse", "--until-empty", "--max-concurrent", "1")

    status = cli.json("status", project_id)
    assert (status["total"], status["completed"], status["failed"]) == (1, 1, 0)
    assert [task["status"] for task in status["recent_tasks"]] == ["completed"]
    [notification] = [
        one for one in cli.json("notifications", "--unread") if one["type"] == "completed"
    ]
    cli.run("notifications", "read", str(notification["id"]))
    unread = cli.json("notifications", "--unread")
    assert notification["id"] not in [one["id"] for one in unread]
    assert set(scripted_provider.keys) == {f"Bearer {SECRET}"}


def test_a_failed_task_tells_why_and_is_retried(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    cli.run("write", project_id, "--chapter", "1")
    answers = scripted_provider.rule
    # Whatever is left out of the request, the server refuses it.
    scripted_provider.rule = lambda _request: error(400, f"refused for {SECRET}")

    errors = cli.run("analyse", "--until-empty", code=1)

    [task] = cli.json("status")["recent_tasks"]
    assert task["status"] == "failed"
    assert task["error_type"].replace("_", " ") in errors.replace("_", " ")
    scripted_provider.rule = answers
    cli.run("retry", str(task["id"]))
    cli.run("analyse", "--until-empty")
    assert cli.json("status")["completed"] == 1
    assert len(cli.completed()) == 1


# The demonstration has the built-in model write and analyse a chapter too, in the window.
@pytest.mark.long
@pytest.mark.alone
@pytest.mark.timeout(5 * REAL_MODEL_SECONDS)
def test_a_real_model_writes_and_analyses_a_chapter(environment: dict[str, str]) -> None:
    if importlib.util.find_spec("xllamacpp") is None or find_bundled_model() is None:
        pytest.skip("xllamacpp or its model is not installed")
    cli = CommandLine(environment)  # with no server named, the built-in model writes
    with cli.services() as services:
        services.preferences.set(WritingSettings(target_words=120))
    project_id = cli.begin()

    written = cli.write_to_its_end(project_id)
    cli.run("analyse", "--until-empty", within=REAL_MODEL_SECONDS)

    assert written["characters"] > 50
    status = cli.json("status", project_id)
    assert (status["total"], status["completed"]) == (1, 1)
    assert status["recent_tasks"][0]["id"] == written["task_id"]
    assert len(cli.completed()) == 1
