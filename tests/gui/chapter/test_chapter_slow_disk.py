"""The author goes to another chapter while a slow disk still answers about the one before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.support.slow_disk import SlowDisk, turns
from tests.support.studio_stage import Play, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def add_chapter(stage: Stage) -> None:
    stage.window.actions_.add_chapter.trigger()


def choose_older_version(stage: Stage) -> None:
    opened = stage.services.editing.open(stage.chapter(1).id)
    older = next(each for each in opened.versions if each != opened.version)
    stage.window.chapter_view.version_selected.emit(older.id)


def get_another_text(stage: Stage) -> None:
    stage.services.editing.save(stage.chapter(1).id, "By somebody else.", None)
    stage.studio.writing.show_replaced(stage.chapter(1).id)


@pytest.mark.parametrize("begin", [add_chapter, choose_older_version, get_another_text])
def test_the_chapter_that_is_asked_for_last_is_shown(
    play: Play, begin: Callable[[Stage], None]
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        first, second = stage.chapter(1).id, stage.chapter(2).id
        stage.services.editing.save(first, "The first chapter's other text.", None)
        stage.services.editing.save(second, "The second chapter's text.", None)
        asked = len(stage.chapters())
        slow = SlowDisk(stage)
        if begin is get_another_text:
            stage.studio.writing.open_chapter(second)
            begin(stage)
        else:
            begin(stage)
            await turns()
            stage.studio.writing.open_chapter(second)
        await turns()
        await slow.let_go()
        await stage.until_shown(2)
        await stage.studio._operations.settled()
        for _ in range(10):
            await turns()
        assert stage.window.chapter_view.chapter_id == second
        assert stage.text() == "The second chapter's text."
        if begin is add_chapter:
            await stage.until(lambda: len(stage.chapters()) == asked + 1, "it is there")

    play(act)


def test_a_chapter_that_cannot_be_shown_does_not_keep_the_shown_one_from_its_new_text(
    play: Play,
) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.studio.writing.open_chapter(987_654)

        def told() -> list[QMessageBox]:
            boxes = stage.window.findChildren(QMessageBox)
            return [box for box in boxes if box.isVisible() and "no longer exists" in box.text()]

        await stage.until(told, "there is no such chapter")
        told()[0].reject()
        get_another_text(stage)
        await stage.until(lambda: stage.text() == "By somebody else.", "its text is shown")

    play(act)
