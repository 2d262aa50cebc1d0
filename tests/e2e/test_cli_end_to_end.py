"""The command line in real processes, against real servers, ended in the ways processes end."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.builtin_files import find_bundled_model
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import DataPaths
from tests.support.prose import prose
from tests.support.scripted_provider import (
    ChapterFacts,
    ScriptedProvider,
    error,
    perfect_rule,
    stall,
    text,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

on_posix = pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")

ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
WAIT_SECONDS = 240.0

REAL_MODEL_SECONDS = 900
"""For one command with the built-in model: usually 30 to 80 s, several times that when it must be
asked again, or where two processors are shared."""
STORY = prose(360)
SECRET = "sk-end-to-end-secret-0123456789"

_ON_ITS_TERMINAL = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("arboris_desktop", run_name="__main__")
"""
"""Makes standard input the terminal whose end is told to the process, and runs a command."""


@contextmanager
def ignored(number: signal.Signals) -> Iterator[None]:
    """Processes started in the block ignore ``number``, as those a script puts behind itself."""
    previous = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(number, previous)


@dataclass(frozen=True)
class CommandLine:
    """Runs ``python -m arboris_desktop`` in a data folder of its own."""

    environment: dict[str, str]

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """The running process, which is over at the end of the block at the latest."""
        with subprocess.Popen(
            [sys.executable, "-m", "arboris_desktop", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def run(self, *arguments: str, code: int = 0, within: float = WAIT_SECONDS) -> str:
        """The output; the exit code must be ``code``, and no traceback or key may be told."""
        with self.started(*arguments) as process:
            output, errors = process.communicate(timeout=within)
        assert process.returncode == code, errors
        assert "Traceback" not in errors
        assert SECRET not in output + errors
        return output if code == 0 else errors

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def begin(self) -> str:
        return str(self.json("new", "The Lamp", "--premise", "A keeper.")["project_id"])

    def completed(self) -> list[dict[str, Any]]:
        """The notifications of completed tasks."""
        return [one for one in self.json("notifications") if one["type"] == "completed"]

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The same data folder, from this process."""
        services = build_services(self.environment)
        try:
            yield services
        finally:
            services.close()


@pytest.fixture
def environment(tmp_path: Path, paths: DataPaths) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    server = {"ARBORIS_DATABASE_URL": paths.server} if paths.server else {}
    return {**kept, **server, "ARBORIS_HOME": str(tmp_path / "home with space 书")}


@pytest.fixture
def cli(environment: dict[str, str], scripted_provider: ScriptedProvider) -> CommandLine:
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp."))
    return CommandLine(
        {
            **environment,
            "ARBORIS_BASE_URL": scripted_provider.base_url,
            "ARBORIS_MAX_PARALLEL": "16",
            "ARBORIS_API_KEY": SECRET,
            "ARBORIS_MODEL": "scripted",
        }
    )


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


@on_posix
@pytest.mark.faults
def test_a_killed_write_leaves_a_draft_and_nothing_half_stored(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    # The draft is on the disk a second after its first words; the pieces go on until the kill.
    scripted_provider.behaviours.append(text(STORY, delay=0.05))
    with (
        cli.services() as services,
        cli.started("write", project_id, "--chapter", "1") as process,
    ):
        chapter_id = _wait_for_draft(services, project_id, process)
        process.kill()
        process.communicate(timeout=WAIT_SECONDS)

        [draft] = services.drafting.left_behind()
        assert draft.chapter_id == chapter_id
        assert draft.content
        assert STORY.startswith(draft.content)
        [chapter] = services.novels.open(project_id).chapters
        assert chapter.word_count == 0
        assert services.queue.counts().total == 0
    assert "draft" in cli.run("write", project_id, "--chapter", "1", code=1)
    cli.run("write", project_id, "--chapter", "1", "--draft", "continue")
    assert cli.json("status")["pending"] == 1


def _wait_for_draft(services: Services, project_id: str, process: subprocess.Popen[str]) -> int:
    """Reads what the process prints until the database holds a draft with text."""
    assert process.stdout is not None
    while process.stdout.read(1):
        [chapter] = services.novels.open(project_id).chapters
        draft = services.drafting.draft(chapter.id)
        if draft is not None and draft.content:
            return chapter.id
    raise AssertionError("the process ended before a draft was on the disk")


@on_posix
@pytest.mark.faults
@pytest.mark.parametrize("number", ENDS)
def test_a_stopped_write_keeps_its_draft_and_says_so(
    cli: CommandLine, scripted_provider: ScriptedProvider, number: signal.Signals
) -> None:
    project_id = cli.begin()
    beginning = "Mara lit the lamp."
    scripted_provider.behaviours.append(stall(after=beginning))

    with cli.started("write", project_id, "--chapter", "1") as process:
        assert process.stdout is not None
        assert process.stdout.read(len(beginning)) == beginning
        process.send_signal(number)
        _, errors = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 130
    assert "draft" in errors
    assert len(errors.strip().splitlines()) == 1
    with cli.services() as services:
        [draft] = services.drafting.left_behind()
        assert draft.content == beginning
        assert services.queue.counts().total == 0


@on_posix
@pytest.mark.faults
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


@on_posix
@pytest.mark.faults
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


@on_posix
@pytest.mark.faults
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


@on_posix
@pytest.mark.faults
def test_a_command_that_ignores_the_end_of_its_terminal_goes_on(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    beginning = STORY[:20]
    scripted_provider.behaviours.append(text(STORY, delay=0.01))

    with (
        ignored(signal.SIGHUP),
        cli.started("write", project_id, "--chapter", "1") as process,
    ):
        assert process.stdout is not None
        assert process.stdout.read(len(beginning)) == beginning
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 0
    assert cli.json("status")["pending"] == 1


@on_posix
@pytest.mark.faults
def test_a_closed_terminal_stops_a_command_with_its_text_kept(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    scripted_provider.behaviours.append(stall(after="Mara lit the lamp."))
    keyboard, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", _ON_ITS_TERMINAL, "write", project_id, "--chapter", "1"],
        env=cli.environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    ) as process:
        os.close(terminal)
        scripted_provider.wait_for_requests(1)
        assert os.read(keyboard, 4)
        os.close(keyboard)
        assert process.wait(WAIT_SECONDS) == 130
    with cli.services() as services:
        assert [draft.content for draft in services.drafting.left_behind()] == [
            "Mara lit the lamp."
        ]


@on_posix
@pytest.mark.faults
def test_a_reader_that_closes_the_pipe_costs_no_text(
    cli: CommandLine, scripted_provider: ScriptedProvider
) -> None:
    project_id = cli.begin()
    scripted_provider.behaviours.append(text(STORY, delay=0.02))

    with cli.started("write", project_id, "--chapter", "1") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(WAIT_SECONDS) == 1

    assert "draft" in errors
    assert len(errors.strip().splitlines()) == 1
    with cli.services() as services:
        [draft] = services.drafting.left_behind()
        assert STORY.startswith(draft.content)
        assert draft.content


@on_posix
@pytest.mark.faults
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

    written = _written_to_its_end(cli, project_id)
    cli.run("analyse", "--until-empty", within=REAL_MODEL_SECONDS)

    assert written["characters"] > 50
    status = cli.json("status", project_id)
    assert (status["total"], status["completed"]) == (1, 1)
    assert status["recent_tasks"][0]["id"] == written["task_id"]
    assert len(cli.completed()) == 1


def _written_to_its_end(cli: CommandLine, project_id: str) -> Any:
    """Goes on as an author does whose model, as a small one may, does not come to an end: once
    more, and then keeps what is there."""
    arguments = ["write", project_id, "--chapter", "1", "--json"]
    for decision in ([], ["--draft", "continue"], ["--draft", "keep"]):
        with cli.started(*arguments, *decision) as process:
            output, errors = process.communicate(timeout=REAL_MODEL_SECONDS)
        if process.returncode == 0:
            return json.loads(output)
        assert process.returncode == 1, errors
        assert "--draft continue" in errors, errors
    raise AssertionError(f"what came could not be kept: {errors}")
