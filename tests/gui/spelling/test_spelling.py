"""Spelling in the whole studio: marked while typing, mended and learnt by the context menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.support.studio_stage import Play, Stage

# A menu is a window of its own.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


def marked(stage: Stage) -> list[str]:
    """The words with waves below."""
    waves = QTextCharFormat.UnderlineStyle.WaveUnderline
    selections = stage.editor().extraSelections()
    return [
        each.cursor.selectedText() for each in selections if each.format.underlineStyle() is waves
    ]


def open_menu(stage: Stage, words: str) -> QMenu:
    """Right-clicks on words."""
    editor = stage.editor()
    cursor = editor.document().find(words)
    cursor.setPosition(cursor.selectionStart() + 2)
    place = editor.cursorRect(cursor).center() + editor.viewport().pos()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        editor.viewport().mapFromParent(place),
        editor.mapToGlobal(place),
    )
    QApplication.sendEvent(editor.viewport(), event)
    (menu,) = (each for each in editor.findChildren(QMenu) if each.isVisible())
    assert menu.pos() != QPoint(-1, -1)
    return menu


def action(menu: QMenu, words: str) -> QAction | None:
    return next((each for each in menu.actions() if each.text() == words), None)


def choose(menu: QMenu, words: str) -> None:
    found = action(menu, words)
    assert found is not None
    found.trigger()
    menu.close()


def test_a_wrong_word_is_marked_mended_and_learnt(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.press("English sample")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "the sample is open")
        await stage.open_chapter(1)
        QTest.keyClicks(stage.editor(), "Nobody could recieve the Wrenling ")
        await stage.until(lambda: marked(stage)[:2] == ["recieve", "Wrenling"], "both are marked")
        QTest.keyClicks(stage.editor(), "thet")
        await stage.until(
            lambda: stage.window.chapter_view.spelling.fault_at(
                stage.editor().textCursor().position()
            ),
            "the new word was judged",
        )
        assert "thet" not in marked(stage), "but while it is typed it is not marked"

        menu = open_menu(stage, "recieve")
        await stage.until(lambda: action(menu, "receive"), "what may be meant is offered")
        choose(menu, "receive")
        assert stage.text().startswith("Nobody could receive the Wrenling")
        stage.editor().undo()
        assert stage.text().startswith("Nobody could recieve the Wrenling")

        QTest.keyClick(stage.editor(), Qt.Key.Key_Home)
        menu = open_menu(stage, "Wrenling")
        choose(menu, "Add to the Novel’s Words")
        await stage.until(lambda: marked(stage)[:1] == ["recieve"], "the other one is marked still")
        await stage.until(lambda: "Wrenling" not in marked(stage), "it is known from now on")
        novel = stage.studio.library.contents
        assert novel is not None
        assert stage.services.spelling.of_novel(novel.project.id).own_words == ("Wrenling",)

        stage.window.actions_.home.trigger()
        stage.press("Chinese sample")
        spelling = stage.window.chapter_view.spelling
        await stage.until(lambda: not spelling.is_on, "a Chinese novel is not checked")
        assert marked(stage) == []

    play(act)
