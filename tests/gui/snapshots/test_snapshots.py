"""The texts that a chapter had, in the whole studio: taken, compared, brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QListWidget

from arboris_desktop.domain.snapshots import ChapterSnapshot, SnapshotKind
from arboris_desktop.ui.revision.hunk_list import HunkList
from arboris_desktop.ui.snapshots.panel import SnapshotPanel
from arboris_desktop.ui.widgets.diff_view import DiffSide, DiffView
from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage, child

CONTROL = Qt.KeyboardModifier.ControlModifier


def panel(stage: Stage) -> SnapshotPanel:
    return stage.window.snapshot_panel


def listed(stage: Stage) -> list[str]:
    texts = child(panel(stage), QListWidget)
    return [texts.item(row).text() for row in range(texts.count())]


def kept(stage: Stage) -> list[ChapterSnapshot]:
    return stage.services.snapshots.of_chapter(stage.chapter(1).id)


async def take(stage: Stage, name: str) -> None:
    stage.window.actions_.take_snapshot.trigger()
    await stage.until(
        lambda: any(d.isVisible() for d in stage.window.findChildren(QInputDialog)),
        "the name is asked for",
    )
    (dialog,) = (d for d in stage.window.findChildren(QInputDialog) if d.isVisible())
    dialog.setTextValue(name)
    dialog.accept()
    await stage.until(lambda: any(name in each for each in listed(stage)), "it is listed")


async def compare(stage: Stage, name: str) -> None:
    texts = child(panel(stage), QListWidget)
    row = next(row for row, each in enumerate(listed(stage)) if name in each)
    texts.setCurrentRow(row)
    await stage.until(lambda: child(panel(stage), HunkList).count(), "the difference is shown")


async def compare_with_earlier(stage: Stage) -> str:
    """Compares the text with the one before the last word was typed; returns that."""
    await stage.open_chinese_sample(1)
    QTest.keyClicks(stage.editor(), "One ")
    first = stage.text()
    await take(stage, "Before the storm")
    QTest.keyClicks(stage.editor(), "two ")
    await compare(stage, "Before the storm")
    return first


def test_a_named_snapshot_comes_back_as_a_whole_and_what_was_there_is_kept(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "One ")
        first = stage.text()
        await take(stage, "Before the storm")
        assert [(each.kind, each.content) for each in kept(stage)] == [(SnapshotKind.NAMED, first)]
        QTest.keyClicks(stage.editor(), "two ")
        second = stage.text()
        await compare(stage, "Before the storm")
        stage.press("Restore All")
        await stage.until(lambda: stage.text() == first, "it is as it was")
        assert stage.text() == first
        await stage.until(
            lambda: any("older text was restored" in each for each in listed(stage)), "it is listed"
        )
        assert (kept(stage)[0].kind, kept(stage)[0].content) == (SnapshotKind.RESTORE, second)
        assert stage.window.focusWidget() is stage.editor()
        QTest.keyClick(stage.editor(), Qt.Key.Key_Z, CONTROL)
        assert stage.text() == second

    play(act)


def test_what_was_typed_since_the_comparison_is_not_undone_by_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        first = await compare_with_earlier(stage)
        QTest.keyClicks(stage.editor(), "three ")
        third = stage.text()
        stage.press("Restore All")
        said = stage.window.statusBar()
        await stage.until(lambda: "look at it again" in said.currentMessage(), "it is told")
        assert stage.text() == third
        shown = child(panel(stage), DiffView)
        await stage.until(lambda: "three" in shown.text(DiffSide.BOTH), "it is compared again")
        stage.press("Restore All")
        await stage.until(lambda: stage.text() == first, "by now it was compared with that")

    play(act)


def test_what_is_typed_while_the_disk_is_slow_is_not_undone_by_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        first = await compare_with_earlier(stage)
        slow = SlowDisk(stage)
        stage.press("Restore All")
        await turns()
        QTest.keyClicks(stage.editor(), "three ")
        third = stage.text()
        await slow.let_go()
        said = stage.window.statusBar()
        await stage.until(lambda: "look at it again" in said.currentMessage(), "it is told")
        assert stage.text() == third
        await stage.until(lambda: stage.stored_text(1) == third, "it is saved")
        stage.press("Restore All")
        await stage.until(lambda: stage.text() == first, "by now it was compared with that")

    play(act)


def test_texts_of_the_chapter_before_are_not_offered_for_another(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await compare_with_earlier(stage)
        assert listed(stage)
        before = SlowDisk(stage)
        stage.studio.writing.open_chapter(stage.chapter(2).id)
        await turns()
        after = SlowDisk(stage)
        await before.let_go()
        await stage.until_shown(2)

        assert listed(stage) == []
        assert not stage.can_press("Restore All")

        await after.let_go()
        await stage.open_chapter(1)
        await stage.until(lambda: listed(stage), "they are listed for their own")

    play(act)


def test_one_passage_comes_back_and_the_other_stays(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "Start ")
        await take(stage, "Whole")
        old = stage.text()
        view = stage.window.chapter_view
        changed = old.replace("Start ", "Begin ", 1) + " End"
        assert view.replace_text(changed)
        view.flush_edits()
        await compare(stage, "Whole")
        hunks = child(panel(stage), HunkList)
        assert hunks.count() == 2
        hunks.item(1).setCheckState(Qt.CheckState.Unchecked)
        stage.press("Restore 1 passage")
        await stage.until(lambda: stage.text() == f"{old} End", "only the first is back")

    play(act)


def test_a_text_is_kept_before_the_model_changes_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        QTest.keyClicks(stage.editor(), "Mine ")
        mine = stage.text()
        assert stage.window.chapter_view.replace_passage(0, "Mine ", "The model's ")
        await stage.until(lambda: kept(stage), "it is kept")
        assert [(each.kind, each.content) for each in kept(stage)] == [(SnapshotKind.MODEL, mine)]
        stage.window.chapter_view.flush_edits()

    play(act)


def test_a_snapshot_is_forgotten_by_its_button(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        await take(stage, "Gone soon")
        child(panel(stage), QListWidget).setCurrentRow(-1)
        assert panel(stage)._hint.isVisible(), "it says what to do while none is chosen"
        child(panel(stage), QListWidget).setCurrentRow(0)
        assert not panel(stage)._hint.isVisible()
        stage.press("Forget")
        await stage.until(lambda: not listed(stage), "it is gone")
        assert kept(stage) == []

    play(act)
