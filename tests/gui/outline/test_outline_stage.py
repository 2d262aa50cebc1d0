"""The stage of the outline in the whole studio, by mouse and keyboard, against a scripted model."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_runs import RunKind
from arboris_desktop.services import Services
from arboris_desktop.ui.asking.prompt_preview_dialog import PromptPreviewDialog
from arboris_desktop.ui.outline.compare_dialog import ComparePlansDialog
from arboris_desktop.ui.outline.fill_dialog import FillDialog
from arboris_desktop.ui.outline.outline_tree import OutlineTree
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.outline.regenerate_dialog import RegeneratePlansDialog
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.outline.volumes_dialog import VolumesDialog
from arboris_desktop.ui.workspace import Stage as BookStage
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

MOVE = Qt.DropAction.MoveAction


def make_novel(world: dict[str, str], chapters: int = 5, written: tuple[int, ...] = ()) -> str:
    """A novel of two volumes, planned before the studio is opened."""
    services = open_services(world)
    half = (chapters + 1) // 2
    volumes = tuple(
        OutlineVolume(
            name,
            tuple(OutlineChapter(f"Old {n}", f"Old plan of chapter {n}.") for n in numbers),
        )
        for name, numbers in (("Ebb", range(1, half + 1)), ("Flow", range(half + 1, chapters + 1)))
    )
    novel = NewNovel("The Long Ebb", "The tide stays away.", volumes=volumes if chapters else ())
    project_id = services.novels.create(novel)
    for number in written:
        chapter = services.novels.open(project_id).chapters[number - 1]
        services.editing.save(chapter.id, f"The text of chapter {number}.", None)
    services.close()
    return project_id


class Desk:
    """Hands and eyes for the stage of the outline."""

    def __init__(self, stage: Stage, project_id: str) -> None:
        self.stage = stage
        self.project_id = project_id

    @property
    def page(self) -> OutlinePage:
        """The page of the stage, which is made with the first novel that is opened."""
        return child(self.stage.window, OutlinePage)

    @property
    def tree(self) -> OutlineTree:
        return self.page.tree

    async def open(self) -> None:
        self.stage.studio.library.open_novel(self.project_id)
        await self.stage.until(lambda: self.stage.studio.library.contents, "the novel is open")
        self.stage.window.workspace.show_stage(BookStage.OUTLINE)
        await self.shows(self.stored())

    def stored(self) -> Outline:
        return self.services.outline_editing.open(self.project_id)

    @property
    def services(self) -> Services:
        return self.stage.services

    async def shows(self, outline: Outline) -> None:
        await self.stage.until(lambda: self.page.outline == outline, "the outline is shown")

    async def settles(self, what: str, *titles: str) -> Outline:
        """Waits until the stored chapters have these titles, in order, and are shown."""

        def is_so() -> bool:
            stored = self.stored()
            return [c.title for c in stored.chapters] == list(titles) and (
                self.page.outline == stored
            )

        await self.stage.until(is_so, what)
        return self.stored()

    def index(self, number: int) -> QModelIndex:
        chapter = self.page.outline.by_number[number]
        return self.tree.outline_model().index_of_chapter(chapter.id)

    def select(self, *numbers: int) -> None:
        modifier = Qt.KeyboardModifier.NoModifier
        for number in numbers:
            self.click(self.index(number), modifier)
            modifier = Qt.KeyboardModifier.ControlModifier

    def click(
        self,
        index: QModelIndex | QPersistentModelIndex,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        assert index.isValid()
        self.tree.scrollTo(index)
        place = self.tree.visualRect(index).center()
        QTest.mouseClick(self.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def drop(self, numbers: tuple[int, ...], volume: int, row: int) -> None:
        model = self.tree.outline_model()
        data = model.mimeData([self.index(number) for number in numbers])
        parent = model.index(volume - 1, 0)
        assert model.dropMimeData(data, MOVE, row, 0, parent)

    def act(self, name: str) -> None:
        assert self.page.actions_[name].isEnabled(), name
        self.page.actions_[name].trigger()

    async def dialog(self, kind: type[QDialog]) -> QDialog:
        def shown() -> list[QDialog]:
            found = self.stage.window.findChildren(kind)
            return [each for each in found if each.isVisible()]

        await self.stage.until(shown, f"{kind.__name__} is open")
        return shown()[0]

    def titles(self) -> list[str]:
        return [c.title for c in self.stored().chapters]


def field(parent: QWidget, kind: type[QWidget]) -> QWidget:
    found = [each for each in parent.findChildren(kind) if each.isVisible()]
    assert found
    return found[0]


OLD = tuple(f"Old {n}" for n in range(1, 6))


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


def test_chapters_are_planned_anew_only_as_the_author_chooses(
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
        stage.press("Take over 1")
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
