"""Files may be dropped anywhere in the window; text that is dragged in a text stays text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QTreeView, QWidget

from arboris_desktop.ui.files.import_preview.dialog import ImportPreviewDialog
from arboris_desktop.ui.workspace import Stage as StageOfBook
from tests.gui.files.drags import drop, drop_data
from tests.support.studio_stage import Play, Stage

BOOK = "第一章 起风\n\n天色暗了下来，雨还没有停。\n\n第二章 落雨\n\n他把伞收了起来。\n"

WIDGETS = (QTextEdit, QPlainTextEdit, QLineEdit, QTreeView)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "雨巷.txt"
    path.write_text(BOOK, encoding="utf-8")
    return path


async def show_all(stage: Stage) -> None:
    """The second pane and the panels are open, and have texts, fields and lists."""
    stage.window.resize(QSize(1600, 900))
    await stage.open_chinese_sample(1)
    stage.window.actions_.second_pane.trigger()
    stage.window.show_revision()


def places(stage: Stage) -> list[QWidget]:
    """The widgets in sight that may take a drop, each a part of the window by itself."""
    found: list[QWidget] = []
    for kind in WIDGETS:
        for each in stage.window.findChildren(kind):
            if each.isVisible() and each.window() is stage.window:
                found.append(getattr(each, "viewport", lambda each=each: each)())
    return found


def test_files_are_taken_wherever_they_are_dropped(play: Play, file: Path) -> None:
    async def act(stage: Stage) -> None:
        await show_all(stage)
        shown: list[Callable[[], None]] = [
            lambda: None,
            stage.window.show_comments,
            stage.window.show_tasks,
            stage.window.show_search,
            lambda: stage.window.workspace.show_stage(StageOfBook.OUTLINE),
            lambda: stage.window.workspace.show_stage(StageOfBook.BLUEPRINT),
            lambda: stage.window.workspace.show_stage(StageOfBook.IDEA),
        ]
        drops, taken = stage.studio.files._drops, list[list[Path]]()
        drops.dropped.disconnect(stage.studio.files._open_dropped)
        drops.dropped.connect(taken.append)
        seen = 0
        for show in shown:
            show()
            await stage.studio._operations.settled()
            for place in places(stage):
                seen += 1
                assert drop(place, file), place.parentWidget()
                assert taken.pop() == [file]
                assert not drop(place, file.parent / "nothing"), place.parentWidget()
        assert seen > 12
        assert "雨巷" not in stage.text()

    play(act)


def in_sight(stage: Stage) -> bool:
    return any(each.isVisible() for each in stage.window.findChildren(ImportPreviewDialog))


@pytest.mark.parametrize("second", [False, True])
def test_text_that_is_dragged_within_the_editor_moves(play: Play, second: bool) -> None:
    async def act(stage: Stage) -> None:
        await show_all(stage)
        editors = [e for e in stage.window.findChildren(QTextEdit) if e.isVisible()]
        editor = editors[-1] if second else stage.editor()
        QTest.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        before = editor.toPlainText()
        cursor = editor.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
        data = QMimeData()
        data.setText(before[:4])
        place = QTextCursor(editor.document())
        place.setPosition(before.index("。") + 1)
        at: QPoint = editor.cursorRect(place).center()
        assert drop_data(editor.viewport(), data, at, Qt.DropAction.CopyAction)
        there = before.index("。") + 1
        assert editor.toPlainText() == before[:there] + before[:4] + before[there:]
        assert not in_sight(stage)

    play(act)
