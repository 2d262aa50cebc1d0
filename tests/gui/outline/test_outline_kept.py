"""Plans of volumes and divided plans outlast a crash until the author decides."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.outline import ChapterPlan
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from tests.gui.outline.outline_hands import OLD, Desk, make_novel
from tests.support.crashed_folder import as_a_crash_leaves_it
from tests.support.outline_provider import planning_rule
from tests.support.scripted_provider import ScriptedProvider
from tests.support.studio_stage import Play, Stage, perform

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.mark.parametrize("decision", ["Use these volumes", "Cancel"])
def test_volumes_are_offered_again_after_a_crash_until_they_are_decided(
    play: Play, application: QApplication, world: dict[str, str],
    scripted_provider: ScriptedProvider, decision: str,
) -> None:  # fmt: skip
    project_id = make_novel(world, 0)
    scripted_provider.rule = planning_rule()
    left: dict[str, str] = {}

    async def ask(stage: Stage) -> tuple[Desk, VolumesDialog]:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.act("plan_volumes")
        dialog = await desk.dialog(VolumesDialog)
        assert isinstance(dialog, VolumesDialog)
        return desk, dialog

    async def crash(stage: Stage) -> None:
        _desk, dialog = await ask(stage)
        dialog.show_question(3, 90, "Three ebbs.")
        stage.press("Let the model plan")
        await stage.until(lambda: stage.can_press("Use these volumes"), "the model answered")
        left.update(as_a_crash_leaves_it(world))

    async def decide(stage: Stage) -> None:
        desk, dialog = await ask(stage)
        assert (dialog.count, dialog.total, dialog.instruction()) == (3, 90, "Three ebbs.")
        assert [v.size for v in dialog.volumes()] == [30, 30, 30]
        stage.press(decision)
        await stage.until(
            lambda: stage.services.outlining.waiting_volumes(project_id) is None, "it is forgotten"
        )
        assert len(desk.stored().volumes) == (0 if decision == "Cancel" else 3)

    async def nothing_waits(stage: Stage) -> None:
        _desk, dialog = await ask(stage)
        assert dialog.volumes() == []
        assert dialog.instruction() == ""
        dialog.reject()

    play(crash)
    perform(application, left, decide)
    perform(application, left, nothing_waits)
    assert len(scripted_provider.requests) == 1, "it is paid for once"


@pytest.mark.parametrize("decision", ["Split in two", "Cancel"])
def test_a_divided_plan_is_offered_again_after_a_crash_until_it_is_decided(
    play: Play, application: QApplication, world: dict[str, str],
    scripted_provider: ScriptedProvider, decision: str,
) -> None:  # fmt: skip
    project_id = make_novel(world)
    scripted_provider.rule = planning_rule()
    left: dict[str, str] = {}
    chapters: list[ChapterPlan] = []

    async def ask(stage: Stage, number: int) -> tuple[Desk, SplitDialog]:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(number)
        desk.act("split")
        dialog = await desk.dialog(SplitDialog)
        assert isinstance(dialog, SplitDialog)
        return desk, dialog

    async def crash(stage: Stage) -> None:
        desk, dialog = await ask(stage, 2)
        chapters.append(desk.stored().by_number[2])
        dialog.show_instruction("After the storm.")
        stage.press("Let the model divide it")
        await stage.until(lambda: dialog.halves()[0][0] == "Ebb", "the model answered")
        left.update(as_a_crash_leaves_it(world))

    async def decide(stage: Stage) -> None:
        desk, other = await ask(stage, 3)
        assert other.halves()[0][0] == "Old 3", "that of another chapter is not shown"
        other.reject()
        await stage.until(lambda: not other.isVisible(), "it is closed")
        desk, dialog = await ask(stage, 2)
        assert (dialog.halves()[0][0], dialog.instruction()) == ("Ebb", "After the storm.")
        stage.press(decision)
        after = ("Old 1", "Ebb", "Flow", *OLD[2:]) if decision == "Split in two" else OLD
        await desk.settles("decided", *after)
        await stage.until(
            lambda: stage.services.outlining.waiting_split(project_id, chapters[0]) is None,
            "it is forgotten",
        )

    async def nothing_waits(stage: Stage) -> None:
        desk, dialog = await ask(stage, 2)
        assert dialog.halves()[0][0] == desk.stored().by_number[2].title
        dialog.reject()

    play(crash)
    perform(application, left, decide)
    perform(application, left, nothing_waits)
    assert len(scripted_provider.requests) == 1, "it is paid for once"
