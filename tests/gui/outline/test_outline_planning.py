"""The outline planned by a scripted model in the whole studio, as the author chooses."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QSpinBox

from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import RunKind
from arboris_desktop.ui.asking.prompt_preview_dialog import PromptPreviewDialog
from arboris_desktop.ui.outline.compare_dialog import ComparePlansDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.regenerate_dialog import RegeneratePlansDialog
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from tests.gui.outline.outline_hands import OLD, Desk, field, make_novel
from tests.support.outline_provider import asked_numbers, planned, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    in_two_parts,
    prompt_of,
    schema_name,
)
from tests.support.studio_stage import Play, Stage, child, open_services

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_plan_is_split_at_the_cursor_and_by_the_model(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(2)
        edit = field(desk.page.chapter_form, QPlainTextEdit)
        assert isinstance(edit, QPlainTextEdit)
        edit.setPlainText("😀 The water goes. It comes back.")
        cursor = edit.textCursor()
        cursor.setPosition(len("😀 The water goes. ") + 1)
        edit.setTextCursor(cursor)
        desk.act("split")
        dialog = await desk.dialog(SplitDialog)
        assert isinstance(dialog, SplitDialog)
        assert dialog.halves() == (("Old 2", "😀 The water goes."), ("", "It comes back."))
        stage.press("What is sent")
        preview = await desk.dialog(PromptPreviewDialog)
        preview.reject()
        stage.press("Let the model divide it")
        await stage.until(lambda: dialog.halves()[0][0] == "Ebb", "the model answered")
        stage.press("Split in two")
        after = await desk.settles("split", "Old 1", "Ebb", "Flow", "Old 3", "Old 4", "Old 5")
        assert after.by_number[3].plan == "The water comes back."
        desk.act("undo")
        await desk.settles("taken back", *OLD)
        assert desk.stored().by_number[2].plan == "😀 The water goes. It comes back."

    play(act)


def test_missing_chapters_are_planned_range_by_range_and_resumed(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    gate = threading.Event()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.act("fill")
        dialog = await desk.dialog(FillDialog)
        assert isinstance(dialog, FillDialog)
        assert dialog.fields.range() == ChapterRange(6, 15)
        dialog.findChildren(QSpinBox)[1].setValue(28)
        scripted_provider.rule = planning_rule()
        perfect = scripted_provider.rule

        def with_fault(request: dict[str, object]) -> object:
            if len(scripted_provider.requests) == 2:
                return error(503, "overloaded")
            if len(scripted_provider.requests) == 4:
                return in_two_parts('{"chapters": [', "]}", gate)
            return perfect(request)

        scripted_provider.rule = with_fault  # type: ignore[assignment]
        stage.press("Plan")
        panel = desk.page.run_panel
        await stage.until(lambda: stage.can_press("Resume"), "the second range fails")
        assert len(desk.stored().chapters) == 15
        await desk.shows(desk.stored())
        assert "10 of 23" in panel.text()
        stage.press("Resume")
        await stage.until(lambda: len(scripted_provider.requests) == 4, "the last range is asked")
        assert asked_numbers(scripted_provider.requests[2])[0] == 16, "the first missing one"
        assert not desk.page.actions_["fill"].isEnabled()
        stage.press("Stop")
        await stage.until(lambda: stage.can_press("Resume"), "stopped")
        gate.set()
        assert len(desk.stored().chapters) == 25
        stage.press("Resume")
        await stage.until(lambda: len(desk.stored().chapters) == 28, "all are there")
        await stage.until(lambda: not panel.call_bar.is_busy, "the run is over")
        await desk.shows(desk.stored())
        assert not stage.can_press("Resume")
        assert desk.stored().by_number[28].plan == planned(28)["plan"]
        await stage.until(lambda: len(stage.chapters()) == 28, "the project tree follows")

    play(act)


def test_a_run_that_a_closed_studio_left_is_offered_again(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    services = open_services(world)
    services.outlining.begin(project_id, RunKind.FILL, ChapterRange(6, 9))
    services.close()
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        await stage.until(lambda: stage.can_press("Resume"), "the run is offered")
        stage.press("Resume")
        await stage.until(lambda: len(desk.stored().chapters) == 9, "it went on")
        await stage.until(lambda: not desk.page.run_panel.call_bar.is_busy, "it is over")

    play(act)


def test_volumes_are_planned_shown_and_taken_over(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world, 0)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.act("plan_volumes")
        dialog = await desk.dialog(VolumesDialog)
        assert isinstance(dialog, VolumesDialog)
        count, total = dialog.findChildren(QSpinBox)
        total.setValue(90)
        count.setValue(3)
        assert not stage.can_press("Use these volumes")
        stage.press("What is sent")
        preview = await desk.dialog(PromptPreviewDialog)
        preview.reject()
        stage.press("Let the model plan")
        await stage.until(lambda: stage.can_press("Use these volumes"), "the model answered")
        assert [v.size for v in dialog.volumes()] == [30, 30, 30]
        stage.press("Use these volumes")
        await stage.until(lambda: len(desk.stored().volumes) == 3, "they are stored")
        await desk.shows(desk.stored())
        assert desk.page.outline.gaps() == (ChapterRange(1, 90),)
        gap = desk.tree.outline_model().index(0, 0, desk.tree.outline_model().index(1, 0))
        assert gap.data() == "31–60 missing"
        desk.tree.gap_opened.emit(ChapterRange(31, 60))
        fill = await desk.dialog(FillDialog)
        assert isinstance(fill, FillDialog)
        assert fill.fields.range() == ChapterRange(31, 60)
        fill.reject()

    play(act)


def test_chapters_are_planned_again_only_as_the_author_chooses(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world, written=(2, 5))
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(1, 2, 3)
        desk.act("regenerate")
        dialog = await desk.dialog(RegeneratePlansDialog)
        assert isinstance(dialog, RegeneratePlansDialog)
        await stage.until(lambda: stage.can_press("Plan again"), "the impact is known")
        assert "Planned again: 1, 3" in dialog.text()
        assert "Left alone, since they have text: 2." in dialog.text()
        assert "relying on the old plans: 5." in dialog.text()
        before = desk.stored()
        stage.press("Plan again")
        compare = await desk.dialog(ComparePlansDialog)
        assert isinstance(compare, ComparePlansDialog)
        assert desk.stored() == before, "nothing is replaced before the author chooses"
        assert compare.chosen() == {1, 3}
        child(compare, QListWidget).item(0).setCheckState(Qt.CheckState.Unchecked)
        stage.press("Accept 1")
        after = await desk.settles("one is taken", "Old 1", "Old 2", planned(3)["title"], *OLD[3:])
        assert after.by_number[1].plan == "Old plan of chapter 1."
        assert after.by_number[3].plan == planned(3)["plan"]
        desk.act("undo")
        await desk.settles("taken back", *OLD)
        assert "Old plan of chapter 3" not in prompt_of(scripted_provider.requests[0])

    play(act)


def test_new_plans_are_not_lost_for_another_run(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.select(1)
        desk.act("regenerate")
        await desk.dialog(RegeneratePlansDialog)
        await stage.until(lambda: stage.can_press("Plan again"), "the impact is known")
        stage.press("Plan again")
        compare = await desk.dialog(ComparePlansDialog)
        compare.reject()
        await stage.until(lambda: stage.can_press("Compare…"), "the plans wait")
        desk.act("fill")
        await desk.dialog(FillDialog)
        stage.press("Plan")
        await stage.until(lambda: stage.can_press("Dismiss them"), "it asks")
        stage.press("Keep them")
        await stage.until(lambda: not stage.can_press("Keep them"), "the question is gone")
        assert len(scripted_provider.requests) == 1
        stage.press("Compare…")
        again = await desk.dialog(ComparePlansDialog)
        again.reject()
        stage.press("Dismiss")
        await stage.until(lambda: not stage.can_press("Compare…"), "they are dismissed")
        assert desk.titles() == list(OLD)

    play(act)


def test_the_preview_of_a_range_is_what_is_sent(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    project_id = make_novel(world)
    scripted_provider.rule = planning_rule()

    async def act(stage: Stage) -> None:
        desk = Desk(stage, project_id)
        await desk.open()
        desk.act("fill")
        dialog = await desk.dialog(FillDialog)
        wishes = field(dialog, QPlainTextEdit)
        QTest.keyClicks(wishes, "Let it rain.")
        stage.press("What is sent")
        preview = await desk.dialog(PromptPreviewDialog)
        shown = [each.toPlainText() for each in preview.findChildren(QPlainTextEdit)]
        preview.reject()
        stage.press("Plan")
        await stage.until(lambda: len(desk.stored().chapters) == 15, "planned")
        sent = [m["content"] for m in scripted_provider.requests[0]["messages"]]
        assert shown == sent
        assert schema_name(scripted_provider.requests[0]) == "plan_chapters"
        await stage.until(lambda: not desk.page.run_panel.call_bar.is_busy, "it is over")

    play(act)
