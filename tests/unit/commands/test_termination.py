"""Signals that end a command: to this very process, which the handlers keep alive."""

from __future__ import annotations

import asyncio
import os
import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

from arboris_desktop.commands.running import run_command
from arboris_desktop.commands.termination import STOPPED, Termination

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")

ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def handled_by(number: int, handler: signal.Handlers) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", ENDS)
def test_each_interrupts_what_runs(number: signal.Signals) -> None:
    before = [signal.getsignal(each) for each in ENDS]
    with pytest.raises(KeyboardInterrupt), Termination():
        os.kill(os.getpid(), number)
    assert [signal.getsignal(each) for each in ENDS] == before


def test_what_a_signal_leaves_half_made_is_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    taken_apart = []

    class HalfMade:
        def __init__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            self.name = "whole"

        def __del__(self) -> None:
            taken_apart.append(True)
            assert self.name

    def run(_options: Namespace, _ending: Termination) -> int:
        try:
            raise ValueError
        except ValueError:
            HalfMade()
        return 0

    assert run_command(run, Namespace()) == STOPPED
    assert capsys.readouterr() == ("", "arboris-desktop: stopped\n")
    assert taken_apart == [True]


def test_an_entry_of_a_zip_file_that_a_signal_interrupts_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file cannot be closed then."""

    def run(_options: Namespace, _ending: Termination) -> int:
        with ZipFile(tmp_path / "a.zip", "w") as file:
            entry = file.open("a", "w")
            os.kill(os.getpid(), signal.SIGTERM)
            entry.close()
        return 0

    assert run_command(run, Namespace()) == STOPPED
    assert capsys.readouterr() == ("", "arboris-desktop: stopped\n")


@pytest.mark.parametrize("number", ENDS)
def test_each_cancels_a_coroutine_which_clears_up(number: signal.Signals) -> None:
    steps = []

    async def work() -> None:
        try:
            asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), number)
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("cleared up")

    with Termination() as ending, pytest.raises(KeyboardInterrupt):
        ending.run(work())
    assert steps == ["cleared up"]


def test_clearing_up_is_not_disturbed_by_the_others_that_a_closing_terminal_sends() -> None:
    with Termination():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("number", ENDS)
def test_what_is_ignored_stays_ignored(number: signal.Signals) -> None:
    with handled_by(number, signal.SIG_IGN), Termination():
        os.kill(os.getpid(), number)
        assert signal.getsignal(number) is signal.SIG_IGN


def test_a_coroutine_that_ends_in_time_is_not_said_to_be_stopped() -> None:
    async def work() -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        return "done"

    with Termination() as ending:
        assert ending.run(work()) == "done"
