"""The author's own status and scratchpad: each stays with its chapter, and the tree shows it."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTreeView
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.chapter_notes import ChapterNotes, OwnStatus
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.notes.panel import NotesPanel
from arboris_desktop.ui.novels.chapter_tree_model import TreeRole
from tests.support.studio_stage import Play, Stage, child


def kept(stage: Stage, number: int) -> ChapterNotes:
    return stage.services.notes.of_chapter(stage.chapter(number).id)


def pad(stage: Stage) -> QPlainTextEdit:
    return child(stage.window.notes_panel, QPlainTextEdit)


def shown_chapters(stage: Stage) -> list[int]:
    """The numbers of the chapters that the tree shows."""
    tree = child(stage.window.project_tree, QTreeView)
    indexes = (stage.window.project_tree.model.index_of(each.id) for each in stage.chapters())
    return [
        number
        for number, index in enumerate(indexes, start=1)
        if not tree.isRowHidden(index.row(), index.parent())
    ]


def test_the_scratchpad_keeps_the_keyboard_while_another_chapter_is_read(qtbot: QtBot) -> None:
    panel = NotesPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_notes(ChapterNotes(scratchpad="Cut the fog."), None)
    panel.setFocus()
    field = child(panel, QPlainTextEdit)
    assert panel.focusWidget() is field
    panel.show_notes(None, None)
    assert panel.focusWidget() is field
    QTest.keyClicks(field, "Of no chapter.")
    assert panel.text() == ""
    panel.show_notes(ChapterNotes(), None)
    QTest.keyClicks(field, "Two.")
    assert panel.text() == "Two."


def test_notes_stay_with_their_chapter_and_the_tree_is_filtered_by_status(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.side.open_panel(Panel.NOTES)
        panel, tree = stage.window.notes_panel, stage.window.project_tree
        status = child(panel, QComboBox)
        await stage.until(status.isEnabled, "the notes of the chapter are shown")
        QTest.keyClicks(pad(stage), "Cut the fog.")
        # At once: what is not stored yet goes with its own chapter.
        await stage.open_chapter(2)
        await stage.until(lambda: status.isEnabled() and pad(stage).toPlainText() == "", "none yet")
        QTest.keyClicks(pad(stage), "Two.")
        status.setCurrentIndex(status.findData(OwnStatus.REVISE.value))
        status.activated.emit(status.currentIndex())
        first = ChapterNotes(scratchpad="Cut the fog.")
        second = ChapterNotes(OwnStatus.REVISE, "Two.")
        await stage.until(
            lambda: (kept(stage, 1), kept(stage, 2)) == (first, second), "both stored"
        )
        await stage.open_chapter(1)
        await stage.until(lambda: pad(stage).toPlainText() == "Cut the fog.", "it is back")

        index = tree.model.index_of(stage.chapter(2).id)
        await stage.until(
            lambda: index.data(TreeRole.OVERVIEW).own_status is OwnStatus.REVISE,
            "the tree shows it",
        )
        tree.own_status_chosen.emit(stage.chapter(3).id, OwnStatus.DONE)
        await stage.until(lambda: stage.chapter(3).own_status is OwnStatus.DONE, "by the menu too")
        tree.show_status(OwnStatus.REVISE)
        assert shown_chapters(stage) == [2]
        tree.show_status(OwnStatus.NONE)
        assert shown_chapters(stage) == [1, 4, 5, 6]
        tree.show_status(None)
        tree._filter.setText("finished")
        assert shown_chapters(stage) == [3]

    play(act)
