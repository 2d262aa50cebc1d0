"""The outline while a slow disk still stores what the author asked for before."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from arboris_desktop.ui.outline.fill_dialog import FillDialog
from tests.gui.outline.outline_hands import OLD, Desk, field, make_novel
from tests.support.outline_provider import planning_rule
from tests.support.scripted_provider import ScriptedProvider
from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_undo_takes_back_the_change_that_is_still_being_stored(
    play: Play, world: dict[str, str]
) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(5)
        desk.act("remove")
        await desk.settles("the first is removed", *OLD[:4])
        slow = SlowDisk(stage)
        desk.select(1)
        desk.act("remove")
        await turns()
        desk.act("undo")
        await turns()
        await slow.let_go()
        await desk.settles("the second is back", *OLD[:4])
        desk.act("undo")
        await desk.settles("so is the first", *OLD)
        assert not desk.page.actions_["undo"].isEnabled()

    play(act)


@pytest.mark.parametrize(
    ("act_name", "selected", "titles"),
    [
        ("insert_after", (5,), [*OLD, ""]),
        ("merge", (1, 2), ["Old 1", *OLD[2:]]),
        ("remove", (1,), list(OLD[1:])),
    ],
)
def test_a_change_that_is_asked_for_twice_is_made_once(
    play: Play, world: dict[str, str], act_name: str, selected: tuple[int, ...], titles: list[str]
) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(*selected)
        slow = SlowDisk(stage)
        desk.act(act_name)
        desk.act(act_name)
        await turns()
        desk.act(act_name)
        await slow.let_go()
        await desk.settles("it is stored", *titles)
        await stage.studio._operations.settled()
        await turns()
        assert desk.titles() == titles
        assert "Nothing was changed" not in stage.window.statusBar().currentMessage()

    play(act)


@pytest.mark.parametrize("act_name", ["insert_after", "add_volume"])
def test_what_is_added_late_does_not_take_the_keyboard_from_who_types(
    play: Play, world: dict[str, str], act_name: str
) -> None:
    project_id = make_novel(world)

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(1)
        before = desk.stored()
        slow = SlowDisk(stage)
        desk.act(act_name)
        await turns()
        desk.select(3)
        plan = field(desk.page.chapter_form, QPlainTextEdit)
        QTest.keyClicks(plan, "Typed. ")
        await slow.let_go()
        await stage.until(
            lambda: (
                len(desk.page.outline.chapters) > len(before.chapters)
                or len(desk.page.outline.volumes) > len(before.volumes)
            ),
            "it is there",
        )
        assert plan.isVisible()
        QTest.keyClicks(plan, "On. ")
        desk.page.flush()
        third = before.by_number[3].id
        await stage.until(
            lambda: desk.stored().by_id[third].plan.startswith("Typed. On. "), "it is in its place"
        )

    play(act)


def count_runs(desk: Desk) -> int:
    with desk.services.database.read() as transaction:
        newest = transaction.outline_runs.newest(desk.project_id)
        return 0 if newest is None else newest.id


def test_a_run_that_is_asked_for_twice_begins_once(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        slow = SlowDisk(stage)
        for _ in range(2):
            desk.act("fill")
            dialog = await desk.dialog(FillDialog)
            dialog.accept()
            await turns()
        await slow.let_go()
        await stage.until(lambda: len(desk.titles()) == 15, "the chapters are planned")
        assert count_runs(desk) == 1

    play(act)
