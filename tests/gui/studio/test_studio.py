"""The whole studio against a scripted provider, as an author uses it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from arboris_desktop.domain.batches import BatchStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.novel import ChapterStatus, Language, VersionOrigin
from arboris_desktop.domain.settings import (
    InterfaceLanguage,
    InterfaceSettings,
    ProviderKind,
    ProviderSettings,
)
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.frame.write_button import WriteButton
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog
from tests.gui.studio.studio_samples import BEGINNING, CHAPTER, FACTS
from tests.support.scripted_provider import (
    WAIT_SECONDS,
    Behaviour,
    Exchange,
    ScriptedProvider,
    error,
    perfect_rule,
    pieces_of,
    schema_name,
    text,
)
from tests.support.studio_stage import Play, Stage, child, open_services, perform

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def in_two_parts(first: str, rest: str, gate: threading.Event) -> Behaviour:
    """Streams the rest only when the gate is open."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        for piece in pieces_of(first):
            exchange.event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        gate.wait(WAIT_SECONDS)
        for piece in pieces_of(rest, 200):
            exchange.event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        exchange.write(b"data: [DONE]\n\n")
        exchange.end()

    return behave


def never_ending(first: str) -> Behaviour:
    """Streams a text, then a little more every tenth of a second."""
    return text("", pieces=[*pieces_of(first), *["雾。"] * 600], delay=0.02)


def banner(stage: Stage) -> DraftBanner:
    return child(stage.window.chapter_view, DraftBanner)


async def is_offered(stage: Stage) -> None:
    await stage.until(lambda: banner(stage).isVisible(), "a draft is offered")


def test_a_chapter_is_streamed_stored_analysed_and_told_of(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    scripted_provider.behaviours.append(
        in_two_parts(BEGINNING, CHAPTER.removeprefix(BEGINNING), gate)
    )

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.press("Generate this chapter")
        await stage.until(lambda: stage.text() == BEGINNING, "the beginning is shown")
        assert stage.stored_text(2) is None, "the end has not even come"
        gate.set()
        await stage.until(lambda: stage.stored_text(2) == CHAPTER, "the chapter is stored")
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
            "the panel shows the task as completed",
        )
        await stage.until(lambda: stage.codex_names() == ["阿照"], "the codex shows the finding")
        await stage.until(lambda: len(stage.notifications()) == 1, "the notification is listed")
        (notification,) = stage.notifications()
        assert notification.type is NotificationType.COMPLETED
        assert not notification.is_read
        assert stage.text() == CHAPTER

        await stage.open_chapter(1)
        stage.open_first_notification()
        await stage.until_shown(2)
        await stage.until(lambda: stage.notifications()[0].is_read, "opening it makes it read")
        assert stage.services.inbox.unread_count() == 0

    play(act)


def test_a_stopped_chapter_can_be_kept(play: Play, scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(never_ending(BEGINNING))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.press("Generate this chapter")
        await stage.until(lambda: BEGINNING in stage.text(), "the beginning is shown")
        child(stage.window, WriteButton).click()
        await is_offered(stage)
        assert stage.stored_text(2) is None, "a draft is no chapter yet"
        draft = stage.services.drafting.draft(stage.chapter(2).id)
        assert draft is not None
        assert draft.content == stage.text()
        assert draft.content.startswith(BEGINNING)

        stage.press("Keep as the chapter")
        await stage.until(lambda: stage.stored_text(2) == draft.content, "it is the chapter")
        await stage.until(lambda: not banner(stage).isVisible(), "nothing is offered any more")
        assert stage.services.drafting.draft(stage.chapter(2).id) is None
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
            "what was kept is analysed",
        )

    play(act)


def test_a_refused_key_is_told_in_words(play: Play, scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(error(401, "no such key"))

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.press("Generate this chapter")
        await is_offered(stage)
        assert banner(stage).text().startswith("The provider refused the key.")
        assert "Settings" in banner(stage).text()

        stage.press("Retry")
        await stage.until(lambda: stage.stored_text(2) == CHAPTER, "the retry writes the chapter")
        assert not banner(stage).isVisible()

    play(act)


def test_a_failed_analysis_can_be_retried_when_the_fault_is_gone(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    def fails_late(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) == "new_characters":
            return error(401, "the key was withdrawn")
        return perfect_rule(FACTS)(request)

    scripted_provider.rule = fails_late

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.actions_.analyse.trigger()
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.FAILED],
            "the panel shows the task as failed",
        )
        assert stage.tasks()[0].error_type == ErrorKind.UNAUTHORIZED
        await stage.until(
            lambda: [n.type for n in stage.notifications()] == [NotificationType.FAILED],
            "the author is told of it",
        )

        scripted_provider.rule = perfect_rule(FACTS)
        before = len(scripted_provider.requests)
        stage.retry_first_task()
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED],
            "the retry completes it",
        )
        again = scripted_provider.schema_names()[before:]
        assert again == ["new_characters", "world_expansion", "foreshadowing"]

    play(act)


WRITER = """
import asyncio, os, sys
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import build_services

async def write():
    services = build_services(os.environ, SessionKeyStore())
    async for _event in services.drafting.write(int(sys.argv[1])):
        pass

asyncio.run(write())
"""


def test_the_draft_of_a_killed_process_is_offered_at_the_next_start(
    play: Play, scripted_provider: ScriptedProvider, world: dict[str, str]
) -> None:
    scripted_provider.behaviours.append(never_ending(BEGINNING))
    services = open_services(world)
    project_id = services.novels.create_sample(Language.CHINESE)
    chapter_id = services.novels.open(project_id).chapters[1].id
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(chapter_id)],
        env={**world, "PYTHONPATH": str(Path(__file__).parents[3])},
    )

    def is_begun() -> bool:
        draft = services.drafting.draft(chapter_id)
        # The first checkpoint may hold some of it only.
        return draft is not None and draft.content.startswith(BEGINNING)

    deadline = time.monotonic() + 60
    while not is_begun() and writer.poll() is None:
        assert time.monotonic() < deadline, "no checkpoint was saved"
        threading.Event().wait(0.05)
    writer.kill()
    writer.wait()
    services.close()

    async def act(stage: Stage) -> None:
        novels = child(stage.window.start_page, QListWidget)
        await stage.until(novels.count, "the novel is listed")
        novels.itemActivated.emit(novels.item(0))
        await is_offered(stage)
        await stage.until_shown(2)
        assert stage.text().startswith(BEGINNING)
        assert "An unfinished draft of this chapter was found" in banner(stage).text()
        assert stage.stored_text(2) is None

    play(act)


def test_edits_are_saved_without_being_asked(play: Play, world: dict[str, str]) -> None:
    chapter_ids: list[int] = []

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        chapter_ids.append(stage.chapter(1).id)
        editor = stage.editor()
        editor.moveCursor(QTextCursor.MoveOperation.Start)
        QTest.keyClicks(editor, "First. ")
        await stage.until(
            lambda: (stage.stored_text(1) or "").startswith("First. "), "the pause saves it"
        )
        QTest.keyClicks(editor, "Last. ")
        # No pause now: leaving has to save it.

    play(act)

    services = open_services(world)
    chapter = services.editing.open(chapter_ids[0])
    services.close()
    assert chapter.version is not None
    assert chapter.version.content.startswith("First. Last. ")
    assert [v.origin for v in chapter.versions] == [VersionOrigin.SAMPLE, VersionOrigin.AUTHOR]


def test_a_whole_book_is_analysed_together_and_told_of_once(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        written = [c for c in stage.chapters() if c.status is ChapterStatus.WRITTEN]
        stage.window.actions_.analyse_many.trigger()
        await stage.until(lambda: stage.can_press("Start"), "the estimate is there")
        stage.press("Start")
        await stage.until(lambda: len(stage.notifications()) == 1, "the end is told")

        assert [task.status for task in stage.tasks()] == [TaskStatus.COMPLETED] * len(written)
        (notification,) = stage.notifications()
        assert notification.data["completed"] == len(written)
        await stage.until(stage.window.task_panel.batch_bar.isHidden, "the bar has gone")
        assert stage.services.batches.list()[0].status is BatchStatus.COMPLETED

    play(act)


def test_a_batch_is_paused_over_a_restart_and_ended(
    play: Play, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: never_ending("雾")

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        stage.window.actions_.analyse_many.trigger()
        await stage.until(lambda: stage.can_press("Start"), "the estimate is there")
        stage.press("Start")
        stage.window.show_tasks()
        bar = stage.window.task_panel.batch_bar
        await stage.until(bar.isVisible, "the bar is there")
        bar.pause_requested.emit(stage.services.batches.list()[0].id)
        await stage.until(lambda: bar.text().endswith(", paused"), "it is paused")

    play(act)

    async def go_on(stage: Stage) -> None:
        stage.window.show_tasks()
        bar = stage.window.task_panel.batch_bar
        await stage.until(lambda: bar.text().endswith(", paused"), "it is still paused")
        batch_id = stage.services.batches.list()[0].id
        bar.resume_requested.emit(batch_id)
        await stage.until(
            lambda: any(t.status is TaskStatus.PROCESSING for t in stage.tasks()), "it goes on"
        )
        bar.cancel_requested.emit(batch_id)
        await stage.until(lambda: not stage.studio.is_analysing, "what ran is stopped")
        await stage.until(
            lambda: {task.status for task in stage.tasks()} == {TaskStatus.CANCELLED},
            "the panel shows them all as cancelled",
        )
        assert stage.notifications() == []

    play(go_on)


def test_closing_the_window_without_a_tray_quits(play: Play) -> None:
    async def act(stage: Stage) -> None:
        decided = asyncio.Event()
        stage.studio.leave_decided.connect(lambda _backup: decided.set())
        stage.window.close()
        await stage.until(decided.is_set, "closing is leaving")

    play(act)


def test_the_first_start_asks_for_a_model(application: QApplication, world: dict[str, str]) -> None:
    # Where the environment names a provider, nobody is asked.
    world = {"ARBORIS_HOME": world["ARBORIS_HOME"]}
    services = open_services(world)
    services.preferences.set(InterfaceSettings(language=InterfaceLanguage.ENGLISH))
    services.close()

    def dialogs(stage: Stage) -> list[FirstRunDialog]:
        return [d for d in stage.window.findChildren(FirstRunDialog) if d.isVisible()]

    async def first_start(stage: Stage) -> None:
        await stage.until(lambda: dialogs(stage), "the question is shown")
        stage.press("Use the built-in demonstration")
        wanted = ProviderSettings(kind=ProviderKind.BUILT_IN, configured=True)
        await stage.until(
            lambda: stage.services.preferences.get(ProviderSettings) == wanted, "it is stored"
        )
        assert dialogs(stage) == []

    async def second_start(stage: Stage) -> None:
        await stage.open_chinese_sample()
        assert dialogs(stage) == []

    perform(application, world, first_start)
    perform(application, world, second_start)
