"""A model's text that could not be stored, in the window: told, kept, stored when it can be."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.storage.engine import retrying_store as patience
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.ui.chapter import unstored_texts
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.chapter.rescue_dialog import RescueDialog
from arboris_desktop.ui.chapter.unsaved_dialog import UnsavedDialog
from arboris_desktop.ui.chapter.unstored_dialog import UnstoredDialog
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    in_two_parts,
    prompt_of,
)
from tests.support.studio_stage import Play, Stage, child

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

FIRST, SECOND = "雾还在。", "桥上没有人。"
WHOLE = FIRST + SECOND
QUICK = WritingSettings(target_words=100, candidates=1, continue_until_target=False)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(unstored_texts, "_RETRY_MS", 200)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Another program writes and does not end within the block."""
    other = sqlite3.connect(home / "arboris.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def shown(kind: type) -> list[object]:
    return [
        each for each in QApplication.allWidgets() if isinstance(each, kind) and each.isVisible()
    ]


async def write_second(stage: Stage) -> None:
    """Lets the model begin the second chapter."""
    stage.services.preferences.set(QUICK)
    await stage.open_chinese_sample(2)
    await stage.generate()
    await stage.until(lambda: stage.text() == FIRST, "the first words are shown")
    # The state before is kept beside it, and would else meet the fault that comes.
    await stage.until(lambda: stage.studio._operations.is_idle, "nothing else is stored")


def paused(gate: threading.Event) -> Behaviour:
    return in_two_parts(FIRST, SECOND, gate)


def test_it_is_told_where_the_text_is_and_stored_when_that_is_possible(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.append(paused(gate))
    home = Path(world["ARBORIS_HOME"])

    async def act(stage: Stage) -> None:
        await write_second(stage)
        with locked(home):
            gate.set()
            await stage.until(lambda: shown(UnstoredDialog), "it is told")
            (dialog,) = shown(UnstoredDialog)
            assert isinstance(dialog, UnstoredDialog)
            assert child(dialog, QPlainTextEdit).toPlainText() == WHOLE
            assert stage.text() == WHOLE, "the text stays in view"
            words = " ".join(label.text() for label in dialog.findChildren(type(dialog._note)))
            assert str(home / "rescue") in words
            stage.press("Close")
            assert [file.name for file in (home / "rescue").iterdir()] != []
        banner = child(stage.window.chapter_view, DraftBanner)
        await stage.until(lambda: stage.can_press("Keep as the chapter"), "it is a draft by itself")
        assert banner.isVisible()
        await stage.until(lambda: not list((home / "rescue").iterdir()), "its file has gone")
        stage.press("Keep as the chapter")
        await stage.until(lambda: stage.stored_text(2) == WHOLE, "nothing is lost")

    play(act)
    # Its analysis may have begun meanwhile, and quotes what it is about between such marks.
    asked = [prompt_of(request) for request in scripted_provider.requests]
    assert sum("<<<" not in prompt for prompt in asked) == 1


def test_a_dialog_that_is_still_open_says_that_the_text_is_stored(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.append(paused(gate))

    async def act(stage: Stage) -> None:
        await write_second(stage)
        with locked(Path(world["ARBORIS_HOME"])):
            gate.set()
            await stage.until(lambda: shown(UnstoredDialog), "it is told")
        (dialog,) = shown(UnstoredDialog)
        assert isinstance(dialog, UnstoredDialog)

        def told() -> str:
            return " ".join(label.text() for label in dialog.findChildren(QLabel))

        assert "could not be stored" in told()
        await stage.until(lambda: "is stored by now" in told(), "it says so")
        assert "could not be stored" not in told()
        assert "put aside" not in told()
        dialog.reject()

    play(act)


def test_left_before_it_is_offered_at_the_next_start(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.append(paused(gate))
    home = Path(world["ARBORIS_HOME"])

    async def act(stage: Stage) -> None:
        await write_second(stage)
        with locked(home):
            gate.set()
            await stage.until(lambda: shown(UnstoredDialog), "it is told")
            stage.press("Close")
            stage.studio.leave()
            await stage.until(lambda: not shown(UnsavedDialog), "nobody is kept for it")
            await stage.studio.stop()

    async def next_start(stage: Stage) -> None:
        await stage.until(lambda: shown(RescueDialog), "it is offered")
        (dialog,) = shown(RescueDialog)
        assert isinstance(dialog, RescueDialog)
        assert child(dialog, QPlainTextEdit).toPlainText() == WHOLE
        stage.press("Put Back")
        await stage.until(lambda: stage.can_press("Keep as the chapter"), "it is a draft")
        assert stage.text() == WHOLE

    play(act)
    play(next_start)


def test_what_can_be_put_nowhere_is_offered_to_be_copied_and_keeps_the_author(
    play: Play,
    scripted_provider: ScriptedProvider,
    world: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.append(paused(gate))
    home = Path(world["ARBORIS_HOME"])
    taken = tmp_path / "taken"
    taken.write_text("a file in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(taken))
    monkeypatch.setattr(tempfile, "tempdir", str(taken))
    (home / "rescue").write_text("a file in the way")

    async def act(stage: Stage) -> None:
        await write_second(stage)
        with locked(home):
            gate.set()
            await stage.until(lambda: shown(UnstoredDialog), "it is told")
            stage.press("Copy the &Text")
            assert QGuiApplication.clipboard().text() == WHOLE
            stage.press("Close")
            left: list[object] = []
            stage.studio.leave_decided.connect(left.append)
            stage.studio.leave()
            await stage.until(lambda: shown(UnsavedDialog), "the author is asked")
            stage.press("Do Not Quit")
            assert left == []
        await stage.until(lambda: stage.can_press("Keep as the chapter"), "it is stored by itself")
        stage.studio.leave()
        await stage.until(lambda: left, "and nobody is kept any more")

    play(act)
