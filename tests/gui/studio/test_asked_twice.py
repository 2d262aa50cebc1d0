"""Actions that are asked for twice while the database is slow are done once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from arboris_desktop.ui.concept.answer_box import AnswerEdit
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.workspace import Stage as StageOfBook
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import ScriptedProvider, stall
from tests.support.studio_stage import Play, Stage, child

REPEATING = {"zoom_in", "zoom_out", "next_pane", "previous_pane"}


@contextmanager
def slow_database(stage: Stage) -> Iterator[None]:
    """Lets no read or write through until the block is left."""
    free = threading.Event()
    waiting = stage.studio._operations.call(lambda: free.wait(30))
    try:
        yield
    finally:
        free.set()
        waiting.add_done_callback(lambda done: done.exception())


def dialogs() -> list[QDialog]:
    return open_dialogs(QDialog)


def test_a_second_enter_sends_nothing_twice(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: stall()

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.workspace.show_stage(StageOfBook.IDEA)
        await stage.studio._operations.settled()
        box = child(child(stage.window, ConceptPage).answer_box, AnswerEdit)
        box.insertPlainText("一个打更人。")
        await stage.until(lambda: stage.can_press("Begin"), "it can be sent")
        with slow_database(stage):
            for _ in range(3):
                QTest.keyClick(box, Qt.Key.Key_Return)
            assert box.toPlainText() == "一个打更人。", "they stay until they are on the disk"
        await stage.until(lambda: not box.toPlainText(), "they are sent")
        await stage.until(lambda: scripted_provider.requests, "the model is asked")
        project_id = stage.chapter(1).project_id
        turns = stage.services.concept.open(project_id).turns
        assert [turn.text for turn in turns if "打更人" in turn.text] == ["一个打更人。"]
        assert len(scripted_provider.requests) == 1

    play(act)


def test_one_chapter_is_added_by_keys_that_are_held(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = len(stage.chapters())
        with slow_database(stage):
            for _ in range(4):
                stage.window.actions_.add_chapter.trigger()
        await stage.until(lambda: len(stage.chapters()) > before, "it is added")
        await stage.studio._operations.settled()
        assert len(stage.chapters()) == before + 1
        stage.window.actions_.add_chapter.trigger()
        await stage.until(lambda: len(stage.chapters()) == before + 2, "and later another")

    play(act)


def test_a_double_click_opens_one_sample(play: Play) -> None:
    async def act(stage: Stage) -> None:
        with slow_database(stage):
            stage.press("Chinese sample")
            stage.press("Chinese sample")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "it is open")
        await stage.studio._operations.settled()
        assert len(stage.services.novels.all()) == 1

    play(act)


@pytest.mark.parametrize(
    "action",
    ["settings", "costs", "prompts", "guide", "inspect", "statistics", "restore_backup"],
)
def test_a_dialog_that_is_asked_for_twice_opens_once(play: Play, action: str) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        command: QAction = getattr(stage.window.actions_, action)
        with slow_database(stage):
            for _ in range(3):
                command.trigger()
        await stage.until(dialogs, "it is open")
        await stage.studio._operations.settled()
        assert len(dialogs()) == 1
        dialogs()[0].close()
        command.trigger()
        await stage.until(dialogs, "it opens again, at once")
        assert len(dialogs()) == 1
        dialogs()[0].close()
        await stage.until(lambda: not dialogs(), "it is closed")

    play(act)


def test_only_what_goes_on_in_steps_repeats_while_its_keys_are_held(play: Play) -> None:
    async def act(stage: Stage) -> None:
        actions = stage.window.actions_
        found = {
            name: action.autoRepeat()
            for name, action in vars(actions).items()
            if isinstance(action, QAction)
        }
        assert {name for name, repeats in found.items() if repeats} == REPEATING

    play(act)
