"""A book of 500 chapters on the stage of the outline: nothing is lost, and the views agree."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.outline.outline_hands import Desk, make_novel
from tests.support.outline_provider import planning_rule
from tests.support.scripted_provider import ScriptedProvider
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COUNT = 500
PLANNED = 150


def shown_titles(desk: Desk) -> list[str]:
    """The titles in the tree of the outline, from the top."""
    model = desk.tree.outline_model()
    volumes = [model.index(row, 0) for row in range(model.rowCount())]
    return [
        str(model.index(row, 0, volume).data()).split(". ")[-1]
        for volume in volumes
        for row in range(model.rowCount(volume))
    ]


def test_500_chapters_are_moved_inserted_and_taken_back(play: Play, world: dict[str, str]) -> None:
    project_id = make_novel(world, COUNT, written=(1, 250, 500))
    titles = [f"Old {n}" for n in range(1, COUNT + 1)]

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        assert shown_titles(desk) == titles
        desk.drop((1, 250, 499, 500), volume=1, row=100)
        moved = [t for t in titles if t not in ("Old 1", "Old 250", "Old 499", "Old 500")]
        moved[99:99] = ["Old 1", "Old 250", "Old 499", "Old 500"]
        after = await desk.settles("moved", *moved)
        assert shown_titles(desk) == moved
        assert not after.problems
        written = {c.title: c.number for c in after.chapters if c.is_written}
        assert written == {"Old 1": 100, "Old 250": 101, "Old 500": 103}
        texts = {n: stage.services.editing.open(after.by_number[n].id) for n in (100, 101, 103)}
        assert [t.version.content for t in texts.values() if t.version] == [
            "The text of chapter 1.",
            "The text of chapter 250.",
            "The text of chapter 500.",
        ]
        desk.select(300)
        desk.act("insert_after")
        await desk.settles("inserted", *moved[:300], "", *moved[300:])
        desk.act("undo")
        await desk.settles("without it", *moved)
        desk.act("undo")
        await desk.settles("all back", *titles)
        await stage.until(
            lambda: [c.title for c in stage.chapters()] == titles, "the project tree agrees"
        )
        tree = stage.window.project_tree
        assert tree.model.index_of(stage.chapters()[0].id).data() == "1. Old 1"

    play(act)


def test_chapters_are_planned_while_the_author_works(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world, 4)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.page.fill_requested.emit(ChapterRange(1, PLANNED))
        await stage.until(lambda: stage.can_press("Plan"), "it is asked for")
        stage.press("Plan")
        await stage.until(lambda: len(desk.page.outline.chapters) > 40, "some are there")
        desk.select(2)
        QTest.keyClick(desk.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        await stage.until(lambda: desk.titles()[:2] == ["Old 2", "Old 1"], "moved meanwhile")
        stage.window.workspace.show_stage(BookStage.CHAPTERS)
        await stage.until(lambda: len(desk.stored().chapters) == PLANNED, "all are there")
        await stage.until(lambda: not desk.page.run_panel.call_bar.is_busy, "the run is over")
        outline = desk.stored()
        assert not outline.problems
        assert outline.problems.without_plan == ()
        stage.window.workspace.show_stage(BookStage.OUTLINE)
        await desk.shows(outline)
        assert len(shown_titles(desk)) == PLANNED

    play(act)
