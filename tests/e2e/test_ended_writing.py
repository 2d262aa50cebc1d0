"""A command that writes a chapter, ended in the ways processes end: its text is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from arboris_desktop.services import Services
from tests.e2e.command_line import ENDS, STORY, WAIT_SECONDS, CommandLine, ignored, on_posix
from tests.support.scripted_provider import ScriptedProvider, stall, text

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.timeout(300), on_posix]

_ON_ITS_TERMINAL = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("arboris_desktop", run_name="__main__")
"""
"""Makes standard input the terminal whose end is told to the process, and runs a command."""


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
