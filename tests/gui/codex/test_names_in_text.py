"""Names of the codex in the text: marked in both panes, with a card, switched by the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QToolTip

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.novels.changes import Changes
from tests.support.studio_stage import Play, Stage

# A menu and a tool tip are windows of their own.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


def marked(editor: QTextEdit) -> list[str]:
    dots = QTextCharFormat.UnderlineStyle.DotLine
    return [
        each.cursor.selectedText()
        for each in editor.extraSelections()
        if each.format.underlineStyle() is dots
    ]


def place_of(editor: QTextEdit, words: str) -> QPoint:
    cursor = editor.document().find(words)
    middle = QTextCursor(editor.document())
    middle.setPosition(cursor.selectionStart() + 1)
    return editor.cursorRect(middle).center()


async def open_with_entry(stage: Stage) -> int:
    await stage.open_chinese_sample(1)
    project_id = stage.chapter(1).project_id
    codex = stage.services.codex
    number = codex.add_entry(project_id, EntryKind.CHARACTER, "Wrenling", "Keeps the <bells>.")
    codex.add_entry(project_id, EntryKind.RULE, "bells toll", "At six.")
    stage.studio.library.tell(Changes(codex=True))
    return number


def test_a_name_is_marked_told_of_and_led_from(play: Play) -> None:
    async def act(stage: Stage) -> None:
        number = await open_with_entry(stage)
        editor = stage.editor()
        assert isinstance(editor, ChapterEditor)
        QTest.keyClicks(editor, "Wrenling heard the bells toll, and Wrenlings ran. ")
        await stage.until(lambda: marked(editor) == ["Wrenling"], "the person, and no rule")

        at = place_of(editor, "Wrenling")
        port = editor.viewport()
        QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
        assert "Keeps the &lt;bells&gt;." in QToolTip.text(), "to the letter"
        QToolTip.hideText()

        menu = QMenu()
        editor._fill_menu(menu, 2)
        next(each for each in menu.actions() if each.text() == "Show in the Codex").trigger()
        assert stage.window.side.shown is Panel.CODEX
        shown = stage.window.codex_panel.details._entry
        assert shown is not None
        assert shown.id == number

        switch = stage.window.actions_.codex_names
        switch.trigger()
        await stage.until(lambda: marked(editor) == [], "they can be switched off")
        assert "without-names" in stage.window.writing_aids.state()
        switch.trigger()
        await stage.until(lambda: marked(editor) == ["Wrenling"], "and on again")

    play(act)


def test_the_second_pane_marks_them_too(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await open_with_entry(stage)
        stage.window.resize(1360, 800)
        stage.window.project_tree.second_pane_requested.emit(stage.chapter(1).id)
        pane = stage.window.second_pane
        await stage.until(lambda: pane.editor.chapter_id is not None, "it is open")
        pane.editor.setFocus()
        QTest.keyClicks(pane.editor, "Wrenling came. ")
        await stage.until(lambda: marked(pane.editor) == ["Wrenling"], "marked where it is typed")
        await stage.until(lambda: marked(stage.editor()) == ["Wrenling"], "and in the first")
        # A codex that knows nobody marks nothing.
        stage.window.actions_.home.trigger()
        stage.press("English sample")
        editor = stage.editor()
        assert isinstance(editor, ChapterEditor)
        await stage.until(lambda: not editor.known_names, "another novel")

    play(act)
