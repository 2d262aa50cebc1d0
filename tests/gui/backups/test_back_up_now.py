"""A backup that the author asks for, in the running studio."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.background.backup_keeper import BackupKeeper
from arboris_desktop.domain.backups import BackupReason
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.exchange.backups import Backups
from tests.support.studio_stage import Play, Stage, error_boxes

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

TYPED = "Typed a moment ago. "


def texts(backup: Path) -> list[str]:
    with closing(sqlite3.connect(f"{backup.as_uri()}?mode=ro", uri=True)) as opened:
        return [row[0] for row in opened.execute("SELECT content FROM chapter_versions")]


def made_by_hand(stage: Stage) -> list[Path]:
    backups = Backups(stage.services.paths).list()
    return [each.path for each in backups if each.reason is BackupReason.BY_HAND]


def test_what_was_typed_a_moment_ago_is_in_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        QTest.keyClicks(stage.editor(), TYPED)
        action = stage.window.actions_.back_up
        action.trigger()
        assert not action.isEnabled(), "one at a time"
        await stage.until(action.isEnabled, "it is made")
        [made] = made_by_hand(stage)
        assert any(text.startswith(TYPED) for text in texts(made))
        assert made.name in stage.window.statusBar().currentMessage()

    play(act)


def test_it_can_be_made_with_no_novel_open_and_again(play: Play) -> None:
    async def act(stage: Stage) -> None:
        action = stage.window.actions_.back_up
        for count in (1, 2):
            action.trigger()
            await stage.until(action.isEnabled, "it is made")
            assert len(made_by_hand(stage)) == count

    play(act)


def test_a_fault_is_told(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.services.paths.backups.write_text("a file where the folder should be")
        action = stage.window.actions_.back_up
        action.trigger()
        await stage.until(lambda: error_boxes(stage.window), "the author is told")
        assert error_boxes(stage.window) == ["A backup of your novels could not be made."]
        assert action.isEnabled()
        for box in stage.window.findChildren(QMessageBox):
            assert str(stage.services.paths.backups) in box.informativeText()
            box.close()
        await stage.until(lambda: not error_boxes(stage.window), "it is read")
        assert stage.window.statusBar().currentMessage() == ""

    play(act)


@pytest.mark.parametrize("fault", ["the folder is away", "the library is damaged"])
def test_a_daily_backup_that_fails_says_what_has_failed(play: Play, fault: str) -> None:
    async def act(stage: Stage) -> None:
        keeper = stage.window.findChild(BackupKeeper)
        assert isinstance(keeper, BackupKeeper)
        if fault == "the folder is away":
            stage.services.paths.backups.write_text("where the folder should be")
            keeper.look()
            said = "A backup of your novels could not be made."
        else:
            keeper.failed.emit(StorageError(ErrorKind.DATABASE_CORRUPT, "a page is damaged"))
            said = "The file of your novels is damaged."
        await stage.until(lambda: error_boxes(stage.window), "the author is told")
        assert error_boxes(stage.window) == [said]
        for box in stage.window.findChildren(QMessageBox):
            box.close()
        await stage.until(lambda: not error_boxes(stage.window), "it is read")

    play(act)
