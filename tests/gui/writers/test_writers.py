"""One writer for each chapter, as the whole window shows it; and *Stop*, which stops them all."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton

from arboris_desktop.domain.auto_runs import AutoOptions, AutoRunStatus, StopReason
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.ui.auto.dialog import AutoDialog
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.frame.write_button import WriteButton
from arboris_desktop.ui.novels.chapter_tree_model import TreeRole
from arboris_desktop.ui.novels.novel_list import NovelList
from tests.e2e.command_line import CommandLine
from tests.support.open_dialogs import open_dialogs
from tests.support.scripted_provider import ScriptedProvider, stall
from tests.support.studio_stage import Play, Stage, child, open_services

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

FIRST = "雾还在。"
QUICK = WritingSettings(target_words=100, candidates=1, continue_until_target=False)


async def begin_run(stage: Stage) -> None:
    """Lets the auto-writer begin the second chapter, which then streams without an end."""
    stage.services.preferences.set(QUICK)
    await stage.open_chinese_sample(2)
    stage.window.actions_.write_many.trigger()

    await stage.until(lambda: open_dialogs(AutoDialog), "the dialog is open")
    (dialog,) = open_dialogs(AutoDialog)
    dialog._last.setValue(2)
    dialog._wait.setChecked(False)
    dialog.accept()
    await stage.until(lambda: stage.text() == FIRST, "the first words are shown")


def mark(stage: Stage, number: int) -> str:
    """The mark of a chapter in the tree."""
    model = stage.window.project_tree.model
    return str(model.index_of(stage.chapter(number).id).data(TreeRole.STATE_TEXT))


def is_writing(stage: Stage) -> bool:
    return stage.services.register.is_writing


async def told(stage: Stage) -> str:
    """Waits for the message box, reads it and closes it."""

    def boxes() -> list[QMessageBox]:
        return [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()]

    await stage.until(boxes, "a message is shown")
    (box,) = boxes()
    words = f"{box.text()} {box.informativeText()}"
    box.close()
    return words


def test_a_chapter_of_the_auto_writer_is_not_written_a_second_time(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))

    async def act(stage: Stage) -> None:
        await begin_run(stage)
        actions, view = stage.window.actions_, stage.window.chapter_view

        assert mark(stage, 2) == "Being written"
        assert actions.stop.isEnabled(), "whoever began it, it can be stopped"
        assert not actions.generate.isEnabled()
        QTest.keyClick(stage.editor(), Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        view.generate_requested.emit(stage.chapter(2).id)
        words = await told(stage)
        assert "The auto-writer is writing this chapter." in words
        assert "Chapter → Stop Writing" in words
        assert stage.text() == FIRST, "what the run writes stays in view"
        assert len(scripted_provider.requests) == 1

        actions.stop.trigger()
        await stage.until(lambda: not is_writing(stage), "it stops")
        await stage.until(lambda: "Paused" in stage.window.auto_bar.text(), "the run is paused")
        assert not actions.stop.isEnabled()
        assert actions.generate.isEnabled()
        draft = stage.services.drafting.draft(stage.chapter(2).id)
        assert draft is not None
        assert draft.content == FIRST

    play(act)


def test_the_one_button_that_stops_stops_a_run_too(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))

    async def act(stage: Stage) -> None:
        await begin_run(stage)
        buttons = stage.window.findChildren(QAbstractButton)
        (stop,) = [b for b in buttons if b.isVisible() and b.text() == "Stop"]
        stop.click()
        await stage.until(lambda: "Paused" in stage.window.auto_bar.text(), "the run is paused")

    play(act)


def test_stop_is_there_as_long_as_anything_is_written(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: stall(after=FIRST)

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QUICK)
        await stage.open_chinese_sample(1)
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        stop, generate = stage.window.actions_.stop, stage.window.actions_.generate
        stage.window.actions_.continue_here.trigger()
        stage.press("Continue here")
        await stage.until(stop.isEnabled, "a continuation can be stopped")
        assert not generate.isEnabled(), "its chapter is not to be replaced meanwhile"

        await stage.open_chapter(2)
        assert generate.isEnabled()
        await stage.generate()
        await stage.until(lambda: stage.text() == FIRST, "another chapter is written")
        stage.services.preferences.set(WritingSettings(candidates=2))
        await stage.open_chapter(3)
        await stage.generate()
        await stage.until(lambda: len(scripted_provider.requests) == 4, "and candidates")
        assert [mark(stage, number) for number in (1, 2, 3)] == ["Being written"] * 3

        stage.window.project_tree.stop_requested.emit(stage.chapter(2).id)
        await stage.until(lambda: mark(stage, 2) == "Unfinished draft", "one has stopped")
        assert stop.isEnabled(), "the others go on"
        assert [mark(stage, number) for number in (1, 3)] == ["Being written"] * 2
        stage.studio.library.show_novels()
        assert stop.isEnabled(), "also before the list of novels"
        assert not generate.isEnabled()

        stop.trigger()
        await stage.until(lambda: not is_writing(stage), "all have stopped")
        assert not stop.isEnabled()

    play(act)


def test_quitting_keeps_what_the_auto_writer_has_written(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))

    play(begin_run)

    services = open_services(world)
    (project,) = services.novels.all()
    run = services.auto_writer.unfinished(project.id)
    assert run is not None
    assert (run.status, run.stop_reason) == (AutoRunStatus.PAUSED, StopReason.AUTHOR)
    assert [draft.content for draft in services.drafting.left_behind()] == [FIRST]
    services.close()


def command(
    world: dict[str, str], *arguments: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    """A command of the program in a process of its own."""
    return CommandLine(dict(os.environ) | world).started(*arguments)


def test_a_chapter_that_a_command_writes_is_shown_so_until_the_command_is_killed(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        project_id = stage.studio.library.project_id
        assert project_id is not None
        generate = stage.window.actions_.generate
        with command(world, "write", project_id, "--chapter", "2") as process:
            await stage.until(lambda: mark(stage, 2) == "Being written", "the tree shows it")
            assert not generate.isEnabled()
            assert not stage.window.actions_.stop.isEnabled(), "it is to be stopped there"
            button = next(
                each
                for each in stage.window.chapter_view.findChildren(QPushButton)
                if each.isVisible() and "Generate" in each.text()
            )
            assert not button.isEnabled()
            assert f"process {process.pid}" in button.toolTip()
            await stage.until(
                lambda: stage.services.drafting.draft(stage.chapter(2).id), "its words are saved"
            )
            process.kill()
            process.wait()

            await stage.until(generate.isEnabled, "the chapter is free")
            banner = child(stage.window.chapter_view, DraftBanner)
            await stage.until(banner.isVisible, "and what came is offered")
            assert stage.text() == FIRST

    play(act)


def saved_drafts(world: dict[str, str]) -> list[str]:
    """The drafts in the data folder, whoever writes them."""
    services = open_services(world)
    try:
        with services.database.read() as transaction:
            return [draft.content for draft in transaction.drafts.all()]
    finally:
        services.close()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Waits for what another process does."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.2)


def test_two_commands_do_not_write_one_chapter(
    scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    scripted_provider.behaviours.append(stall(after=FIRST))
    services = open_services(world)
    services.preferences.set(QUICK)
    project_id = services.novels.create_sample(Language.CHINESE)
    chapter_id = services.novels.open(project_id).chapters[1].id
    services.auto_writer.start(project_id, 2, 2, AutoOptions(candidates=1, max_tokens=100_000))
    services.close()

    with command(world, "write", project_id, "--chapter", "2") as first:
        drafts = partial(saved_drafts, world)
        wait_until(lambda: drafts() == [FIRST], "its words are saved although no more come")
        for arguments in (
            ("write", project_id, "--chapter", "2", "--draft", "discard"),
            ("write", project_id, "--chapter", "2", "--draft", "discard", "--candidates", "2"),
            ("auto", project_id, "--continue"),
        ):
            with command(world, *arguments) as second:
                _out, told_why = second.communicate(timeout=120)
            assert second.returncode == 1, told_why
            assert f"process {first.pid}" in told_why
            assert "Traceback" not in told_why
        first.kill()

    assert len(scripted_provider.requests) == 1
    services = open_services(world)
    assert services.register.elsewhere() == ()
    services.register.refuse_busy(chapter_id)
    assert [draft.content for draft in services.drafting.left_behind()] == [FIRST]
    services.close()


def test_stop_and_the_library_name_the_chapter_and_its_novel(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    """Also while another novel is open, whose author would not know what *Stop* ends."""
    scripted_provider.rule = lambda _request: stall(after=FIRST)

    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QUICK)
        await stage.open_chinese_sample(2)
        chapter = stage.chapter(2)
        await stage.generate()
        await stage.until(lambda: stage.text() == FIRST, "it is written")
        name = f"2. {chapter.title}"
        stop, button = stage.window.actions_.stop, child(stage.window, WriteButton)
        await stage.until(lambda: name in stop.text(), "the menu says which chapter")
        assert "六更天" in stop.text()
        assert name in button.toolTip()
        assert button.toolTip().startswith("Stop Writing")

        stage.window.actions_.home.trigger()
        rows = child(stage.window.start_page, NovelList)
        await stage.until(lambda: rows.count() and name in rows.facts(0), "the library says it")
        stage.press("English sample")
        await stage.until(
            lambda: stage.window.chapter_view.chapter_id not in (None, chapter.id), "another"
        )
        assert name in button.toolTip(), "whichever novel is open"

        stop.trigger()
        await stage.until(lambda: stop.text() == "&Stop Writing", "nothing is written")
        stage.window.actions_.home.trigger()
        await stage.until(
            lambda: not any("Being written" in rows.facts(row) for row in range(rows.count())),
            "the library says nothing of it",
        )

    play(act)
