"""Many chapters in a row, begun, watched, paused and continued in the window."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QSpinBox
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.auto_runs import AutoOptions, AutoRunStatus, StopReason
from arboris_desktop.domain.novel import ChapterStatus
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.ui.auto.dialog import AutoDialog
from tests.gui.chapter.chapter_samples import make_chapter
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import ScriptedProvider, error, stall, text
from tests.support.studio_stage import Play, Stage

CHAPTER = "雾散了。" + "".join(f"陶七数到{n}，停住了脚。" for n in "三五八一二九四七六十百千")
QUICK = WritingSettings(target_words=100, candidates=1, continue_until_target=False)


def dialogs() -> list[AutoDialog]:
    return open_dialogs(AutoDialog)


async def open_dialog(stage: Stage) -> AutoDialog:
    stage.window.actions_.write_many.trigger()
    await stage.until(dialogs, "the dialog is open")
    return dialogs()[0]


async def begin(stage: Stage, last: int) -> None:
    """Opens the Chinese sample and begins a run from its second chapter."""
    stage.services.preferences.set(QUICK)
    await stage.open_chinese_sample(2)
    dialog = await open_dialog(stage)
    dialog._last.setValue(last)
    dialog._wait.setChecked(False)
    dialog.accept()


def can_continue(stage: Stage) -> bool:
    return stage.window.auto_bar._hold.text() == "Continue"


def is_over(stage: Stage) -> bool:
    """It has ended, and the author is still told so."""
    bar = stage.window.auto_bar
    return bar.isVisible() and bar._end.text() == "Close"


def continue_run(stage: Stage) -> None:
    """Other buttons say Continue too."""
    stage.window.auto_bar._hold.click()


def bar_text(stage: Stage) -> str:
    return stage.window.auto_bar.text()


def test_nothing_begins_without_a_limit(qtbot: QtBot) -> None:
    dialog = AutoDialog(2, [make_chapter(n) for n in range(1, 7)], 1200, 2)
    qtbot.addWidget(dialog)
    assert dialog.options().max_tokens > 0, "a limit is offered"
    assert dialog._start.isEnabled()

    dialog._tokens.setValue(0)
    assert not dialog._start.isEnabled()

    dialog._minutes.setValue(30)
    assert dialog._start.isEnabled()
    assert dialog.options() == AutoOptions(2, max_minutes=30)


def test_the_limit_goes_with_the_length_of_the_run_until_the_author_sets_another(
    qtbot: QtBot,
) -> None:
    """Made for ten chapters, a limit is none for the three that are then entered."""
    dialog = AutoDialog(3, [make_chapter(n) for n in range(1, 13)], 1200, 2)
    qtbot.addWidget(dialog)
    for_ten = dialog.options().max_tokens

    QTest.keyClicks(selected(dialog._last), "5")
    QTest.keyClicks(selected(dialog._candidates), "1")
    for_three = dialog.options().max_tokens
    assert for_three == max(2 * dialog._estimated() // 1000 * 1000, 50_000)
    assert for_three < for_ten / 3

    dialog._tokens.setValue(70)
    QTest.keyClicks(selected(dialog._last), "12")
    assert dialog.options().max_tokens == 70_000, "what the author set stays"


def selected(number: QSpinBox) -> QSpinBox:
    number.selectAll()
    return number


def test_a_run_writes_the_chapters_that_are_missing(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(CHAPTER)

    async def act(stage: Stage) -> None:
        await begin(stage, 3)

        await stage.until(lambda: is_over(stage), "the run is told to be over")
        written = [chapter.status for chapter in stage.chapters()][:3]
        await stage.until(
            lambda: [c.status for c in stage.chapters()][:3] == [ChapterStatus.WRITTEN] * 3,
            f"the tree shows them: {written}",
        )
        assert stage.stored_text(3) == CHAPTER
        assert "2 chapters" in bar_text(stage), "what was done is told until the author closes it"
        stage.press("Close")
        assert stage.window.auto_bar.isHidden()

    play(act)


def test_a_paused_run_continues_where_it_stopped_also_after_a_restart(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after="雾还在。"))

    async def stop_halfway(stage: Stage) -> None:
        await begin(stage, 2)
        await stage.until(lambda: stage.text() == "雾还在。", "the first words are shown")
        stage.press("Pause")
        await stage.until(lambda: "Paused" in bar_text(stage), "it is paused")

    async def go_on(stage: Stage) -> None:
        scripted_provider.rule = lambda _request: text(CHAPTER)
        (project,) = stage.services.novels.all()
        stage.studio.library.open_novel(project.id)
        await stage.until(lambda: can_continue(stage), "the run is there again")
        continue_run(stage)
        await stage.until(lambda: is_over(stage), "it is done")
        assert stage.stored_text(2) == "雾还在。" + CHAPTER

    play(stop_halfway)
    play(go_on)


def test_a_refused_key_is_told_and_the_run_goes_on_when_it_is_mended(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(CHAPTER)
    scripted_provider.behaviours.append(error(401, "no"))

    async def act(stage: Stage) -> None:
        await begin(stage, 2)
        await stage.until(lambda: can_continue(stage), "it waits")
        assert "does not answer properly" in bar_text(stage)

        continue_run(stage)

        await stage.until(lambda: is_over(stage), "it is done")

    play(act)


def test_a_reached_limit_is_raised_by_the_author(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(CHAPTER)

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QUICK)
        await stage.open_chinese_sample()
        contents = stage.studio.library.contents
        assert contents is not None
        options = AutoOptions(
            1, wait_for_analysis=False, stop_at_contradictions=False, max_tokens=1000
        )
        writer = stage.services.auto_writer
        run = writer.start(contents.project.id, 2, 2, options)
        writer.pause(run.id, StopReason.TOKENS)
        stage.studio.library.refresh()
        await stage.until(lambda: can_continue(stage), "the run is found")

        continue_run(stage)
        await stage.until(dialogs, "another limit is asked for")
        (dialog,) = dialogs()
        dialog.done(QDialog.DialogCode.Accepted.value)

        await stage.until(
            lambda: writer.run(run.id).status is AutoRunStatus.COMPLETED, "it is done"
        )

    play(act)


def test_an_ended_run_keeps_what_is_written(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text(CHAPTER))
    scripted_provider.rule = lambda _request: stall(after="雾。")

    async def act(stage: Stage) -> None:
        await begin(stage, 3)
        await stage.until(lambda: stage.stored_text(2) == CHAPTER, "the first one is written")

        stage.press("End")

        await stage.until(lambda: is_over(stage), "it is ended")
        assert "ended after" in bar_text(stage)
        assert stage.stored_text(2) == CHAPTER

    play(act)


def test_the_time_of_a_run_goes_on_while_a_chapter_is_written(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after="雾还在。"))

    async def act(stage: Stage) -> None:
        await begin(stage, 2)
        await stage.until(lambda: stage.text() == "雾还在。", "the first words are shown")
        await stage.until(lambda: "0:02" in bar_text(stage), "the time goes on")
        stage.window.auto_bar.show_run(stage.window.auto_bar._run)
        assert "0:00" not in bar_text(stage), "shown again, it does not begin again"
        stage.press("Pause")
        await stage.until(lambda: can_continue(stage), "it is paused")
        assert "0:00" not in bar_text(stage), "what it took is kept"
        (project,) = stage.services.novels.all()
        kept = stage.services.auto_writer.unfinished(project.id)
        assert kept is not None
        assert kept.seconds >= 2

    play(act)
