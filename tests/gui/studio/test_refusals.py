"""Refusals: something that cannot be done just now is told as that, not as a defect of the
program."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from arboris_desktop.domain.chapter_writers import ChapterWriter, Program, WriterKind
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.services import Services
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.ui.wording import error_sentence
from tests.support.studio_stage import Play, Stage, open_services

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


async def told(stage: Stage) -> str:
    """Waits for the message box, reads it and closes it."""

    def boxes() -> list[QMessageBox]:
        return [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()]

    await stage.until(boxes, "a message is shown")
    (box,) = boxes()
    words = f"{box.text()} {box.informativeText()}"
    box.close()
    await stage.until(lambda: not boxes(), "it is closed")
    return words


def other_window(stage: Stage) -> Services:
    return open_services({"ARBORIS_HOME": str(stage.services.paths.home)})


def test_retrying_a_task_whose_chapter_another_window_queued_again(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QueueSettings(paused=True))
        await stage.open_chinese_sample()
        other = other_window(stage)
        task_id = stage.services.queue.add_chapter(stage.chapter(1).id)
        stage.services.queue.cancel(task_id)
        other.queue.add_chapter(stage.chapter(1).id)
        other.close()

        stage.window.task_panel.retry_requested.emit(task_id)

        wanted = error_sentence(ErrorKind.ALREADY_QUEUED)
        words = await told(stage)
        assert wanted.what_happened in words
        assert wanted.what_to_do in words

    play(act)


def test_cancelling_a_task_that_another_window_cancelled(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.services.preferences.set(QueueSettings(paused=True))
        await stage.open_chinese_sample()
        task_id = stage.services.queue.add_chapter(stage.chapter(1).id)
        other = other_window(stage)
        other.queue.cancel(task_id)
        other.close()

        stage.window.task_panel.cancel_requested.emit(task_id)

        assert error_sentence(ErrorKind.TASK_WENT_ON).what_happened in await told(stage)
        await stage.until(
            lambda: [task.status for task in stage.tasks()] == [TaskStatus.CANCELLED],
            "the panel shows how it is",
        )

    play(act)


def test_a_chapter_that_another_window_writes(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        other = Instance(stage.services.paths.instances)
        chapter_id = stage.chapter(2).id
        with stage.services.database.write() as transaction:
            transaction.drafts.save(chapter_id, "那边在写", "p", other.owner)
            transaction.writers.hold(
                ChapterWriter(chapter_id, WriterKind.DRAFT, Program.WINDOW, other.owner)
            )

        stage.press("Generate this chapter")

        words = await told(stage)
        assert "Another window of Arboris is writing this chapter" in words
        assert other.owner.partition("-")[0] in words, "which process that is"
        assert "Wait until that is done, or stop it there." in words
        assert not stage.can_press("Discard"), "what the other one writes is not to be thrown away"
        assert not stage.can_press("Keep as the chapter")
        other.close()

    play(act)


def test_a_novel_that_another_window_deleted(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample()
        chapter_id = stage.chapter(1).id
        contents = stage.studio.library.contents
        assert contents is not None
        other = other_window(stage)
        other.novels.remove(contents.project.id)
        other.close()

        stage.window.project_tree.analyse_requested.emit(chapter_id)

        assert error_sentence(ErrorKind.CHAPTER_GONE).what_happened in await told(stage)

    play(act)
