"""The stage of the outline in the whole studio, changed by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.outline.outline_hands import OLD, Desk, field, make_novel
from tests.support.studio_stage import Play, Stage, child, open_services

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_chapters_are_dragged_and_the_change_is_taken_back(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, written=(2,))

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        written = desk.stored().by_number[2]
        desk.drop((1, 2), volume=2, row=1)
        after = await desk.settles("moved", "Old 3", "Old 4", "Old 1", "Old 2", "Old 5")
        assert [c.volume_id for c in after.chapters] == [
            after.volumes[0].id,
            *[after.volumes[1].id] * 4,
        ]
        assert after.by_id[written.id].is_written
        assert "other numbers" in stage.window.statusBar().currentMessage()
        await stage.until(
            lambda: [c.title for c in stage.chapters()][3] == "Old 2", "the project tree follows"
        )
        desk.tree.setFocus()
        QTest.keyClick(desk.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await desk.settles("taken back", *OLD)
        assert not desk.page.actions_["undo"].isEnabled()

    play(act)


def test_chapters_are_moved_renamed_and_opened_by_keys(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(3)
        QTest.keyClick(desk.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        second = desk.stored().volumes[1].id
        await stage.until(lambda: desk.stored().by_number[3].volume_id == second, "into the next")
        await desk.settles("moved down", *OLD)
        QTest.keyClick(desk.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        await desk.settles("further down", "Old 1", "Old 2", "Old 4", "Old 3", "Old 5")
        desk.select(1, 2)
        QTest.keyClick(desk.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        await stage.until(lambda: desk.stored().by_number[1].volume_id == second, "both, too")
        await desk.settles("moved together", "Old 1", "Old 2", "Old 4", "Old 3", "Old 5")
        desk.select(1)
        QTest.keyClick(desk.tree, Qt.Key.Key_F2)
        await stage.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "it is typed")
        editor = field(desk.tree, QLineEdit)
        QTest.keyClicks(editor, "Renamed")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        await desk.settles("renamed", "Renamed", "Old 2", "Old 4", "Old 3", "Old 5")
        QTest.keyClick(desk.tree, Qt.Key.Key_Return)
        assert stage.window.workspace.stage is BookStage.CHAPTERS
        await stage.until_shown(1)

    play(act)


def test_what_is_typed_is_kept_whatever_comes_next(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        form = desk.page.chapter_form
        desk.select(1)
        QTest.keyClicks(field(form, QPlainTextEdit), "A: ")
        desk.select(2)
        QTest.keyClicks(field(form, QPlainTextEdit), "B: ")
        stage.window.workspace.show_stage(BookStage.CHAPTERS)
        await stage.until(
            lambda: [c.plan[:3] for c in desk.stored().chapters[:2]] == ["A: ", "B: "],
            "both are stored",
        )
        stage.window.workspace.show_stage(BookStage.OUTLINE)
        await desk.shows(desk.stored())
        desk.select(3)
        QTest.keyClicks(field(form, QPlainTextEdit), "C: ")
        await stage.until(lambda: desk.stored().chapters[2].plan[:3] == "C: ", "after a pause")
        QTest.keyClicks(field(form, QPlainTextEdit), "D: ")
        desk.act("insert_after")
        await stage.until(lambda: len(desk.stored().chapters) == 6, "a chapter is added")
        assert desk.stored().chapters[2].plan.startswith("C: D: ")
        await stage.until(lambda: form.chapter_id == desk.stored().by_number[4].id, "it is chosen")
        QTest.keyClicks(field(form, QLineEdit), "New")

    play(act)
    services = open_services(world)
    assert services.outline_editing.open(project_id).by_number[4].title == "New"
    services.close()


def test_a_volume_is_described_and_sized(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.click(desk.tree.outline_model().index(1, 0))
        form = desk.page.volume_form
        QTest.keyClicks(field(form, QPlainTextEdit), "The water comes back.")
        child(form, QSpinBox).setValue(4)
        await stage.until(lambda: desk.stored().volumes[1].size == 4, "the size is stored")
        assert desk.stored().volumes[1].summary == "The water comes back."
        await stage.until(lambda: "6–7" in desk.page.notice.text(), "the gap is named")
        desk.act("add_volume")
        await stage.until(lambda: len(desk.stored().volumes) == 3, "a volume is added")
        await desk.shows(desk.stored())
        desk.act("remove")
        await stage.until(lambda: len(desk.stored().volumes) == 2, "it is removed")

    play(act)


def test_unwritten_chapters_go_at_once_and_come_back(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(2, 3)
        desk.act("merge")
        await desk.settles("merged", "Old 1", "Old 2", "Old 4", "Old 5")
        assert desk.stored().by_number[2].plan.count("Old plan") == 2
        desk.select(1)
        QTest.keyClick(desk.tree, Qt.Key.Key_Delete)
        await desk.settles("deleted", "Old 2", "Old 4", "Old 5")
        desk.act("undo")
        await desk.settles("back", "Old 1", "Old 2", "Old 4", "Old 5")
        desk.act("undo")
        await desk.settles("all back", *OLD)

    play(act)


def test_a_written_chapter_is_deleted_only_when_that_is_confirmed(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world, written=(1,))

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(1)
        desk.act("remove")
        await stage.until(lambda: stage.can_press("Keep them"), "it asks")
        stage.press("Keep them")
        await stage.until(lambda: not stage.can_press("Keep them"), "the question is gone")
        assert desk.titles() == list(OLD)
        desk.act("remove")
        await stage.until(lambda: stage.can_press("Delete for good"), "it asks again")
        stage.press("Delete for good")
        await desk.settles("deleted", *OLD[1:])
        assert not desk.page.actions_["undo"].isEnabled()
        await stage.until(
            lambda: stage.window.chapter_view.chapter_id == desk.stored().chapters[0].id,
            "the chapter is not shown any more",
        )

    play(act)


def test_the_project_tree_leads_to_the_plan(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        stage.window.workspace.show_stage(BookStage.CHAPTERS)
        await stage.open_chapter(4)
        stage.window.project_tree.outline_requested.emit()
        await stage.until(
            lambda: desk.page.chapter_form.chapter_id == desk.stored().by_number[4].id,
            "its plan is shown",
        )
        assert stage.window.workspace.stage is BookStage.OUTLINE
        assert desk.page.language is Language.ENGLISH

    play(act)
