"""News of the open novel reach those who show what has changed, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from arboris_desktop.ui.codex.desk import CodexDesk
from arboris_desktop.ui.novels.changes import EVERYTHING, Changes
from tests.gui.studio.studio_samples import CHAPTER
from tests.support.studio_stage import Play, Stage

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def asked_for(stage: Stage) -> int:
    """Counts the pieces of work that the thread of the database was given."""
    return stage.studio._operations._next_id


async def settled(stage: Stage) -> None:
    """All that was asked for is done, and so is what that asked for in turn."""
    operations = stage.studio._operations
    for _ in range(5):
        await operations.call(lambda: None)
        await stage.until(lambda: operations.is_idle, "the database is left alone")


async def autosaves(stage: Stage, words: str) -> int:
    """Types; returns how much is asked of the database, with the save, until all is shown."""
    before, own = asked_for(stage), 5
    QTest.keyClicks(stage.editor(), words)
    await stage.until(lambda: not stage.window.chapter_view.has_unsaved_edits(), "it is saved")
    await settled(stage)
    return asked_for(stage) - before - own


async def least_of_three(stage: Stage, words: str) -> int:
    """Something else, such as a look for other writers, may happen once beside."""
    return min([await autosaves(stage, words) for _ in range(3)])


def test_an_autosave_is_read_by_those_whom_it_concerns(play: Play) -> None:
    """Of thirteen desks all read something again: the codex, the candidates, the auto-writer, the
    rules and what came with a file, besides the novel."""

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        await autosaves(stage, "The first edit makes a version. ")
        # The save, the novel with its lengths, and whether the chapter still breaks a rule.
        assert await least_of_three(stage, "And so on. ") <= 3

    play(act)


def test_facts_that_an_edit_moves_are_read_again(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.editor().selectAll()
        stage.editor().insertPlainText(CHAPTER)
        await autosaves(stage, "End.")
        stage.window.actions_.analyse.trigger()
        await stage.until(lambda: "阿照" in stage.codex_names(), "the chapter is analysed")
        await stage.until(lambda: not stage.studio.is_analysing, "nothing runs")
        await settled(stage)
        stage.editor().moveCursor(QTextCursor.MoveOperation.Start)
        await autosaves(stage, "In front. ")
        at_the_start = await least_of_three(stage, "Again. ")
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        at_the_end = await least_of_three(stage, "Behind. ")
        # The codex, and the names that the spelling knows.
        assert at_the_start == at_the_end + 2

    play(act)


@pytest.mark.parametrize("part", ["novel", "outline", "texts", "tasks", "codex", "candidates"])
def test_only_what_is_shown_touches(part: str) -> None:
    changes = Changes(**{part: True})
    assert changes.touch(Changes(**{part: True}))
    assert changes.touch(EVERYTHING)
    assert not changes.touch(Changes())
    assert not Changes().touch(EVERYTHING)


def test_whoever_made_a_change_is_not_told_of_it(play: Play, qapp: QApplication) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await settled(stage)
        codex = next(d for d in stage.studio._desks.following if isinstance(d, CodexDesk))

        async def cost(changes: Changes) -> int:
            before = asked_for(stage)
            codex.changed.emit(changes)
            await settled(stage)
            return asked_for(stage) - before

        async def least(changes: Callable[[], Changes]) -> int:
            return min([await cost(changes()) for _ in range(3)])

        told = await least(lambda: Changes(codex=True))
        spared = await least(lambda: Changes(codex=True, initiator=codex))
        assert told == spared + 1

    play(act)
