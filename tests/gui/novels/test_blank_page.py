"""A novel that begins on a blank page: the first key is a letter of its first chapter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView

from arboris_desktop.ui.novels.begin_choices import BeginChoice
from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog
from tests.support.studio_stage import Play, Stage, child


def test_the_author_writes_at_once(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.window.actions_.new_novel.trigger()
        await stage.until(lambda: stage.window.findChild(NewNovelDialog), "the dialog is open")
        dialog = child(stage.window, NewNovelDialog)
        dialog.choices.choose(BeginChoice.BLANK)
        stage.press("Create novel")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "its chapter is shown")
        await stage.until(stage.editor().isVisible, "the page is there")
        assert not stage.editor().isReadOnly()
        QTest.keyClicks(stage.editor(), "It rained.")
        await stage.until(lambda: stage.stored_text(1) == "It rained.", "it is stored")
        assert len(stage.chapters()) == 1

        stage.window.actions_.add_chapter.trigger()
        await stage.until(lambda: len(stage.chapters()) == 2, "there is one more chapter")
        await stage.until_shown(2)
        await stage.until(
            lambda: stage.window.focusWidget() is stage.editor(), "its page has the keyboard"
        )
        QTest.keyClicks(stage.editor(), "It stopped.")
        await stage.until(lambda: stage.stored_text(2) == "It stopped.", "it is stored too")

    play(act)


def test_enter_on_a_chapter_leads_into_its_text_and_a_click_does_not(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        tree = child(stage.window.project_tree, QTreeView)
        tree.setFocus()
        await stage.open_chapter(1)
        assert stage.window.focusWidget() is tree
        QTest.keyClick(tree, Qt.Key.Key_Return)
        await stage.until(lambda: stage.window.focusWidget() is stage.editor(), "the text has it")

    play(act)
